// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables, as compose files write them
import { describe, expect, it } from "vitest";
import { includesOf, readComposeFiles } from "./compose-file";
import { composePorts } from "./compose-ports";
import { interpolate } from "./compose-variables";

// What YAML readers make of compose files; forms from the Compose Specification.
const read = (documents: readonly unknown[], variables: Readonly<Record<string, string>> = {}, folder = "My Shop") =>
  readComposeFiles({ documents, folder, variable: (name) => variables[name] });
const servicesOf = (services: unknown, variables: Readonly<Record<string, string>> = {}) =>
  read([{ services }], variables).services;

describe("services of a compose file", () => {
  it("are PostgreSQL by their image, by PGDATA, or by what a built image is told and publishes", () => {
    const found = servicesOf({
      db: { image: "postgres:17" },
      gis: { image: "ghcr.io/postgis/postgis:16-3.4" },
      own: { build: ".", environment: { POSTGRES_PASSWORD: "x" }, ports: ["5433:5432"] },
      moved: { image: "team/db:1", environment: ["PGDATA=/data"] },
      web: { build: ".", environment: { POSTGRES_PASSWORD: "x" }, ports: ["8000:8000"] },
      dump: { image: "postgres:17", command: "pg_dump -h db" },
      cache: { image: "redis:7" },
    });
    expect(found.map(({ service }) => service)).toEqual(["db", "gis", "own", "moved"]);
  });

  it("take variables of the environment, as a map or a list", () => {
    const variables = { DB_TAG: "18", POSTGRES_PASSWORD: "from the shell" };
    const map = { POSTGRES_USER: "${DB_USER:-shop}", POSTGRES_PASSWORD: null, PGPORT: 5433 };
    const list = ["POSTGRES_USER=a=b", "POSTGRES_PASSWORD", "POSTGRES_DB=$$x"];
    const [one, other] = servicesOf(
      { one: { image: "postgres:${DB_TAG}", environment: map }, other: { image: "postgres", environment: list } },
      variables,
    );
    expect(one?.image).toBe("postgres:18");
    expect(Object.fromEntries(one?.environment ?? [])).toEqual({
      POSTGRES_USER: "shop",
      POSTGRES_PASSWORD: "from the shell",
      PGPORT: "5433",
    });
    expect(Object.fromEntries(other?.environment ?? [])).toEqual({
      POSTGRES_USER: "a=b",
      POSTGRES_PASSWORD: "from the shell",
      POSTGRES_DB: "$x",
    });
  });

  it("are laid over each other by override files: maps and lists add up, the last image counts", () => {
    const db = { image: "postgres:16", ports: ["5432:5432"], environment: { POSTGRES_USER: "a", POSTGRES_DB: "x" } };
    const more = { image: "postgres:17", ports: ["5433:5432"], environment: ["POSTGRES_USER=b"] };
    const [service] = read([{ services: { db } }, { services: { db: more } }]).services;
    expect(service).toMatchObject({ image: "postgres:17", wanted: [{ publicPort: 5432 }, { publicPort: 5433 }] });
    expect(Object.fromEntries(service?.environment ?? [])).toEqual({ POSTGRES_USER: "b", POSTGRES_DB: "x" });
  });

  it("take over what they extend in the same files, and end where that leads back", () => {
    const base = { image: "postgres:16", environment: { POSTGRES_USER: "a" }, extends: "db" };
    const db = { extends: { service: "base" }, ports: ["5433:5432"] };
    const far = { extends: { file: "other.yaml", service: "base" }, image: "postgres" };
    const found = servicesOf({ base, db, far });
    expect(found.map(({ service, image, wanted }) => [service, image, wanted.length])).toEqual([
      ["base", "postgres:16", 1],
      ["db", "postgres:16", 1],
      ["far", "postgres", 0],
    ]);
  });

  it("come from included files, too, whose names are not the project's", () => {
    const included = [{ name: "infra", services: { db: { image: "postgres" } } }];
    const found = readComposeFiles({ documents: [{}], included, folder: "shop", variable: () => undefined });
    expect(found).toMatchObject({ project: "shop", services: [{ service: "db" }] });
    const include = ["a.yaml", { path: "b.yaml" }, { path: ["c.yaml", "${X:-d}.yaml", 5] }, "oci://x/y", null];
    expect(includesOf({ include }, () => undefined)).toEqual(["a.yaml", "b.yaml", "c.yaml", "d.yaml"]);
  });

  it.each([
    ["a folder's name, in Compose's letters", [{}], {}, "myshop"],
    ["the file's name", [{ name: "first" }, { name: "${NAME-second}" }], {}, "second"],
    ["COMPOSE_PROJECT_NAME before all", [{ name: "first" }], { COMPOSE_PROJECT_NAME: "_Given" }, "given"],
  ])("belong to a project called by %s", (_, documents, variables: Record<string, string>, expected) => {
    expect(read(documents, variables).project).toBe(expected);
  });

  it.each([null, [], "text", 7, { services: [] }, { services: { db: null } }, { services: { db: { ports: 5 } } }])(
    "are none in %j",
    (document) => {
      expect(read([document]).services).toEqual([]);
    },
  );
});

describe("ports of a service", () => {
  const ports = (...entries: readonly unknown[]) =>
    composePorts(entries, (value) =>
      typeof value === "number" ? String(value) : typeof value === "string" ? value : "",
    ).map(({ ip, publicPort, privatePort }) => `${ip}|${publicPort}|${privatePort}`);

  it.each([
    ["5432", ["|null|5432"]],
    [5432, ["|null|5432"]],
    ["5433:5432", ["|5433|5432"]],
    ["5433:5432/tcp", ["|5433|5432"]],
    ["127.0.0.1:5433:5432", ["127.0.0.1|5433|5432"]],
    ["127.0.0.1::5432", ["127.0.0.1|null|5432"]],
    ["[::1]:5433:5432", ["::1|5433|5432"]],
    ["::1:5433:5432", ["::1|5433|5432"]],
    ["5432-5433:5432-5433", ["|5432|5432", "|5433|5433"]],
    ["5440-5449:5432", ["|null|5432"]],
    ["5432:5432/udp", []],
    ["nonsense", []],
    ["99999:5432", ["|null|5432"]],
    [{ target: 5432, published: "5433", host_ip: "127.0.0.1" }, ["127.0.0.1|5433|5432"]],
    [{ target: "5432", published: 5433, protocol: "tcp", mode: "host" }, ["|5433|5432"]],
    [{ target: 5432, protocol: "udp", published: 1 }, []],
    [null, []],
  ])("%j", (entry, expected) => {
    expect(ports(entry)).toEqual(expected);
  });
});

describe("variables", () => {
  const variables: Readonly<Record<string, string>> = { SET: "value", EMPTY: "" };
  it.each([
    ["$SET ${SET} $$SET", "value value $SET"],
    ["${EMPTY:-word}${EMPTY-word}${NONE-word}", "wordword"],
    ["${NONE:-${SET}} ${NONE:-${ALSO_NONE:-deep}}", "value deep"],
    ["${SET:+yes}${EMPTY:+no}${EMPTY+yes}", "yesyes"],
    ["${NONE:?must be set}|$NONE|${NONE}", "||"],
    ["$1 ${ 5$", "$1 ${ 5$"],
  ])("%s", (text, expected) => {
    expect(interpolate(text, (name) => variables[name])).toBe(expected);
  });
});
