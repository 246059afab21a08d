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

it.each([
  ["postgresql+asyncpg://u:p@h/d?ssl=require", "postgresql://u:p@h/d?sslmode=require"],
  ["jdbc:postgresql://h:5433/d?user=u&password=p", "postgresql://u:p@h:5433/d"],
  ["mysql://u:p@h/d", "postgresql://u:p@h/d"],
  ["u:p@h:5432/d", "postgresql://u:p@h:5432/d"],
  ["POSTGRES://u:p@h/d", "postgres://u:p@h/d"],
  ["postgresql://h/d?sslmode=bogus&connect_timeout=5", "postgresql://h/d?connect_timeout=5"],
  ["postgresql://h/d?connect_timeout=5&sslmode=bogus", "postgresql://h/d?connect_timeout=5"],
  ["postgresql://h/d?sslmode=bogus", "postgresql://h/d"],
])("%s has its remedy: %s", (text, expected) => {
  const parsed = parseConnectionString(text);
  if (parsed.ok) throw new Error("it can be read");
  const [draft] = diagnoseRead(text, parsed.error, mendUnencoded(text)).drafts;
  expect(draft?.action).toEqual({ kind: "replace", dsn: expected });
});
