import { describe, expect, it } from "vitest";
import { composeFile, dockerRunArguments, dockerRunLine, type NewContainer } from "./run-line";
import { quoteWord } from "./shell";

const NEW: NewContainer = {
  name: "aksara-postgres",
  user: "postgres",
  database: "myapp",
  port: 5433,
  version: 17,
  volume: "aksara_pgdata",
};

describe("the line that makes a container", () => {
  it("publishes on loopback and keeps the data on a volume where the image wants it", () => {
    const line = dockerRunLine(NEW, "abc", "posix");
    expect(line.ok && line.value.lines).toEqual([
      "docker run -d --name aksara-postgres \\",
      "  -e POSTGRES_USER=postgres \\",
      "  -e POSTGRES_PASSWORD=abc \\",
      "  -e POSTGRES_DB=myapp \\",
      "  -p 127.0.0.1:5433:5432 \\",
      "  -v aksara_pgdata:/var/lib/postgresql/data \\",
      "  postgres:17",
    ]);
    const eighteen = dockerRunLine({ ...NEW, version: 18 }, "abc", "posix");
    expect(eighteen.ok && eighteen.value.lines.join("\n")).toContain("-v aksara_pgdata:/var/lib/postgresql \\");
  });

  it("holds the password only when it is given one", () => {
    expect(dockerRunLine(NEW, "abc", "posix")).toMatchObject({ value: { secretVia: "line" } });
    const without = dockerRunLine(NEW, null, "posix");
    expect(without).toMatchObject({ value: { secretVia: "environment" } });
    expect(without.ok && without.value.lines[2]).toBe("  -e POSTGRES_PASSWORD \\");
    const words = dockerRunArguments(NEW);
    expect(words.ok && words.value).toContain("POSTGRES_PASSWORD");
  });

  it("is written by each shell's own rules", () => {
    const odd = { ...NEW, user: "O'Hara & Co" };
    const second = (shell: "posix" | "powershell" | "cmd") => {
      const line = dockerRunLine(odd, "abc", shell);
      return line.ok && line.value.lines[1];
    };
    expect(second("posix")).toBe("  -e 'POSTGRES_USER=O'\\''Hara & Co' \\");
    expect(second("powershell")).toBe("  -e 'POSTGRES_USER=O''Hara & Co' `");
    expect(second("cmd")).toBe('  -e "POSTGRES_USER=O\'Hara & Co" ^');
  });

  it.each([
    ["name", { name: "-rf" }],
    ["name", { name: "a b" }],
    ["volume", { volume: "/etc:/x" }],
    ["user", { user: "" }],
    ["user", { user: "a\nb" }],
    ["database", { database: "" }],
    ["port", { port: 0 }],
    ["version", { version: 9 }],
  ])("refuses a %s like %j", (field, changes) => {
    expect(dockerRunLine({ ...NEW, ...changes }, "abc", "posix")).toMatchObject({ ok: false, error: { field } });
  });

  it("refuses what a shell cannot be given safely", () => {
    expect(dockerRunLine({ ...NEW, user: "50%PATH%" }, "abc", "cmd")).toMatchObject({ error: { field: "user" } });
    expect(dockerRunLine({ ...NEW, database: 'a"b' }, "abc", "powershell")).toMatchObject({
      error: { field: "database" },
    });
    expect(quoteWord("back\\", "powershell")).toBeNull();
  });

  it("comes as a compose file, without the password", () => {
    const file = composeFile({ ...NEW, user: 'a"$b', version: 18 });
    expect(file.ok && file.value).toContain('POSTGRES_USER: "a\\"$$b"');
    expect(file.ok && file.value).toMatch(/POSTGRES_PASSWORD: \$\{POSTGRES_PASSWORD:\?\}\n/);
    expect(file.ok && file.value).toContain('- "127.0.0.1:5433:5432"');
    expect(file.ok && file.value).toContain('- "aksara_pgdata:/var/lib/postgresql"');
  });
});
