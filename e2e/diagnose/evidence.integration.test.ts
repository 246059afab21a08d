import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DiagnoseReport, RungId } from "../../shared/domain/diagnosis";
import { createAuthority } from "../servers/certificate";
import { startPostgres, type TestServer } from "../servers/postgres";
import { climbed } from "./plain-diagnose";

const authority = createAuthority("The test's authority");
const signed = authority.sign({ commonName: "localhost", names: ["DNS:localhost", "IP:127.0.0.1"] });

const evidence = (report: DiagnoseReport, id: RungId) => report.rungs.find((rung) => rung.id === id)?.evidence;

describe("what the rungs saw", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres({
      version: 17,
      hba: [
        "hostnossl all clear 127.0.0.1/32 password",
        "hostnossl all old 127.0.0.1/32 md5",
        "hostnossl all open 127.0.0.1/32 trust",
        "host all all 127.0.0.1/32 scram-sha-256",
      ],
      config: { ssl: "on", scram_iterations: "5000" },
      files: { "server.key": signed.key, "server.crt": signed.certificate + authority.certificate },
    });
    for (const name of ["app", "clear", "open"]) {
      await server.sql("postgres", `CREATE ROLE ${name} LOGIN PASSWORD 'right'`);
    }
    await server.sql("postgres", "SET password_encryption = 'md5'; CREATE ROLE old LOGIN PASSWORD 'right'");
  });
  afterAll(async () => {
    authority.remove();
    await server?.remove();
  });
  const run = (user: string, query = "?sslmode=disable") =>
    climbed(`postgresql://${user}@127.0.0.1:${server.port}/postgres${query}`);

  it.each([
    ["app", { method: "scram-sha-256", mechanisms: ["SCRAM-SHA-256"], iterations: 5000 }],
    ["clear", { method: "password", mechanisms: [], iterations: null }],
    ["old", { method: "md5", mechanisms: [], iterations: null }],
    ["open", null],
  ])("how %s is asked to sign in, whether the password is right or wrong", async (user, asked) => {
    expect(evidence(await run(`${user}:right`), "authenticate")).toMatchObject({ user, asked });
    if (asked) expect(evidence(await run(`${user}:wrong`), "authenticate")).toMatchObject({ asked, sqlstate: "28P01" });
  });

  it("over TLS, that a proof tied to the certificate is offered", async () => {
    const report = await run("app:right", "?sslmode=require");
    expect(evidence(report, "authenticate")).toMatchObject({
      asked: { mechanisms: ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"] },
    });
  });

  it.each([
    ["require", true],
    ["verify-full&sslrootcert=system", false],
  ])("the certificates the server shows, with sslmode=%s", async (mode, goesOn) => {
    const report = await run("app:right", `?sslmode=${mode}`);
    const seen = evidence(report, "encrypt");
    expect(seen).toMatchObject({
      sslmode: mode.split("&")[0],
      encrypted: goesOn,
      certificate: {
        subject: "localhost",
        issuer: "The test's authority",
        names: ["localhost", "127.0.0.1"],
        selfSigned: false,
        chain: ["localhost", "The test's authority"],
        validTo: expect.stringContaining("GMT"),
      },
    });
    if (goesOn) expect(seen).toMatchObject({ protocol: "TLSv1.3", cipher: expect.stringContaining("TLS_") });
    else expect(report.diagnosis?.id).toBe("encrypt.unknown-authority");
  });
});
