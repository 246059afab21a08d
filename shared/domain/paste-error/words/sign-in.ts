import { copies } from "../../diagnose/remedies";
import { quoteIdentifier } from "../../sql";
import type { Names } from "../recognition";
import { capital, named, type WordTable } from "./word";

const copy = (...args: Parameters<typeof copies>) => copies(...args).remedy;
const rule = ({ ruleLine }: Names): string => (ruleLine === null ? "" : ` Line ${ruleLine} of pg_hba.conf decided.`);
const identifier = (name: string | null, instead: string): string => (name === null ? instead : quoteIdentifier(name));
const ask = copy("ask-administrator", "Ask whoever runs the server");

/** Who signs in, and whether the server's rules let them. */
export const signInWords: WordTable = {
  "authenticate.password-rejected": {
    title: ({ user }) => `The server refuses the password of ${named("role", user)}`,
    explanation: (names) =>
      `To a client it does not tell a wrong password from a role that does not exist, has none, or whose password has expired.${rule(names)}`,
    remedies: ({ user }) => [
      copy(
        "set-password-yourself",
        "Set a password yourself, in psql as administrator",
        { commands: [`\\password ${identifier(user, "<role>")}`] },
        "administrator",
      ),
    ],
  },
  "authenticate.password-missing": {
    title: () => "The server asks for a password and the string has none",
    explanation: () => "Nothing was sent. asyncpg sends an empty one, which is refused.",
    remedies: () => [copy("enter-password", "Enter the password in the string")],
  },
  "authenticate.role-missing": {
    title: ({ user }) => (user === null ? "The role does not exist" : `There is no role called "${user}"`),
    explanation: (names) => `Role names are case-sensitive here, and each server has roles of its own.${rule(names)}`,
    remedies: ({ user }) => [
      copy(
        "create-role",
        "Create the role",
        { sql: [`CREATE ROLE ${identifier(user, "<role>")} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '***'`] },
        "administrator",
      ),
    ],
  },
  "authenticate.role-cannot-login": {
    title: ({ user }) => `${capital(named("role", user))} may not log in`,
    explanation: () => "It exists, but as a group (NOLOGIN).",
    remedies: ({ user }) => [
      copy(
        "allow-login",
        "Allow it to log in",
        { sql: [`ALTER ROLE ${identifier(user, "<role>")} LOGIN`] },
        "administrator",
      ),
    ],
  },
  "authenticate.peer-rejected": {
    title: ({ user }) => `Over the socket only the system user of that name may be ${named("role", user)}`,
    explanation: (names) =>
      `The server compares the role with the user of the computer (peer authentication). A password does not count there.${rule(names)}`,
    remedies: () => [copy("use-tcp", "Use 127.0.0.1 with a password instead of the socket")],
  },
  "authenticate.ident-rejected": {
    title: () => "The server asks the computer who you are, and the answer does not fit",
    explanation: (names) => `Its rules use ident. A password does not count there.${rule(names)}`,
    remedies: () => [
      copy(
        "use-scram",
        "Have the line in pg_hba.conf say scram-sha-256 instead of ident, then reload",
        { sql: ["SELECT pg_reload_conf()"] },
        "superuser",
      ),
    ],
  },
  "authenticate.no-hba-entry": {
    title: () => "The server's rules have no line for this connection",
    explanation: ({ user, database }) =>
      `No line of pg_hba.conf lets ${named("role", user)} into ${named("database", database)} from there.`,
    remedies: ({ user, database }) => [
      copy(
        "add-hba-line",
        "Add a line like this to pg_hba.conf there, then reload",
        {
          commands: [
            `host ${identifier(database, "<database>")} ${identifier(user, "<role>")} <the client's address>/32 scram-sha-256`,
          ],
          sql: ["SELECT pg_reload_conf()"],
        },
        "superuser",
      ),
    ],
  },
  "authenticate.hba-rejects": {
    title: () => "A rule of the server refuses this connection on purpose",
    explanation: () => 'pg_hba.conf has a "reject" line that fits. Whoever runs the server put it there.',
    remedies: () => [ask],
  },
  "authenticate.app-permission": {
    title: () => "Postgres.app does not let this program in",
    explanation: () => "It asks once for each program and was told no, or the question is still open.",
    remedies: () => [copy("app-settings", "Allow it in Postgres.app: Settings, App Permissions")],
  },
  "authenticate.unsupported-method": {
    title: () => "The server asks for a way to sign in that the driver does not have",
    explanation: () => "GSS, SSPI or something newer than the driver. asyncpg signs in with a password (SCRAM or MD5).",
    remedies: () => [ask],
  },
};
