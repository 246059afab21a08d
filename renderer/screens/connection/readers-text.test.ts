import { expect, it } from "vitest";
import { parameterFacts } from "../../../shared/domain/dsn";
import { readersText } from "./readers-text";

it.each([
  ["sslmode", ["libpq", "asyncpg reads it", "node-postgres reads it"]],
  ["sslnegotiation", ["libpq from PostgreSQL 17", "asyncpg reads it from 0.30", "node-postgres reads it"]],
  ["connect_timeout", ["libpq", "asyncpg sends it to the server, which refuses it", "node-postgres ignores it"]],
  ["application_name", ["libpq", "asyncpg sends it to the server", "node-postgres reads it"]],
  ["search_path", ["libpq refuses it", "asyncpg sends it to the server", "node-postgres ignores it"]],
])("%s", (name, expected) => {
  expect(readersText(parameterFacts(name))).toEqual(expected);
});
