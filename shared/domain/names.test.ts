import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkName, freeName, MAX_NAME_BYTES, nameAdvice, proposeName, utf8Length } from "./names";

describe("proposeName", () => {
  it.each([
    ["ticket-desk", "ticket_desk"],
    ["My Great App", "my_great_app"],
    ["Café Zürich & Søn", "cafe_zurich_son"],
    ["Straße", "strasse"],
    ["2048-game", "app_2048_game"],
    ["__init__", "init"],
    ["postgres", "postgres_app"],
    ["template1", "template1_app"],
    ["pg-tools", "app_pg_tools"],
    ["user", "user_app"],
    ["日本語", "app"],
    ["", "app"],
    ["...", "app"],
  ])("makes %j into %j", (folder, name) => {
    expect(proposeName(folder)).toBe(name);
  });

  it("always proposes a name that needs no quotes and passes as database and role", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 120 }), (folder) => {
        const name = proposeName(folder);
        expect(checkName(name, "database")).toBeNull();
        expect(checkName(name, "role")).toBeNull();
        expect(nameAdvice(name)).toBeNull();
      }),
    );
  });
});

describe("freeName", () => {
  it("keeps a free name and numbers a taken one", () => {
    expect(freeName("shop", new Set(["other"]))).toBe("shop");
    expect(freeName("shop", new Set(["shop", "shop_2"]))).toBe("shop_3");
  });

  it("stays within 63 bytes, cutting whole letters", () => {
    const long = "ü".repeat(31);
    const free = freeName(long, new Set([long]));
    expect(utf8Length(free)).toBeLessThanOrEqual(MAX_NAME_BYTES);
    expect(free).toMatch(/^ü+_2$/);
  });
});

describe("utf8Length", () => {
  it("counts what UTF-8 encoding takes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text, "utf8"));
      }),
    );
  });
});

describe("checkName", () => {
  it.each(["Mixed Case", 'with "quotes"', "it's", "emoji 🚀", "ünïcödé", "a=b", "postgres://x", "-rf"])(
    "takes %j, which only needs quoting",
    (name) => {
      expect(checkName(name, "database")).toBeNull();
      expect(checkName(name, "role")).toBeNull();
    },
  );

  it("refuses an empty name at its field", () => {
    expect(checkName("", "role")).toMatchObject({ kind: "invalid-input", field: "role" });
  });

  it("counts bytes, not letters: 63 fit and 64 do not", () => {
    expect(checkName("a".repeat(63), "database")).toBeNull();
    expect(checkName("a".repeat(64), "database")).toMatchObject({ field: "database" });
    expect(checkName("ü".repeat(32), "database")?.message).toContain("64 bytes");
  });

  it.each(["a\0b", "a\nb", "tab\t", "\u007f", "\ud800"])("refuses the unprintable %j", (name) => {
    expect(checkName(name, "database")).not.toBeNull();
  });

  it("refuses roles PostgreSQL keeps for itself, which are fine as databases", () => {
    for (const name of ["pg_app", "public", "none"]) {
      expect(checkName(name, "role")).toMatchObject({ field: "role" });
      expect(checkName(name, "database")).toBeNull();
    }
  });

  it("refuses the template databases", () => {
    expect(checkName("template0", "database")).not.toBeNull();
    expect(checkName("template1", "database")).not.toBeNull();
  });
});

describe("nameAdvice", () => {
  it("is silent for plain names and speaks for those that need quotes", () => {
    expect(nameAdvice("ticket_desk")).toBeNull();
    expect(nameAdvice("Ticket")).toContain('"Ticket"');
    expect(nameAdvice("order")).toContain('"order"');
    expect(nameAdvice("shop ")).toContain("space");
  });
});
