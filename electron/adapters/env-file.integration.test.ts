import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TextFile } from "../use-cases/project-ports";
import { textFiles } from "./env-file";

const AS_ROOT = process.getuid?.() === 0;
const NOBODY = 65534;

let folder = "";
let env = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "env-file-"));
  env = path.join(folder, ".env");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (file: string): number => statSync(file).mode & 0o777;

async function read(file = env): Promise<TextFile> {
  const result = await textFiles.read(file);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const write = (before: TextFile, text: string, expected: Record<string, string> = {}) =>
  textFiles.write({ before, text, newMode: 0o600, backup: true, expected });

describe("writing", () => {
  it("makes a new file for its owner alone, without a backup", async () => {
    expect(await write(await read(), "A=1\n", { A: "1" })).toEqual({ ok: true, value: { backup: null } });
    expect(readFileSync(env, "utf8")).toBe("A=1\n");
    expect(modeOf(env)).toBe(0o600);
    expect(readdirSync(folder)).toEqual([".env"]);
  });

  it("keeps mode and bytes, and the old bytes in one private backup", async () => {
    writeFileSync(env, "\uFEFFA=1\r\n# ä");
    chmodSync(env, 0o640);
    const before = await read();
    expect(await write(before, `${before.text}\r\nB=2`, { B: "2" })).toEqual({
      ok: true,
      value: { backup: `${env}.bak` },
    });
    expect(readFileSync(env, "utf8")).toBe("\uFEFFA=1\r\n# ä\r\nB=2");
    expect(modeOf(env)).toBe(0o640);
    expect(readFileSync(`${env}.bak`, "utf8")).toBe("\uFEFFA=1\r\n# ä");
    expect(modeOf(`${env}.bak`)).toBe(0o600);
    await write(await read(), "C=3\n");
    expect(readdirSync(folder).sort()).toEqual([".env", ".env.bak"]);
  });

  it.runIf(AS_ROOT)("keeps the owner, and gives a new file to the folder's owner", async () => {
    chownSync(folder, NOBODY, NOBODY);
    await write(await read(), "A=1\n");
    await write(await read(), "A=2\n");
    for (const file of [env, `${env}.bak`]) expect(statSync(file)).toMatchObject({ uid: NOBODY, gid: NOBODY });
  });

  it("goes through a link to its target and leaves the link", async () => {
    mkdirSync(path.join(folder, "secrets"));
    const target = path.join(folder, "secrets", "app.env");
    writeFileSync(target, "A=1\n");
    symlinkSync("secrets/app.env", env);
    expect(await write(await read(), "A=2\n")).toEqual({ ok: true, value: { backup: `${target}.bak` } });
    expect(readlinkSync(env)).toBe("secrets/app.env");
    expect(readFileSync(target, "utf8")).toBe("A=2\n");
  });

  it("does not follow a link in the backup's place", async () => {
    const precious = path.join(folder, "precious");
    writeFileSync(precious, "mine");
    writeFileSync(env, "A=1\n");
    symlinkSync(precious, `${env}.bak`);
    await write(await read(), "A=2\n");
    expect(readFileSync(precious, "utf8")).toBe("mine");
    expect(lstatSync(`${env}.bak`).isFile()).toBe(true);
  });

  it("writes nothing over a file that is not what was shown", async () => {
    const missing = await read();
    writeFileSync(env, "A=1\n");
    const before = await read();
    expect(await write(missing, "B=2\n")).toMatchObject({ ok: false, error: { kind: "changed-meanwhile" } });
    writeFileSync(env, "A=other\n");
    expect(await write(before, "B=2\n")).toMatchObject({ ok: false, error: { kind: "changed-meanwhile" } });
    rmSync(env);
    expect(await write(before, "B=2\n")).toMatchObject({ ok: false, error: { kind: "changed-meanwhile" } });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves a read-only file alone and says so beforehand", async () => {
    writeFileSync(env, "A=1\n");
    chmodSync(env, 0o444);
    const before = await read();
    expect(before.lock).toContain("read-only (mode 444)");
    expect(await write(before, "A=2\n")).toMatchObject({ ok: false, error: { kind: "unwritable" } });
    expect(readFileSync(env, "utf8")).toBe("A=1\n");
  });

  it("leaves the file as it was when the backup cannot be made", async () => {
    writeFileSync(env, "A=1\n");
    mkdirSync(`${env}.bak`);
    const result = await write(await read(), "A=2\n");
    expect(result).toMatchObject({ ok: false, error: { kind: "unwritable", code: "EISDIR" } });
    expect(readFileSync(env, "utf8")).toBe("A=1\n");
    expect(readdirSync(folder).sort()).toEqual([".env", ".env.bak"]);
  });

  it("tells when dotenv does not read what was meant", async () => {
    const result = await write(await read(), "A=1\n", { A: "2" });
    expect(result).toMatchObject({ ok: false, error: { kind: "changed-meanwhile" } });
  });
});

describe("reading", () => {
  it("finds no file, and that is no problem", async () => {
    expect(await read()).toEqual({ path: env, target: env, exists: false, text: "", mode: null, lock: null });
  });

  it.each<[string, () => void, string]>([
    ["a folder", () => mkdirSync(env), "is a folder"],
    ["a pipe", () => execFileSync("mkfifo", [env]), "not an ordinary file"],
    ["a link to nothing", () => symlinkSync("nowhere", env), "not there"],
    ["a link to itself", () => symlinkSync(".env", env), "leads back to itself"],
    ["binary data", () => writeFileSync(env, Buffer.from([65, 0, 66])), "not UTF-8"],
    ["Latin-1", () => writeFileSync(env, Buffer.from([0x41, 0x3d, 0xe4, 0x0a])), "not UTF-8"],
    ["a huge file", () => writeFileSync(env, Buffer.alloc(1024 * 1024 + 1, "a")), "larger than 1 MB"],
  ])("refuses %s with its reason", async (_what, make, why) => {
    make();
    const result = await textFiles.read(env);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.message).toContain(why);
  });
});
