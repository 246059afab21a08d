import type { Endpoint } from "./endpoint";

/** libpq's sslmode values, weakest first (PostgreSQL manual, "SSL Support"). */
export const SSLMODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
export type Sslmode = (typeof SSLMODES)[number];

/**
 * What a connection string says, without its password. Null means "not in the string": each driver then
 * fills the gap its own way. `parameters` are the rest of the query, in their order, sslmode not among them.
 */
export interface Target {
  readonly hosts: readonly Endpoint[];
  readonly user: string | null;
  readonly database: string | null;
  readonly sslmode: Sslmode | null;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A password kept out of every accidental print: JSON, template strings and console show `***`. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  /** The password itself; call it only where it goes on the wire or into a file the person asked for. */
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return "***";
  }
  toJSON(): string {
    return "***";
  }
}

/** A target together with the password that belongs to it. */
export interface Credentials {
  readonly target: Target;
  readonly password: Secret | null;
}
