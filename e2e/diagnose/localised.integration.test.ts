import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import { createDebianCluster, type DebianCluster, whyNoDebianCluster } from "../servers/debian-cluster";
import { climbed } from "./plain-diagnose";
import { createVerdicts, type Expected } from "./verdicts";

/** Languages by the names of their translations; a build without one speaks English, which the table then says. */
const LANGUAGES = ["de", "fr", "ja", "ru", "zh_CN"] as const;

/** Words of the sentences the cases meet, as an English server writes them. */
const ENGLISH = /authentication failed|does not exist|permitted|rejects|entry|denied|accepting|too many|unrecognized/;

const HBA = `
local all postgres peer
local all all trust
host all ghost,grouprole 127.0.0.1/32 trust
host all rejected 127.0.0.1/32 reject
hostnossl all plainonly 127.0.0.1/32 scram-sha-256
host all identuser 127.0.0.1/32 ident
host all app,limited,outsider 127.0.0.1/32 scram-sha-256
`;

const SETUP = [
  "CREATE ROLE app LOGIN PASSWORD 'right'",
  "CREATE ROLE limited LOGIN PASSWORD 'right' CONNECTION LIMIT 0",
  "CREATE ROLE outsider LOGIN PASSWORD 'right'",
  "CREATE ROLE grouprole NOLOGIN",
  "CREATE DATABASE app OWNER app",
  "CREATE DATABASE closed",
  "REVOKE CONNECT ON DATABASE closed FROM PUBLIC",
];

interface Case extends Expected {
  readonly user: string;
  readonly database?: string;
  readonly query?: string;
}

const CASES: readonly Case[] = [
  { name: "wrong password", user: "app:wrong", expected: "authenticate.password-rejected" },
  { name: "missing role under trust", user: "ghost", expected: "authenticate.role-missing" },
  { name: "NOLOGIN under trust", user: "grouprole", expected: "authenticate.role-cannot-login" },
  { name: "reject line", user: "rejected:x", query: "?sslmode=disable", expected: "authenticate.hba-rejects" },
  { name: "no line", user: "nobody:x", query: "?sslmode=disable", expected: "authenticate.no-hba-entry" },
  { name: "ident", user: "identuser", expected: "authenticate.ident-rejected" },
  { name: "missing database", user: "app:right", database: "nothere", expected: "database.missing" },
  { name: "CONNECT denied", user: "outsider:right", database: "closed", expected: "database.connect-denied" },
  { name: "template0", user: "app:right", database: "template0", expected: "database.not-accepting" },
  { name: "role's limit", user: "limited:right", expected: "server.role-limit" },
  {
    name: "a setting nobody knows",
    user: "app:right",
    query: "?options=-c%20nosuch%3D1",
    expected: "database.parameter-unknown",
  },
];

const verdicts = createVerdicts();
const missing = whyNoDebianCluster();
const spoken = (language: string, version: string): string =>
  existsSync(`/usr/share/locale/${language}/LC_MESSAGES/postgres-${version}.mo`)
    ? language
    : `${language} (in English)`;

describe.skipIf(missing !== null)(`a server that speaks another language${missing ? ` (${missing})` : ""}`, () => {
  let cluster: DebianCluster;
  beforeAll(async () => {
    cluster = await createDebianCluster({ running: true });
    for (const sql of SETUP) await cluster.sql("postgres", sql);
    writeFileSync(path.join(cluster.configDirectory, "pg_hba.conf"), HBA);
    await cluster.stop();
  });
  afterAll(() => cluster?.drop());

  describe.each(LANGUAGES.map((language) => [language]))("%s", (language) => {
    const at = ({ user, database = "app", query = "" }: Pick<Case, "user" | "database" | "query">): string =>
      `postgresql://${user}@127.0.0.1:${cluster.port}/${database}${query}`;
    beforeAll(async () => {
      // gettext takes the language from LANGUAGE where the locale is not C.
      const environment = `LANGUAGE = '${language}'\nLC_ALL = 'C.UTF-8'\n`;
      writeFileSync(path.join(cluster.configDirectory, "environment"), environment);
      await cluster.start();
    });
    // It has stopped by itself by then, unless a test failed.
    afterAll(() => cluster.stop().catch(() => {}));

    it.each(CASES.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
      const report = await climbed(at(one));
      verdicts.judge(spoken(language, cluster.version), one, report);
      const words = report.rungs.find(({ status }) => status === "fail")?.summary;
      if (spoken(language, cluster.version) === language) expect(words).not.toMatch(ENGLISH);
    });

    it("shutting down", async () => {
      const held = await createOpenWire()(
        {
          endpoint: { socketDirectory: cluster.socketDirectory, port: cluster.port },
          user: "app",
          password: null,
          database: "app",
          sslmode: "disable",
          parameters: {},
          timeoutMs: 10_000,
        },
        () => {},
      );
      if (!held.ok) throw new Error(held.error.message);
      const [pid] = readFileSync(path.join(cluster.dataDirectory, "postmaster.pid"), "utf8").split("\n");
      process.kill(Number(pid), "SIGTERM");
      try {
        let report = await climbed(at({ user: "app:right" }));
        // The signal takes a moment to arrive.
        for (let tries = 0; tries < 500 && report.ok; tries += 1) report = await climbed(at({ user: "app:right" }));
        verdicts.judge(
          spoken(language, cluster.version),
          { name: "shutting down", expected: "server.stopping" },
          report,
        );
      } finally {
        await held.value.session.end();
      }
    });
  });
});

afterAll(() => verdicts.print("In other languages"));
