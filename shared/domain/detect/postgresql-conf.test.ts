import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePostgresqlConf, quoteConfValue, splitConfList } from "./postgresql-conf";

const values = (text: string): Record<string, string> =>
  Object.fromEntries(
    parsePostgresqlConf(text).entries.flatMap((entry) => (entry.kind === "setting" ? [[entry.name, entry.value]] : [])),
  );

describe("parsePostgresqlConf", () => {
  // Lines as pg_createcluster of postgresql-common 248 (Debian 12) writes them.
  it("reads the lines Debian writes, with comments behind them", () => {
    const text = [
      "data_directory = '/var/lib/postgresql/15/main'\t\t# use data in another directory",
      "#listen_addresses = 'localhost'\t\t# what IP address(es) to listen on;",
      "port = 5432\t\t\t\t# (change requires restart)",
      "include_dir = 'conf.d'\t\t\t# include files ending in '.conf' from",
    ].join("\n");
    expect(values(text)).toEqual({ data_directory: "/var/lib/postgresql/15/main", port: "5432" });
    expect(parsePostgresqlConf(text).entries.at(-1)).toEqual({
      kind: "include",
      directive: "include_dir",
      path: "conf.d",
      line: 4,
    });
  });

  it("takes names in any case, a missing equals sign, and quotes doubled or escaped", () => {
    expect(values("PORT 5433\ncluster_name='it''s'\nx.y = 'a\\'b\\\\c\\101'")).toEqual({
      port: "5433",
      cluster_name: "it's",
      "x.y": "a'b\\cA",
    });
  });

  it("lists lines it cannot read and goes on", () => {
    expect(parsePostgresqlConf("port = 'open\nport\n= 5\nport = 1 2\nport = 5440").badLines).toEqual([1, 2, 3, 4]);
    expect(values("port = 'open\nport = 5440")).toEqual({ port: "5440" });
  });

  it("reads back every value it quotes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        fc.pre(!/[\r\n]/.test(value));
        expect(values(`name = ${quoteConfValue(value)} # end`).name).toBe(value);
      }),
    );
  });

  it("never fails, whatever the text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parsePostgresqlConf(text)));
  });
});

describe("splitConfList", () => {
  it("splits at commas outside double quotes", () => {
    expect(splitConfList(' /a, "/b, c" ,/d,')).toEqual(["/a", "/b, c", "/d"]);
    expect(splitConfList("")).toEqual([]);
  });
});
