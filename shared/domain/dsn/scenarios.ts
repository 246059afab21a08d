import { encodePart } from "./percent";

/** A starting point for a string. */
export interface Scenario {
  readonly id: "local" | "password" | "remote" | "docker" | "ssl" | "socket";
  readonly title: string;
  /** The string with `name` (the project's) as user and database. */
  apply(name: string): string;
}

const scenario = (id: Scenario["id"], title: string, write: (name: string) => string): Scenario => ({
  id,
  title,
  apply: (name) => write(encodePart(name.trim() || "myapp")),
});

/** The row "Start from", in its order. */
export const scenarios: readonly Scenario[] = [
  scenario("local", "Local default", (name) => `postgresql://localhost/${name}`),
  scenario("password", "With password", (name) => `postgresql://${name}:password@localhost:5432/${name}`),
  scenario("remote", "Remote server", (name) => `postgresql://${name}:password@db.example.com:5432/${name}`),
  scenario("docker", "Docker", (name) => `postgresql://postgres:postgres@localhost:5432/${name}`),
  scenario(
    "ssl",
    "SSL required",
    (name) => `postgresql://${name}:password@db.example.com:5432/${name}?sslmode=require`,
  ),
  scenario("socket", "Unix socket", (name) => `postgresql://${name}@%2Fvar%2Frun%2Fpostgresql:5432/${name}`),
];
