import { writeFileSync } from "node:fs";
import path from "node:path";
import { selfSigned } from "../servers/certificate";
import { type PostgresVersion, startPostgres, type TestServer } from "../servers/postgres";
import { CONFIG, HBA, IN_DATABASES, MD5_ROLE, SETUP } from "./cases-server";

const certificate = selfSigned("db.example", ["DNS:db.example"]);
const other = selfSigned("other.example");

/** A server with the rules, roles, databases and certificates that the cases are about. */
export async function startCaseServer(version: PostgresVersion): Promise<TestServer> {
  const server = await startPostgres({
    version,
    hba: HBA,
    config: CONFIG,
    files: { "server.key": certificate.key, "server.crt": certificate.certificate },
  });
  const folder = path.dirname(server.dataDirectory);
  writeFileSync(path.join(folder, "root.crt"), certificate.certificate);
  writeFileSync(path.join(folder, "other.crt"), other.certificate);
  for (const statement of SETUP.split(";")) await server.sql("postgres", statement);
  await server.sql("postgres", MD5_ROLE);
  for (const [database, sql] of IN_DATABASES) await server.sql(database, sql);
  return server;
}
