import { copies } from "../../diagnose/remedies";
import { quoteIdentifier } from "../../sql";
import { capital, named, type WordTable } from "./word";

const copy = (...args: Parameters<typeof copies>) => copies(...args).remedy;
const identifier = (name: string | null, instead: string): string => (name === null ? instead : quoteIdentifier(name));

/** The database, its settings, and what the role may do there. */
export const databaseWords: WordTable = {
  "database.missing": {
    title: ({ database }) => (database ? `There is no database called "${database}"` : "The database does not exist"),
    explanation: () => "The sign-in was accepted, and the server has no such database. Names are case-sensitive here.",
    remedies: ({ database, user }) => [
      copy(
        "create-database",
        "Create it",
        { sql: [`CREATE DATABASE ${identifier(database, "<database>")} OWNER ${identifier(user, "<role>")}`] },
        "administrator",
      ),
    ],
  },
  "database.files-missing": {
    title: ({ database }) => `The files of ${named("database", database)} are gone`,
    explanation: () =>
      "The server knows the database, but its folder is missing. Creating it again does not bring the data back.",
    remedies: () => [copy("restore", "Restore it from a backup; look into the server's log first")],
  },
  "database.connect-denied": {
    title: ({ database }) => `The role may not open ${named("database", database)}`,
    explanation: () => "The password is right. The role has no CONNECT on this database, nor does everybody.",
    remedies: ({ database, user }) => [
      copy(
        "grant-connect",
        "Let it in",
        { sql: [`GRANT CONNECT ON DATABASE ${identifier(database, "<database>")} TO ${identifier(user, "<role>")}`] },
        "administrator",
      ),
    ],
  },
  "database.not-accepting": {
    title: ({ database }) => `${capital(named("database", database))} takes no connections`,
    explanation: () => "It is switched off for sign-ins (ALLOW_CONNECTIONS false), like template0.",
  },
  "database.parameter-unknown": {
    title: ({ parameter }) =>
      `The server does not take ${parameter ? `the setting ${parameter}` : "a setting that the string sends"}`,
    explanation: () =>
      "asyncpg hands every parameter of the string that it does not know to the server as a setting: connect_timeout and channel_binding, for example.",
    remedies: ({ parameter }) => [copy("drop-parameter", `Take ${parameter ?? "it"} out of the string`)],
  },
  "database.session-attributes": {
    title: () => "The server is not of the kind that the string asks for",
    explanation: () =>
      "target_session_attrs wants a primary, a standby, or a session that can write, and none of the hosts is one.",
  },
  "privileges.no-create": {
    title: ({ schema }) => `The role may not create tables in the schema ${schema ?? "public"}`,
    explanation: () =>
      "Since PostgreSQL 15 only the database's owner may create in public; a GRANT on the database does not change that.",
    remedies: ({ schema, user }) => [
      copy(
        "grant-create",
        "Run this in that very database",
        { sql: [`GRANT USAGE, CREATE ON SCHEMA ${identifier(schema, "public")} TO ${identifier(user, "<role>")}`] },
        "administrator",
      ),
    ],
  },
  "privileges.no-schema": {
    title: () => "There is no schema to create tables in",
    explanation: () => "No schema of the search_path exists in this database, or the role may look into none.",
    remedies: () => [
      copy("create-schema", "Create it", { sql: ["CREATE SCHEMA IF NOT EXISTS public"] }, "administrator"),
    ],
  },
  "privileges.read-only": {
    title: () => "Nothing can be written here",
    explanation: () =>
      "The server is a read-only copy, or default_transaction_read_only is on. Migrations need the primary.",
  },
  "privileges.object-denied": {
    title: () => "The role lacks a right on something that is not its own",
    explanation: () => "A table, a database or another object belongs to another role. The connection itself works.",
  },
  "privileges.extension-missing": {
    title: () => "An extension that is needed is not there",
    explanation: () => "Its files are not installed on the server, or CREATE EXTENSION was not run in this database.",
  },
  "privileges.old-version": {
    title: () => "This PostgreSQL is too old for Aksara",
    explanation: () =>
      "Aksara uses gen_random_uuid(), which is built in since PostgreSQL 13. Before that the pgcrypto extension brings it.",
    remedies: () => [
      copy(
        "pgcrypto",
        "Upgrade, or add the extension",
        { sql: ["CREATE EXTENSION IF NOT EXISTS pgcrypto"] },
        "superuser",
      ),
    ],
  },
};
