import { expect, it } from "vitest";
import { mendUnencoded, parseConnectionString } from "../dsn";
import { diagnoseRead } from "./read";

it.each(["", "mysql://u:p@h/d", "postgresql://u:p@ss@h/d", "postgresql://h:x/d", "host=h password"])(
  "says each thing once about %j",
  (text) => {
    const parsed = parseConnectionString(text);
    if (parsed.ok) throw new Error("it can be read");
    const { title, explanation, remedies } = diagnoseRead(text, parsed.error, mendUnencoded(text)).diagnosis;
    const said = [title, explanation, ...remedies.map((remedy) => remedy.title)];
    expect(new Set(said).size).toBe(said.length);
    expect(remedies.filter(({ kind, commands, sql }) => kind === "copy" && commands.length + sql.length === 0)).toEqual(
      [],
    );
  },
);
