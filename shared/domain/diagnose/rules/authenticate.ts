import { isSocket } from "../../endpoint";
import { quoteIdentifier } from "../../sql";
import { ERRNO } from "../facts";
import { copies, edits, passwordClause, type RemedyDraft, runs } from "../remedies";
import { type Confidence, lastStep, place, type Rule, type Situation, where } from "../situation";

const is = (s: Situation, sqlstate: string, routine: string): boolean =>
  s.failure.sqlstate === sqlstate && s.failure.routine === routine;

const asked = (s: Situation): boolean => lastStep(s.steps, "sign-in")?.passwordAsked ?? false;
const encrypted = (s: Situation): boolean => lastStep(s.steps, "sign-in")?.encrypted ?? false;

/** A password was tried and refused: 28P01, or LDAP, PAM and RADIUS, which say 28000 after they asked for one. */
const isPasswordRefusal = (s: Situation): boolean =>
  s.failure.sqlstate === "28P01" || (asked(s) && is(s, "28000", "auth_failed"));

/** 28000 from auth_failed where no password was asked: peer on a socket, ident on TCP (peer is local only). */
const isIdentityRefusal = (s: Situation): boolean =>
  is(s, "28000", "auth_failed") && !asked(s) && !/certificate|Postgres\.app/i.test(s.failure.message);

const isRoleRefusal = (s: Situation): boolean => is(s, "28000", "InitializeSessionUserId");
const saysCannotLogin = (s: Situation): boolean => /permitted to log in/i.test(s.failure.message);
const isRuleRefusal = (s: Situation): boolean => is(s, "28000", "ClientAuthentication");
const saysReject = (s: Situation): boolean => /rejects connection/i.test(s.failure.message);

const setPassword = (s: Situation): RemedyDraft =>
  runs("set-password", "Make this password the role's password", {
    database: "postgres",
    password: "string",
    statements: [
      {
        title: `Set the password of ${s.user}`,
        sql: (password) => `ALTER ROLE ${quoteIdentifier(s.user)} ${passwordClause(password)}`,
      },
    ],
  });

const newPassword = (s: Situation): RemedyDraft =>
  runs("new-password", "Give the role a new password and put it into the string", {
    database: "postgres",
    password: "new",
    statements: [
      {
        title: `Set a new password for ${s.user}`,
        sql: (password) => `ALTER ROLE ${quoteIdentifier(s.user)} ${passwordClause(password)}`,
      },
    ],
  });

const copyPassword = (s: Situation): RemedyDraft =>
  copies(
    "set-password-yourself",
    "Set a password yourself, in psql as administrator",
    {
      commands: [`\\password ${quoteIdentifier(s.user)}`],
    },
    "administrator",
  );

const createRole = (s: Situation): RemedyDraft =>
  runs("create-role", `Create the role ${s.user}`, {
    database: "postgres",
    password: s.passwordGiven ? "string" : undefined,
    statements: [
      {
        title: `Create the role ${s.user}`,
        sql: (password) =>
          `CREATE ROLE ${quoteIdentifier(s.user)} LOGIN NOSUPERUSER NOBYPASSRLS${s.passwordGiven ? ` ${passwordClause(password)}` : ""}`,
      },
    ],
  });

const asOsUser = (s: Situation): readonly RemedyDraft[] =>
  s.around.osUser !== s.user && s.around.osUser !== "root"
    ? [edits("use-os-user", `Sign in as ${s.around.osUser}, the user of this computer`, { user: s.around.osUser })]
    : [];

const passwordConfidence = (s: Situation): Confidence | null => {
  if (!isPasswordRefusal(s)) return null;
  const { role } = s.around;
  if (role === null) return "likely";
  return role.exists && role.canLogin ? "certain" : null;
};

function passwordStory(s: Situation): { readonly title: string; readonly explanation: string } {
  const { role, administrator } = s.around;
  if (role?.exists && role.hasPassword === false) {
    return {
      title: `The role ${s.user} has no password`,
      explanation: `Looked up as ${administrator ?? "administrator"}: the role exists and may log in, but no password is stored for it, so none can be right.`,
    };
  }
  if (role?.exists && role.expired) {
    return {
      title: `The password of ${s.user} has expired`,
      explanation: `Looked up as ${administrator ?? "administrator"}: the role may log in, but its password is no longer valid (VALID UNTIL).`,
    };
  }
  const title = `Most likely: the password in ${place(s)} is not the one the role has`;
  if (role?.exists) {
    return {
      title: `The password in ${place(s)} is not the one the role has`,
      explanation: `Looked up as ${administrator ?? "administrator"}: the role ${s.user} exists and may log in, so it is the password.`,
    };
  }
  return {
    title,
    explanation: `${where(s)} refuses this password for ${s.user}. The server does not tell a wrong password from a role that does not exist or has none.`,
  };
}

const validity = (s: Situation): readonly RemedyDraft[] =>
  s.around.role?.exists && s.around.role.expired
    ? [
        runs("extend-password", "Make the password valid again", {
          database: "postgres",
          statements: [
            {
              title: "Take the end date away",
              sql: () => `ALTER ROLE ${quoteIdentifier(s.user)} VALID UNTIL 'infinity'`,
            },
          ],
        }),
      ]
    : [];

export const authenticateRules: readonly Rule[] = [
  {
    id: "authenticate.password-rejected",
    fits: passwordConfidence,
    says: (s) => ({
      ...passwordStory(s),
      remedies: [...validity(s), ...(s.passwordGiven ? [setPassword(s)] : [newPassword(s)]), copyPassword(s)],
    }),
  },
  {
    id: "authenticate.password-missing",
    fits: (s) => (s.failure.errno === ERRNO.passwordMissing ? "certain" : null),
    says: (s) => ({
      title: `The server asks for a password and ${place(s)} has none`,
      explanation: `${where(s)} wants a password for ${s.user}. Nothing was sent. asyncpg sends an empty one, which is refused.`,
      remedies: [copies("enter-password", "Enter the password in the string"), newPassword(s), copyPassword(s)],
    }),
  },
  {
    id: "authenticate.role-missing",
    fits: (s) => {
      if (isRoleRefusal(s)) {
        if (s.around.role) return s.around.role.exists ? null : "certain";
        return saysCannotLogin(s) ? null : /not exist/i.test(s.failure.message) ? "certain" : "likely";
      }
      if (!isPasswordRefusal(s)) return null;
      if (s.around.role === null) return "possible";
      return s.around.role.exists ? null : "certain";
    },
    says: (s) => ({
      title: `There is no role called "${s.user}"`,
      explanation: isRoleRefusal(s)
        ? `${where(s)} knows no such role. Role names are case-sensitive here.`
        : s.around.role
          ? `Looked up as ${s.around.administrator ?? "administrator"}: ${where(s)} knows no such role. To the outside it looks like a wrong password.`
          : "To the outside a missing role looks like a wrong password.",
      remedies: [createRole(s), ...(isRoleRefusal(s) && s.user === "postgres" ? asOsUser(s) : [])],
    }),
  },
  {
    id: "authenticate.role-cannot-login",
    fits: (s) => {
      const { role } = s.around;
      if (role?.exists && !role.canLogin && (isPasswordRefusal(s) || isRoleRefusal(s))) return "certain";
      if (!isRoleRefusal(s) || role) return null;
      return saysCannotLogin(s) ? "certain" : /not exist/i.test(s.failure.message) ? null : "possible";
    },
    says: (s) => ({
      title: `The role ${s.user} may not log in`,
      explanation: "It exists, but as a group (NOLOGIN).",
      remedies: [
        runs("allow-login", `Allow ${s.user} to log in`, {
          database: "postgres",
          statements: [
            { title: `Allow ${s.user} to log in`, sql: () => `ALTER ROLE ${quoteIdentifier(s.user)} LOGIN` },
          ],
        }),
      ],
    }),
  },
  {
    id: "authenticate.peer-rejected",
    fits: (s) => (isIdentityRefusal(s) && isSocket(s.endpoint) ? "certain" : null),
    says: (s) => ({
      title: `Over the socket only the system user "${s.user}" may be ${s.user}`,
      explanation: `The server compares the role with the user of this computer (peer authentication). You are ${s.around.osUser}. A password does not count here.`,
      remedies: [
        ...(s.around.overTcp
          ? [edits("use-tcp", "Use 127.0.0.1 with a password", { endpoint: s.around.overTcp })]
          : []),
        ...asOsUser(s),
      ],
    }),
  },
  {
    id: "authenticate.ident-rejected",
    fits: (s) => (isIdentityRefusal(s) && !isSocket(s.endpoint) ? "certain" : null),
    says: (s) => ({
      title: "The server asks this computer who you are, and the answer does not fit",
      explanation: `Its rules use ident for ${where(s)}. A password does not count there.`,
      remedies: [
        copies(
          "use-scram",
          "Have the line in pg_hba.conf say scram-sha-256 instead of ident, then reload",
          {
            sql: ["SELECT pg_reload_conf()"],
          },
          "superuser",
        ),
      ],
    }),
  },
  {
    id: "authenticate.app-permission",
    fits: (s) => (is(s, "28000", "auth_failed") && /Postgres\.app/.test(s.failure.message) ? "certain" : null),
    says: () => ({
      title: "Postgres.app does not let this program in",
      explanation: "It asks once for each program and was told no, or the question is still open.",
      remedies: [copies("app-settings", "Allow it in Postgres.app: Settings, App Permissions")],
    }),
  },
  {
    id: "authenticate.no-hba-entry",
    fits: (s) => {
      if (!isRuleRefusal(s) || saysReject(s) || /client certificate/i.test(s.failure.message)) return null;
      if (s.around.otherWay === "let-in" && !encrypted(s)) return null;
      return /no pg_hba\.conf entry/i.test(s.failure.message) ? "certain" : "likely";
    },
    says: (s) => ({
      title: "The server's rules have no line for this connection",
      explanation: `No line of pg_hba.conf lets ${s.user} into ${s.database} ${encrypted(s) ? "with" : "without"} TLS from here.${s.around.otherWay === "let-in" ? " Without TLS one does." : ""}`,
      remedies: [
        ...(s.around.otherWay === "let-in"
          ? [edits("sslmode-disable", "Do not encrypt: sslmode=disable", { sslmode: "disable" })]
          : []),
        copies(
          "add-hba-line",
          "Add this line to pg_hba.conf there, then reload",
          { commands: [hbaLine(s)], sql: ["SELECT pg_reload_conf()"] },
          "superuser",
        ),
      ],
    }),
  },
  {
    id: "authenticate.hba-rejects",
    fits: (s) =>
      isRuleRefusal(s)
        ? saysReject(s)
          ? "certain"
          : /no pg_hba\.conf entry|client certificate/i.test(s.failure.message) || s.around.otherWay === "let-in"
            ? null
            : "possible"
        : null,
    says: (s) => ({
      title: "A rule of the server refuses this connection on purpose",
      explanation: `pg_hba.conf has a "reject" line that fits ${s.user}, ${s.database} and this computer. Whoever runs the server put it there.`,
      remedies: [copies("ask-administrator", "Ask whoever runs the server")],
    }),
  },
  {
    id: "authenticate.unsupported-method",
    fits: (s) => (s.failure.errno === ERRNO.unsupportedMethod ? "certain" : null),
    says: (s) => ({
      title: "The server asks for a way to sign in that is not supported",
      explanation: `${s.failure.message} asyncpg and this app sign in with a password (SCRAM or MD5).`,
      remedies: [
        copies(
          "use-scram",
          "Have a line with scram-sha-256 added to pg_hba.conf",
          { commands: [hbaLine(s)] },
          "superuser",
        ),
      ],
    }),
  },
];

/** A line for pg_hba.conf that lets exactly this role into this database with a password. */
function hbaLine(s: Situation): string {
  const names = `${quoteIdentifier(s.database)} ${quoteIdentifier(s.user)}`;
  if (isSocket(s.endpoint)) return `local ${names} scram-sha-256`;
  const address = lastStep(s.steps, "reach")?.attempts.find((attempt) => attempt.errno === null)?.address;
  const from =
    address === "127.0.0.1" ? "127.0.0.1/32" : address === "::1" ? "::1/128" : "<this computer's address>/32";
  return `${encrypted(s) ? "hostssl" : "host"} ${names} ${from} scram-sha-256`;
}
