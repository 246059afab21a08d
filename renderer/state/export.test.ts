import { expect, it, vi } from "vitest";
import { ok } from "../../shared/domain/result";
import { type ExportChoice, useExport } from "./export";

const written: string[] = [];
const waiting: ((answer: unknown) => void)[] = [];
vi.stubGlobal("window", {
  aksara: {
    call: (name: string, input: { previewId: string }) => {
      if (name === "export.preview") return new Promise((resolve) => waiting.push(resolve));
      if (name === "export.write") written.push(input.previewId);
      return Promise.resolve(name === "export.write" ? ok({ path: "/p/.env", backup: null, changes: [] }) : null);
    },
  },
});

const choice = (file: ExportChoice["file"], ignore = true): ExportChoice => ({ dsn: "d", pool: null, file, ignore });
const answer = (id: string): void => waiting.shift()?.(ok({ id }));

it("writes only what is shown for the very choice: neither an older preview nor another file's", async () => {
  const { show, write } = useExport.getState();
  const first = show(choice(".env"));
  answer("first");
  await first;
  const second = show(choice(".env", false));
  await write(choice(".env", false));
  expect(written).toEqual([]);
  answer("second");
  await second;
  await write(choice(".env.example"));
  expect(written).toEqual([]);
  const writing = write(choice(".env", false));
  await vi.waitFor(() => expect(waiting.length).toBe(1));
  answer("third");
  await writing;
  expect(written).toEqual(["second"]);
});
