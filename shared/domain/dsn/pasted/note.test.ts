// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders, as people paste them
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromPasted } from ".";

const DSN = "postgresql://u:p@h:5432/d";

describe("the note", () => {
  it.each([
    [
      'DATABASE_URL="postgresql+asyncpg://h/d"',
      "The value of DATABASE_URL was taken. The quotes were taken off. postgresql+asyncpg:// was written as postgresql://.",
    ],
    [
      "PGPASSWORD=${PGPASSWORD} psql -h h d",
      "The psql command was written as a string. The string still holds ${PGPASSWORD}: put its value in.",
    ],
    [
      "jdbc:postgresql://h/d?prepareThreshold=0",
      "The JDBC address was written as postgresql://. prepareThreshold has no counterpart and was left out.",
    ],
    [
      "docker run -e POSTGRES_PASSWORD=p -p 5433:5432 postgres:17",
      "The docker run command was written as a string; its published port is the address.",
    ],
    [
      "psql 'postgresql://u:[YOUR-PASSWORD]@h/d'",
      "The string was taken out of the psql command. The string still holds [YOUR-PASSWORD]: put its value in.",
    ],
    [` ${DSN} `, null],
  ])("%j: %s", (text, note) => {
    expect(fromPasted(text).note).toBe(note);
  });

  it("never holds the password", () => {
    const around: readonly ((secret: string) => string)[] = [
      (secret) => `export DATABASE_URL="postgresql://u:${secret}@h/d"`,
      (secret) => `PGPASSWORD=${secret} psql -h h -U u d`,
      (secret) => `asyncpg.connect(user="u", password="${secret}", host="h")`,
      (secret) => `docker run -e POSTGRES_PASSWORD=${secret} postgres`,
      (secret) => `Host=h;Username=u;Password=${secret};Database=d`,
      (secret) => `jdbc:postgresql://h/d?user=u&password=${secret}`,
    ];
    for (const write of around) expect(fromPasted(write("S3CR3T")).note).not.toContain("S3CR3T");
    expect(around.every((write) => fromPasted(write("S3CR3T")).dsn.includes("S3CR3T"))).toBe(true);
  });
});

it("gives its own answer back unchanged", () => {
  const pieces = fc.array(
    fc.constantFrom(
      ...[
        "postgresql://",
        "u:p@",
        "h",
        ":1",
        "/d",
        "?a=b",
        '"',
        "'",
        " ",
        "DATABASE_URL=",
        "psql ",
        "\n",
        "#",
        "jdbc:",
      ],
      ...["docker run ", "-h ", "-e POSTGRES_PASSWORD=", "(", "{", "host: ", ";", "Host=", "${A}", "“", "$ ", "\\"],
    ),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(pieces, (all) => {
      const once = fromPasted(all.join("")).dsn;
      if (/^postgres(?:ql)?:\/\/[^\s"']*$/.test(once)) expect(fromPasted(once).dsn).toBe(once);
    }),
    { numRuns: 2000 },
  );
});
