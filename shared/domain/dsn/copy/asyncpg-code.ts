import { encodePart } from "../percent";
import { asyncpgArguments } from "./asyncpg-arguments";
import { type CopyFormat, leftOut } from "./copy-format";
import { pythonDict, pythonString } from "./python-literal";

type Named = readonly [name: string, literal: string | null];

const listOf = (literals: readonly string[]): string | null => {
  const [first] = literals;
  if (first === undefined) return null;
  return literals.length === 1 ? first : `[${literals.join(", ")}]`;
};

/** A call of `asyncpg.connect` with arguments; a DSN only for what it takes from nowhere else. */
export const asyncpgCode: CopyFormat = {
  id: "asyncpg",
  title: "asyncpg code",
  write: (target, password) => {
    const found = asyncpgArguments(target);
    const literal = (text: string | null) => (text === null ? null : pythonString(text));
    const dsn = Object.entries(found.dsnOnly).map(([name, value]) => `${name}=${encodePart(value)}`);
    const settings = Object.keys(found.serverSettings).length === 0 ? null : pythonDict(found.serverSettings);
    const named: readonly Named[] = [
      ["host", listOf(found.hosts.map(([host]) => pythonString(host)))],
      ["port", listOf(found.hosts.map(([, port]) => String(port))) ?? found.port],
      ["user", literal(target.user)],
      ["password", literal(password)],
      ["database", literal(target.database)],
      ...Object.entries(found.texts).map(([name, text]): Named => [name, pythonString(text)]),
      ["direct_tls", found.directTls ? "True" : null],
      ["timeout", found.timeout === 0 ? "None" : (found.timeout?.toString() ?? null)],
      ["server_settings", settings],
    ];
    const lines = [
      ...(dsn.length === 0 ? [] : [pythonString(`postgresql://?${dsn.join("&")}`)]),
      ...named.flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`])),
    ];
    const call = lines.length === 0 ? "" : `\n${lines.map((line) => `    ${line},\n`).join("")}`;
    return {
      text: `import asyncpg\n\nconnection = await asyncpg.connect(${call})\n`,
      notes: [...found.notes, ...leftOut("asyncpg", found.unknown)],
    };
  },
};
