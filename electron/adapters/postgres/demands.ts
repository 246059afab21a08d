import type { Connection } from "pg";
import { ERRNO } from "../../../shared/domain/diagnose/facts";
import { isMethodAllowed } from "../../../shared/domain/dsn/require-auth";
import { coded } from "./questions";

/** What a string demands of the sign-in (PostgreSQL manual, "Parameter Key Words"). */
export interface Demands {
  /** channel_binding; "prefer" unless given. */
  readonly channelBinding: string;
  /** require_auth: names of methods, or each with a "!" before it; null: any. */
  readonly requireAuth: string | null;
}

const refuse = (message: string): never => {
  throw coded(ERRNO.unsupportedMethod, message);
};

/**
 * Holds a sign-in to what the string demands. It listens to whole messages, before node-postgres answers them: what it
 * throws ends the socket, so that no password goes out another way than the string allows.
 */
export function holdTo({ channelBinding, requireAuth }: Demands, connection: Connection, encrypted: boolean): void {
  let isProven = false;
  const isBound = channelBinding === "require";
  const ask = (method: string, mechanisms: readonly string[] = []): void => {
    // SCRAM is done when the server has shown that it knows the password too.
    isProven = mechanisms.length === 0;
    if (isBound && !(encrypted && mechanisms.includes("SCRAM-SHA-256-PLUS"))) refuseUnbound(encrypted);
    if (!isMethodAllowed(requireAuth, method))
      refuse(`The server asks for ${method}, which require_auth=${requireAuth} rules out.`);
  };
  connection.on("authenticationCleartextPassword", () => ask("password"));
  connection.on("authenticationMD5Password", () => ask("md5"));
  connection.on("authenticationSASL", ({ mechanisms }: { readonly mechanisms: readonly string[] }) =>
    ask("scram-sha-256", mechanisms),
  );
  connection.on("authenticationSASLFinal", () => {
    isProven = true;
  });
  connection.on("authenticationOk", () => {
    if (isProven) return;
    if (isBound) refuseUnbound(encrypted);
    if (!isMethodAllowed(requireAuth, "none"))
      refuse(`The server lets in without a completed sign-in, which require_auth=${requireAuth} rules out.`);
  });
}

const refuseUnbound = (encrypted: boolean): never =>
  refuse(
    `${encrypted ? "The server does not ask for a password with" : "Without TLS there is no"} channel binding, which channel_binding=require wants.`,
  );
