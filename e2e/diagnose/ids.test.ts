import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DIAGNOSIS_IDS } from "../../shared/domain/diagnose/choose";

/** The product's interface: ids may be added to this list, never renamed or taken out. */
const FIXED = `
read.unsupported-scheme read.invalid read.invalid-parameter-value read.unencoded-credentials
resolve.not-found resolve.temporary
reach.refused reach.server-stopped reach.wrong-port reach.other-loopback reach.timeout reach.unreachable
reach.socket-missing reach.socket-denied
speak.not-postgresql speak.closed speak.silent
encrypt.not-supported encrypt.required encrypt.self-signed encrypt.unknown-authority encrypt.name-mismatch
encrypt.expired encrypt.not-yet-valid encrypt.client-certificate-required encrypt.root-file-missing encrypt.protocol
authenticate.password-rejected authenticate.password-missing authenticate.role-missing authenticate.role-cannot-login
authenticate.peer-rejected authenticate.ident-rejected authenticate.no-hba-entry authenticate.hba-rejects
authenticate.app-permission authenticate.unsupported-method
server.starting server.stopping server.recovering server.too-many-connections server.reserved-slots server.role-limit
server.database-limit
database.missing database.connect-denied database.not-accepting database.parameter-unknown
privileges.no-create privileges.no-schema privileges.read-only privileges.too-many privileges.old-version
capacity.pool-too-large capacity.nearly-full
pooler.no-such-database pooler.no-such-user pooler.login-failed pooler.unsupported-parameter pooler.transaction-mode
cloud.tenant-not-found cloud.endpoint-missing
install.incompatible-data install.not-initialised install.stale-pid install.port-taken
project.shadowed`
  .trim()
  .split(/\s+/);

const textOf = (folder: string, wanted: RegExp): string =>
  readdirSync(folder)
    .filter((name) => wanted.test(name))
    .map((name) => readFileSync(path.join(folder, name), "utf8"))
    .join("\n");

describe("the ids of diagnoses", () => {
  it("are all reachable", () => {
    expect(FIXED.filter((id) => !DIAGNOSIS_IDS.includes(id))).toEqual([]);
  });

  it("are all provoked in the tests", () => {
    const cases = [
      textOf(__dirname, /^(cases|moments)|\.integration\.test\.ts$/),
      textOf(path.join(__dirname, "../tls"), /^cells/),
      textOf(path.join(__dirname, "../containers"), /\.engine\.test\.ts$/),
    ].join("\n");
    expect(DIAGNOSIS_IDS.filter((id) => !cases.includes(`"${id}"`))).toEqual([]);
  });

  it("name a rung or what stands around it", () => {
    const areas =
      /^(read|resolve|reach|speak|encrypt|authenticate|server|database|privileges|capacity|pooler|cloud|install|project)\.[a-z-]+$/;
    expect(DIAGNOSIS_IDS.filter((id) => !areas.test(id))).toEqual([]);
  });
});
