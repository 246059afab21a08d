import type { Expected } from "./verdicts";

/** Strings that fail before anything is reached. */
export const STRINGS: readonly (Expected & { readonly dsn: string })[] = [
  { name: "mysql://", dsn: "mysql://a:b@localhost/a", expected: "read.unsupported-scheme" },
  { name: "postgresql+asyncpg://", dsn: "postgresql+asyncpg://a:b@localhost/a", expected: "read.unsupported-scheme" },
  { name: "a port of six digits", dsn: "postgresql://a:b@localhost:543210/a", expected: "read.invalid" },
  { name: "a bracket that does not close", dsn: "postgresql://a:b@[::1/a", expected: "read.invalid" },
  { name: "a broken percent sign", dsn: "postgresql://a:b@localhost/a%zz", expected: "read.invalid" },
  { name: "a raw % in the password", dsn: "postgresql://a:5%zz@localhost/a", expected: "read.unencoded-credentials" },
  {
    name: "sslmode=bogus",
    dsn: "postgresql://a:b@localhost/a?sslmode=bogus",
    expected: "read.invalid-parameter-value",
  },
  { name: "a raw @ in the password", dsn: "postgresql://a:p@ss@db.invalid/a", expected: "read.unencoded-credentials" },
  { name: "a raw / in the password", dsn: "postgresql://a:pa/ss@db.invalid/a", expected: "read.unencoded-credentials" },
  { name: "a name that does not exist", dsn: "postgresql://a:b@db.example.invalid/a", expected: "resolve.not-found" },
];
