import { Secret } from "../target";
import type { Container } from "./container";

/** How a container's environment says to sign in. It held when the data was made; nothing changes with it later. */
export interface ContainerCredentials {
  readonly user: string;
  readonly database: string;
  readonly password: Secret | null;
  /** "trust": no password is asked for; "file": it is in a file inside the container; "missing": none is named. */
  readonly kind: "password" | "trust" | "file" | "missing";
  /** Name of the variable that holds the password or its file; null when there is none. */
  readonly variable: string | null;
}

interface Naming {
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** The official image's names and those built on it; bitnami's, where the superuser has a name of its own; kartoza's. */
const BITNAMI: Naming = {
  user: "POSTGRESQL_USERNAME",
  password: "POSTGRESQL_PASSWORD",
  database: "POSTGRESQL_DATABASE",
};
const KARTOZA: Naming = { user: "POSTGRES_USER", password: "POSTGRES_PASS", database: "POSTGRES_DBNAME" };
const OFFICIAL: Naming = { user: "POSTGRES_USER", password: "POSTGRES_PASSWORD", database: "POSTGRES_DB" };

/** Beside a user of one's own, bitnami's image keeps the superuser, with a password of its own. */
const BITNAMI_SUPERUSER = { user: "postgres", password: "POSTGRESQL_POSTGRES_PASSWORD" } as const;

/** What the environment of a container says about signing in. */
export function readCredentials({ environment }: Pick<Container, "environment">): ContainerCredentials {
  const get = (name: string): string | null => environment.get(name) || null;
  const isNamed = (naming: Naming): boolean =>
    get(naming.password) !== null || get(`${naming.password}_FILE`) !== null || get(naming.user) !== null;
  const superuser = get(BITNAMI_SUPERUSER.password);
  if (superuser !== null) {
    const { user, password: variable } = BITNAMI_SUPERUSER;
    return {
      user,
      database: get(BITNAMI.database) ?? user,
      password: new Secret(superuser),
      kind: "password",
      variable,
    };
  }
  const naming = isNamed(BITNAMI) ? BITNAMI : get(KARTOZA.password) !== null ? KARTOZA : OFFICIAL;
  const user = get(naming.user) ?? "postgres";
  const database = get(naming.database) ?? user;
  const password = get(naming.password);
  const file = `${naming.password}_FILE`;
  const isTrust = get("POSTGRES_HOST_AUTH_METHOD") === "trust" || get("ALLOW_EMPTY_PASSWORD") === "yes";
  if (password !== null) {
    return { user, database, password: new Secret(password), kind: "password", variable: naming.password };
  }
  if (get(file) !== null) return { user, database, password: null, kind: "file", variable: file };
  return { user, database, password: null, kind: isTrust ? "trust" : "missing", variable: null };
}
