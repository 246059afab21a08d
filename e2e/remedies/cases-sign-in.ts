import { at, socket } from "../diagnose/case";
import { type RemedyCase, role, sql } from "./case";

/** Passwords, roles and the lines of pg_hba.conf. `open` lets everybody create tables. */
export const SIGN_IN: readonly RemedyCase[] = [
  {
    name: "a wrong password becomes the role's",
    expected: "authenticate.password-rejected",
    remedy: "set-password",
    dsn: (s) => at(s, "app:wrong"),
    shows: [/^ALTER ROLE "app" PASSWORD '\*\*\*'$/],
  },
  {
    name: "a role without a password gets the string's",
    expected: "authenticate.password-rejected",
    remedy: "set-password",
    dsn: (s) => at(s, "unset:right", "open"),
  },
  {
    name: "an MD5 secret is stored anew",
    expected: "authenticate.password-rejected",
    remedy: "set-password",
    dsn: (s) => at(s, "md5secret:right", "open"),
  },
  {
    name: "an expired password is valid again",
    expected: "authenticate.password-rejected",
    remedy: "extend-password",
    dsn: (s) => at(s, "expired:right", "open"),
    shows: [/VALID UNTIL 'infinity'/],
  },
  {
    name: "no password in the string: a new one, in both places",
    expected: "authenticate.password-missing",
    remedy: "new-password",
    dsn: (s) => at(s, "app"),
  },
  {
    name: "a role that does not exist is made, with the string's password",
    expected: "authenticate.role-missing",
    remedy: "create-role",
    dsn: (s) => at(s, "missing:right", "open"),
    shows: [/^CREATE ROLE "missing" LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '\*\*\*'$/],
  },
  {
    name: "a role that does not exist is made, with a new password",
    expected: "authenticate.role-missing",
    remedy: "create-role",
    dsn: (s) => at(s, "ghost", "open"),
  },
  {
    name: "a group may log in",
    expected: "authenticate.role-cannot-login",
    remedy: "allow-login",
    dsn: (s) => at(s, "grouppass:right", "open"),
    shows: [/^ALTER ROLE "grouppass" LOGIN$/],
  },
  {
    name: "peer: over TCP with a password",
    expected: "authenticate.peer-rejected",
    remedy: "use-tcp",
    dsn: (s) => socket(s, "peeruser:right").replace(/\/app$/, "/open"),
    breaks: sql(
      ["ALTER ROLE peeruser PASSWORD 'right'", "GRANT everyday TO peeruser"],
      ["REVOKE everyday FROM peeruser", "ALTER ROLE peeruser PASSWORD NULL"],
    ),
  },
  {
    name: "no line in pg_hba.conf: one is added last",
    expected: "authenticate.no-hba-entry",
    remedy: "add-hba-line",
    dsn: (s) => at(s, "stranger:right", "open"),
    breaks: sql(["CREATE ROLE stranger LOGIN PASSWORD 'right'"], ["DROP ROLE stranger"]),
    shows: [
      /^# line \d+ of .*pg_hba\.conf\nhostssl "open" "stranger" 127\.0\.0\.1\/32 scram-sha-256$/,
      /^SELECT pg_reload_conf\(\)$/,
    ],
  },
  {
    name: "no line in pg_hba.conf for an odd name, in the clear",
    expected: "authenticate.no-hba-entry",
    remedy: "add-hba-line",
    dsn: (s) => at(s, encodeURIComponent('str"ange ö').concat(":right"), "open", "?sslmode=disable"),
    breaks: sql([`CREATE ROLE "str""ange ö" LOGIN PASSWORD 'right'`], [`DROP ROLE "str""ange ö"`]),
    shows: [/host "open" "str""ange ö" 127\.0\.0\.1\/32 scram-sha-256$/],
  },
  {
    name: "ident: a line with a password before it",
    expected: "authenticate.ident-rejected",
    remedy: "add-hba-line",
    dsn: (s) => at(s, "identuser:right", "open"),
    breaks: sql(["ALTER ROLE identuser PASSWORD 'right'"], ["ALTER ROLE identuser PASSWORD NULL"]),
    shows: [/^# line 2 of /],
  },
  {
    name: "a pasted string of SQLAlchemy",
    expected: "read.unsupported-scheme",
    remedy: "use-postgresql",
    dsn: (s) => at(s, "app:right").replace("postgresql://", "postgresql+asyncpg://"),
  },
  {
    name: "raw characters in the password are encoded",
    expected: "read.unencoded-credentials",
    remedy: "encode-1",
    dsn: (s) => at(s, "odd:p#s/w?rd", "open"),
    breaks: role("odd", "LOGIN PASSWORD 'p#s/w?rd'"),
  },
];
