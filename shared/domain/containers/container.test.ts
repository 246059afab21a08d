import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readContainer, readListed } from "./container";
import { aContainer } from "./container.fixture";
import { printable } from "./raw";
import { isPostgres, mayBePostgres, privatePortOf } from "./recognise";

describe("reading an engine's answers", () => {
  it("keeps everything behind the first = of a variable", () => {
    const read = readContainer({
      Id: "a".repeat(64),
      State: { Status: "running" },
      Config: { Env: ["A==b=c", "EMPTY=", "BARE"] },
    });
    expect([...(read?.environment ?? [])]).toEqual([
      ["A", "=b=c"],
      ["EMPTY", ""],
      ["BARE", ""],
    ]);
  });

  it("counts tcp ports that are published, with or without an address", () => {
    const listed = readListed({
      Id: "a".repeat(64),
      Names: ["/db"],
      Ports: [
        { PrivatePort: 5432, Type: "tcp" },
        { PrivatePort: 5432, PublicPort: 55432, Type: "tcp" },
        { PrivatePort: 9999, PublicPort: 55436, Type: "udp", IP: "127.0.0.1" },
        { PrivatePort: 0, PublicPort: 70000, Type: "tcp" },
      ],
    });
    expect(listed?.ports).toEqual([{ privatePort: 5432, publicPort: 55432, ip: "" }]);
    expect(listed?.exposed).toEqual([5432, 5432]);
  });

  it("takes no entry whose id could lead a request elsewhere", () => {
    expect(readListed({ Id: "../../version", Names: ["/x"] })).toBeNull();
    expect(readListed({ Id: "ABC", Names: ["/x"] })).toBeNull();
  });

  it("reads or refuses whatever an engine answers, and never crashes", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const read of [readListed(value), readContainer(value)])
          expect(read === null || read.id !== "").toBe(true);
      }),
    );
  });

  it("makes one line without control characters of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(printable(text, 50)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect([...printable(text, 50)].length).toBeLessThanOrEqual(50);
      }),
    );
  });
});

describe("telling PostgreSQL's containers", () => {
  const listed = {
    id: "a".repeat(64),
    name: "x",
    image: "redis:7",
    command: "redis",
    state: "running",
    ports: [],
    exposed: [],
    compose: null,
  };

  it("looks closer at known images, ids, postgres as the command, and port 5432; not at anything else", () => {
    expect(mayBePostgres(listed)).toBe(false);
    expect(mayBePostgres({ ...listed, image: "postgis/postgis:15-3.4" })).toBe(true);
    expect(mayBePostgres({ ...listed, image: "sha256:8c56aabbccdd" })).toBe(true);
    expect(mayBePostgres({ ...listed, command: "docker-entrypoint.sh postgres" })).toBe(true);
    expect(mayBePostgres({ ...listed, exposed: [5432] })).toBe(true);
  });

  it("takes no tool for a server that is built on PostgreSQL's image and runs a program of its own", () => {
    const built = { image: "prodrigestivill/postgres-backup-local", environment: new Map([["PG_MAJOR", "16"]]) };
    const tool = aContainer({ ...built, command: ["/init.sh"], wanted: [] });
    expect(isPostgres(tool)).toBe(false);
    const wanted = [{ privatePort: 5432, ip: "", publicPort: 5432 }];
    expect(isPostgres({ ...tool, wanted })).toBe(true);
    for (const command of [[], ["postgres"], ["-c", "work_mem=8MB"], ["/usr/lib/postgresql/16/bin/postgres"]])
      expect(isPostgres({ ...tool, command }), command.join(" ")).toBe(true);
  });

  it("goes by the image or what PostgreSQL's image sets, and by a command that is a server", () => {
    const own = { image: "team/db:1", environment: new Map([["PG_MAJOR", "15"]]) };
    expect(isPostgres(aContainer(own))).toBe(true);
    expect(isPostgres(aContainer({ ...own, environment: new Map() }))).toBe(false);
    expect(isPostgres(aContainer({ command: ["psql", "-h", "db"] }))).toBe(false);
    expect(isPostgres(aContainer({ command: ["bash"] }))).toBe(false);
    expect(isPostgres(aContainer({ command: ["bash", "-c", "exec postgres"] }))).toBe(true);
    expect(isPostgres(aContainer({ command: ["-c", "shared_buffers=1GB"] }))).toBe(true);
  });

  it.each([
    [{}, 5432],
    [{ environment: new Map([["PGPORT", "6543"]]) }, 6543],
    [{ environment: new Map([["POSTGRESQL_PORT_NUMBER", "5433"]]) }, 5433],
    [{ command: ["postgres", "-p", "5555"] }, 5555],
    [{ command: ["postgres", "-c", "port=5556"] }, 5556],
    [{ environment: new Map([["PGPORT", "99999"]]) }, 5432],
  ])("%j listens on %d inside", (changes, port) => {
    expect(privatePortOf(aContainer(changes))).toBe(port);
  });
});
