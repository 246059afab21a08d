import { appendFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, compose } from "../../electron/compose";
import type { DiagnoseReport, RungId } from "../../shared/domain/diagnosis";
import { createDebianCluster, type DebianCluster, whyNoDebianCluster } from "../servers/debian-cluster";
import { startPostgres, type TestServer } from "../servers/postgres";
import { CANARIES, told } from "./canaries";
import { type Planted, plant } from "./planted";

const job = () => ({ emit: () => {}, signal: new AbortController().signal });
const encoded = encodeURIComponent;

/** Fields of an ErrorResponse: a code that only a server of somebody's own has, and secrets where words of C stand. */
const OWN_ERROR = `S${CANARIES.variablePassword}\0VFATAL\0C${CANARIES.serverCode}\0Mno\0R${CANARIES.envPassword}\0\0`;

/** Programs that are no PostgreSQL, or none that anybody knows, and say what they are. */
async function startTalker(answer: (asked: Buffer) => Buffer): Promise<Server> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (asked: Buffer) => socket.end(answer(asked)));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return server;
}

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
};

/** Both forms of the report of one climb, which hold none of what was planted though the climb itself does. */
async function reportOf(app: App, dsn: string) {
  const { runId, report, edits } = await app.diagnose.run(dsn, job());
  const made = [await app.reports.preview(runId, "markdown"), await app.reports.preview(runId, "json")];
  const [markdown = "", json = ""] = made.map((one) => (one.ok ? one.value.text : one.error.message));
  expect(told(JSON.stringify([report, edits]))).not.toEqual([]);
  expect([told(markdown), told(json)]).toEqual([[], []]);
  return { report, markdown, json };
}

describe("a report of a climb that ended at each rung", () => {
  let planted: Planted;
  let app: App;
  let real: TestServer;
  let web: Server;
  let own: Server;

  beforeAll(async () => {
    planted = await plant();
    real = await startPostgres({ version: 18 });
    const names = { role: `"${CANARIES.stringUser}"`, owner: `"${CANARIES.passfileUser}"` };
    for (const sql of [
      `CREATE ROLE ${names.role} LOGIN PASSWORD '${CANARIES.stringPassword.replaceAll("'", "''")}'`,
      `CREATE ROLE ${names.owner}`,
      `CREATE DATABASE "${CANARIES.stringDatabase}" OWNER ${names.owner}`,
      `CREATE DATABASE "${CANARIES.containerDatabase}" OWNER ${names.role}`,
      `REVOKE CONNECT ON DATABASE template1 FROM public`,
    ]) {
      await real.sql("postgres", sql);
    }
    await real.sql(CANARIES.stringDatabase, `CREATE SCHEMA "${CANARIES.stringOptions}" AUTHORIZATION ${names.owner}`);
    await real.sql(CANARIES.stringDatabase, `GRANT USAGE ON SCHEMA "${CANARIES.stringOptions}" TO ${names.role}`);
    web = await startTalker(() => Buffer.from(`HTTP/1.1 400 Bad\r\nServer: ${CANARIES.otherUrlHost}\r\n\r\n`));
    own = await startTalker(() => {
      const head = Buffer.from("E\0\0\0\0", "latin1");
      head.writeUInt32BE(OWN_ERROR.length + 4, 1);
      return Buffer.concat([head, Buffer.from(OWN_ERROR)]);
    });
    app = compose({ env: planted.env });
    await app.projects.open(planted.project);
    await app.scan.run(job());
  });
  afterAll(async () => {
    web?.close();
    own?.close();
    await real?.remove();
    await planted?.remove();
  });

  const signIn = (password: string = CANARIES.stringPassword): string => `${CANARIES.stringUser}:${encoded(password)}`;
  const query = `application_name=${CANARIES.stringParameter}`;
  const at = (port: number, database: string, more = ""): string =>
    `postgresql://${signIn()}@127.0.0.1:${port}/${database}?${query}${more}`;
  const verify = "sslmode=verify-full&sslrootcert=";
  const searchPath = `&options=${encoded(`-c search_path=${CANARIES.stringOptions}`)}`;

  const CASES: readonly (readonly [rung: RungId, name: string, dsn: () => string])[] = [
    ["read", "a password with raw signs", () => planted.strings["a password with raw signs"] ?? ""],
    ["resolve", "an unknown host", () => `postgresql://${signIn()}@${CANARIES.stringHost}/${CANARIES.stringDatabase}`],
    ["reach", "a socket folder at home", () => `postgresql://${signIn()}@${encoded(planted.home)}/x`],
    ["speak", "a web server", () => at(portOf(web), CANARIES.stringDatabase)],
    ["encrypt", "a file that is not there", () => at(planted.port, "x", `&${verify}${CANARIES.rootCertificate}`)],
    ["encrypt", "a certificate of nobody known", () => at(planted.port, "x", `&${verify}system`)],
    ["authenticate", "a wrong password", () => `postgresql://${signIn(CANARIES.envPassword)}@127.0.0.1:${real.port}/x`],
    ["authenticate", "codes of its own", () => at(portOf(own), CANARIES.stringDatabase, "&sslmode=disable")],
    ["database", "one that is missing", () => at(real.port, CANARIES.otherUrlHost)],
    ["database", "one that may not be opened", () => at(real.port, "template1")],
    ["privileges", "a schema of somebody else's", () => at(real.port, CANARIES.stringDatabase, searchPath)],
  ];

  const reported = (dsn: string) => reportOf(app, dsn);

  const failedRung = (report: DiagnoseReport): RungId | undefined =>
    report.rungs.find(({ status }) => status === "fail")?.id;

  it.each(CASES)("%s: %s", async (rung, _name, dsn) => {
    const { report, json } = await reported(dsn());
    expect(failedRung(report)).toBe(rung);
    expect(JSON.parse(json).check.diagnosis.id).toBe(report.diagnosis?.id);
  });

  it("and at none: the last rung passes, and the server's version is told", async () => {
    const { report, markdown, json } = await reported(at(real.port, CANARIES.containerDatabase));
    expect([report.ok, failedRung(report)]).toEqual([true, undefined]);
    expect(JSON.parse(json).versions.postgresql).toMatch(/^18\.\d/);
    expect(markdown).toContain("It connects");
  });
});

describe.skipIf(whyNoDebianCluster() !== null)("a report of a cluster that ended while it started", () => {
  let planted: Planted;
  let cluster: DebianCluster;
  beforeAll(async () => {
    planted = await plant();
    cluster = await createDebianCluster({ running: false });
  });
  afterAll(async () => {
    await cluster?.drop();
    await planted?.remove();
  });

  it("tells why, without the names and places in its log", async () => {
    const library = `shared_preload_libraries = '${planted.home}/${CANARIES.stringOptions}'`;
    appendFileSync(path.join(cluster.configDirectory, "postgresql.conf"), `${library}\n`);
    await expect(cluster.start()).rejects.toThrow();
    const app = compose({ env: planted.env });
    await app.scan.run(job());
    const { json } = await reportOf(app, `postgresql://${CANARIES.stringUser}@127.0.0.1:${cluster.port}/x`);
    const { check, detection } = JSON.parse(json);
    expect(check.diagnosis).toMatchObject({
      id: "install.failed-start",
      explanation: expect.stringContaining("could not access file"),
    });
    expect(detection.servers.map(({ cause }: { cause: string | null }) => cause)).toContain("failed-start");
  });
});
