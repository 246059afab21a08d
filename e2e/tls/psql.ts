import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { binariesOf, type PostgresVersion } from "../servers/binaries";

/** Debian's psql; the libpq it runs with can be another one. */
const PSQL = "/usr/lib/postgresql/15/bin/psql";

/** Why psql cannot judge here; null when it can. */
export const whyNoPsql = (): string | null => (existsSync(PSQL) ? null : `${PSQL} is not installed`);

/** psql with the libpq of one release. */
export interface Psql {
  readonly libpq: number;
  ask(dsn: string, home: string, bundle: string): Promise<PsqlAnswer>;
}

/** "tls" and "plain": it signed in, and that is what pg_stat_ssl says. Otherwise what its words are about. */
export type PsqlAnswer =
  | { readonly came: "tls" | "plain" }
  | { readonly came: "refused"; readonly kinds: readonly string[]; readonly words: string };

/** What libpq says (its messages are not translated here), and what each is about; the most telling first. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/certificate verify failed/, "certificate"],
  [/does not match host name/, "name"],
  [/root certificate file .* does not exist/, "root file"],
  [/could not read (root )?certificate file|private key file|could not load|does not match private key/, "file"],
  [/server did not request an SSL certificate|without a valid SSL certificate/, "file"],
  [/server does not support SSL/, "no TLS"],
  [/requires a valid client certificate|certificate authentication failed/, "client certificate"],
  [/alert unknown ca|alert bad certificate/, "client certificate rejected"],
  [/no pg_hba\.conf entry|pg_hba\.conf rejects/, "rule"],
  [/password authentication failed/, "password"],
  [/channel binding required|authentication method requirement .* failed/, "method"],
  [/could not parse network address/, "address"],
  [/GSSAPI/, "Kerberos"],
  [/session is read-only|session is not read-only|server is (not )?in hot standby/, "attributes"],
  [/unsupported protocol|alert protocol version|no protocols available|wrong version number/, "protocol"],
  [/SSL error: unexpected eof|SSL SYSCALL error|direct SSL|SSL error: (ssl|record|tls)/, "protocol"],
  [/Connection refused/, "refused"],
];

function read(error: Error | null, out: string, problems: string): PsqlAnswer {
  if (!error) return { came: out.trim() === "t" ? "tls" : "plain" };
  const kinds = KINDS.filter(([words]) => words.test(problems)).map(([, kind]) => kind);
  return { came: "refused", kinds: [...new Set(kinds)], words: problems.trim() };
}

/** psql with the libpq of a release of PostgreSQL: Debian's own for 15, those of the test servers otherwise. */
export async function psqlWith(libpq: Extract<PostgresVersion, 15 | 17 | 18>): Promise<Psql> {
  const libraries = libpq === 15 ? {} : { LD_LIBRARY_PATH: path.join((await binariesOf(libpq)).folder, "lib") };
  return {
    libpq,
    ask: (dsn, home, bundle) =>
      new Promise((resolve) => {
        const sql = "SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()";
        const env = { PATH: "/usr/bin:/bin", LC_ALL: "C", HOME: home, SSL_CERT_FILE: bundle, ...libraries };
        // A session of its own keeps OpenSSL from asking a person for a key's password.
        const asked = execFile(
          "setsid",
          ["-w", PSQL, "-X", "-w", "-At", "-c", sql, dsn],
          { env, timeout: 30_000 },
          (...all) => resolve(read(...all)),
        );
        asked.stdin?.end();
      }),
  };
}
