import { err, ok, type Result } from "../result";
import { matchPassfile, passfileHost } from "./passfile";
import type { Surroundings } from "./surroundings";

/** Where asyncpg gets its password from; `line` is null where the file was not looked at. */
export type PasswordSource =
  | { readonly kind: "string" | "environment" | "service" | "none" }
  | { readonly kind: "passfile"; readonly path: string; readonly line: number | null };

export interface SignInFacts {
  /** Hosts and ports as asyncpg looks them up: one "localhost" where it tries its default places. */
  readonly hosts: readonly (readonly [host: string, port: number])[];
  readonly user: string;
  readonly database: string;
}

export interface FoundPassword {
  readonly source: PasswordSource;
  /** `***` where it is not at hand. */
  readonly password: string | null;
}

const nowhere = (source: PasswordSource): FoundPassword => ({ source, password: null });

/**
 * Looks a password up as asyncpg's `_read_password_from_pgpass`: every socket counts as localhost, the first line
 * wins, and a line with fewer than five parts before it is an error.
 */
export function findInPassfile(
  passfile: string | null,
  facts: SignInFacts,
  surroundings: Surroundings,
): Result<FoundPassword, string> {
  const file = surroundings.passfile;
  if (passfile !== null && passfile !== file?.path)
    return ok(nowhere({ kind: "passfile", path: passfile, line: null }));
  if (!file || file.ignored !== null) return ok(nowhere({ kind: "none" }));
  const broken = Math.min(...file.brokenLines, Number.POSITIVE_INFINITY);
  for (const [host, port] of facts.hosts) {
    const { database, user } = facts;
    const name = passfileHost(host, surroundings.socketDirectory, "asyncpg");
    const entry = matchPassfile(file.entries, { host: name, port: String(port), database, user }, "asyncpg");
    if (broken < (entry?.line ?? Number.POSITIVE_INFINITY))
      return err(`ValueError: line ${broken} of the password file has fewer than five parts`);
    if (!entry) continue;
    const source = { kind: "passfile", path: file.path, line: entry.line } as const;
    return ok({ source, password: entry.shownPassword ?? "***" });
  }
  return ok(nowhere({ kind: "none" }));
}
