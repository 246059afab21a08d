import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARIES, told } from "../../e2e/report/canaries";
import { type Planted, plant } from "../../e2e/report/planted";
import type { Result } from "../../shared/domain/result";
import { type App, compose } from "../compose";

const quiet = () => ({ emit: () => {}, signal: new AbortController().signal });

let planted: Planted;
let app: App;
beforeAll(async () => {
  planted = await plant();
  app = compose({ env: planted.env });
  await app.projects.open(planted.project);
  await app.scan.run(quiet());
});
afterAll(() => planted?.remove());

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

async function reported(dsn: string) {
  const { runId, report } = await app.diagnose.run(dsn, quiet());
  const markdown = unwrap(await app.reports.preview(runId, "markdown")).text;
  const json = unwrap(await app.reports.preview(runId, "json")).text;
  return { report, markdown, json };
}

const CASES = [
  "a server that repeats it all",
  "a certificate that does not fit",
  "TLS, then the same",
  "no such host",
  "a password with raw signs",
  "a scheme of another kind",
  "a parameter nobody knows",
  "a service",
  "a password from the password file",
  "keywords and values",
  "an address",
  "a socket at home",
];

describe("a support report tells nothing that is somebody's own", () => {
  it("and the places it comes from do hold it", async () => {
    expect(told(JSON.stringify([planted, CANARIES])).length).toBeGreaterThan(Object.keys(CANARIES).length);
    const { report } = await app.diagnose.run(planted.strings["a server that repeats it all"] ?? "", quiet());
    expect(told(JSON.stringify(report)).length).toBeGreaterThan(20);
    expect(told(JSON.stringify(app.registry.all())).join()).toContain("containerName");
  });

  it("every string of the planted computer is one of the cases", () => {
    expect(Object.keys(planted.strings)).toEqual(CASES);
  });

  it.each(CASES)("with %s", async (name) => {
    const { report, markdown, json } = await reported(planted.strings[name] ?? "");
    expect(report.ok).toBe(false);
    expect(told(markdown)).toEqual([]);
    expect(told(json)).toEqual([]);
    expect(json).toContain(report.diagnosis?.id);
    expect(markdown).toContain(report.diagnosis?.id);
  });

  it("with the string of the project's .env", async () => {
    const { markdown, json } = await reported(planted.envUrl);
    expect([told(markdown), told(json)]).toEqual([[], []]);
  });

  it("and with no check at all", async () => {
    const { text } = unwrap(await app.reports.preview(null, "json"));
    expect(told(text)).toEqual([]);
    expect(JSON.parse(text)).toMatchObject({
      check: null,
      versions: { postgresql: null },
      detection: { servers: expect.arrayContaining([expect.objectContaining({ id: "docker:container-1" })]) },
    });
    const markdown = unwrap(await app.reports.preview(null, "markdown")).text;
    expect(told(markdown)).toEqual([]);
    expect(markdown).toContain("No string was checked.");
  });
});

describe("a support report tells what helps", () => {
  it("versions, the ladder, its cause, the servers found and the project's settings", async () => {
    const { json } = await reported(planted.strings["a server that repeats it all"] ?? "");
    const report = JSON.parse(json);
    expect(report).toMatchObject({
      format: "aksara-support-report",
      versions: { node: process.versions.node, nodePostgres: expect.stringMatching(/^8\./) },
      check: {
        ok: false,
        target: {
          hosts: [{ host: "127.0.0.1", port: planted.port }],
          user: "role-1",
          password: "***",
          database: "database-1",
          sslmode: "disable",
        },
        diagnosis: { id: "authenticate.password-rejected", sqlstate: "28P01" },
      },
      project: {
        isAksara: true,
        hasEnvFile: true,
        shadowedBy: "DATABASE_URL",
        pool: { AKSARA_POOL_MIN_SIZE: "3", AKSARA_POOL_MAX_SIZE: "11" },
      },
      settings: { passwordFile: { entries: 2, brokenLines: [], ignored: null }, services: 1, poolMax: 47 },
    });
    expect(report.versions.postgresql).toBe("15");
    expect(report.settings.variables).toEqual(expect.arrayContaining(["DATABASE_URL", "PGAPPNAME", "PGPASSWORD"]));
    expect(report.settings.variables).not.toContain("DEPLOY_TOKEN");
    expect(report.project.envKeys).toContain("DATABASE_URL");
    expect(report.check.rungs.map(({ status }: { status: string }) => status).slice(0, 6)).toEqual([
      "pass",
      "pass",
      "pass",
      "pass",
      "pass",
      "fail",
    ]);
    expect(report.detection.servers.map(({ id }: { id: string }) => id)).toContain("docker:container-1");
  });

  it("what the server's log says behind a refusal, and by whose log that is known", async () => {
    const { json, markdown } = await reported(planted.strings["a server that repeats it all"] ?? "");
    expect(JSON.parse(json).check.diagnosis.explanation).toMatch(
      /The server's log says \(docker logs container-\d\): The role role-1 exists .* Line 7 of pg_hba\.conf/,
    );
    expect(markdown).toContain("Line 7 of pg_hba.conf");
  });

  it("the same name by the same number, wherever it stands", async () => {
    const { json } = await reported(planted.strings["no such host"] ?? "");
    const { check } = JSON.parse(json);
    const [{ host }] = check.target.hosts;
    expect(host).toMatch(/^host-\d$/);
    expect(check.rungs[1].evidence.host).toBe(host);
    expect(check.rungs[1].summary).toContain(host);
  });
});

describe("saving", () => {
  it("writes exactly the previewed text, for its owner only", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "aksara-report-"));
    const preview = unwrap(await app.reports.preview(null, "markdown"));
    const file = path.join(folder, app.reports.fileName(preview.id) ?? "");
    expect(await app.reports.save(preview.id, file)).toEqual({ ok: true, value: null });
    expect(readFileSync(file, "utf8")).toBe(preview.text);
    expect(await app.reports.save(preview.id, path.join(folder, "none", "x.md"))).toMatchObject({
      ok: false,
      error: { kind: "unwritable", code: "ENOENT" },
    });
    await rm(folder, { recursive: true });
  });

  it("knows neither runs nor previews that are gone", async () => {
    expect(await app.reports.preview("run-0", "json")).toMatchObject({ ok: false, error: { kind: "not-found" } });
    expect(await app.reports.save("gone", "/nowhere")).toMatchObject({ ok: false, error: { kind: "not-found" } });
  });
});
