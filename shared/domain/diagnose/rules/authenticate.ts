import { isSocket } from "../../endpoint";
import { quoteIdentifier, quoteLiteral } from "../../sql";
import { asyncpgException } from "../asyncpg";
import { ERRNO } from "../facts";
import { fitsInLine } from "../hba-file";
import { addsRule, copies, edits, type RemedyDraft, runs } from "../remedies";
import { says } from "../server-words";
import { type Confidence, lastStep, place, type Rule, type Situation, where } from "../situation";
import * as statements from "../statements";
import { hbaLine, ruleOf } from "./hba-line";
import { passwordStory, refusedBecause } from "./password-story";

const is = (s: Situation, sqlstate: string, routine: string): boolean =>
  s.failure.sqlstate === sqlstate && s.failure.routine === routine;

const asked = (s: Situation): boolean => lastStep(s.steps, "sign-in")?.passwordAsked ?? false;
const encrypted = (s: Situation): boolean => lastStep(s.steps, "sign-in")?.encrypted ?? false;

/** A password was tried and refused: 28P01, or LDAP, PAM and RADIUS, which say 28000 after they asked for one. */
const isPasswordRefusal = (s: Situation): boolean =>
  s.failure.sqlstate === "28P01" || (asked(s) && is(s, "28000", "auth_failed"));

/** 28000 from auth_failed where no password was asked: peer on a socket, ident on TCP (peer is local only). */
const isIdentityRefusal = (s: Situation): boolean =>
  is(s, "28000", "auth_failed") &&
  !asked(s) &&
  !says(s.failure.message, "certificate-failed") &&
  !/Postgres\.app/.test(s.failure.message);

const isRoleRefusal = (s: Situation): boolean => is(s, "28000", "InitializeSessionUserId");
const saysCannotLogin = (s: Situation): boolean => says(s.failure.message, "cannot-login");
const saysMissing = (s: Situation): boolean => says(s.failure.message, "role-missing");
const isRuleRefusal = (s: Situation): boolean => is(s, "28000", "ClientAuthentication");
const saysReject = (s: Situation): boolean => says(s.failure.message, "hba-rejects");
const saysNoEntry = (s: Situation): boolean => says(s.failure.message, "no-entry");
const saysCertificate = (s: Situation): boolean => says(s.failure.message, "client-certificate");

const setPassword = (s: Situation): RemedyDraft =>
  runs("set-password", "Make this password the role's password", {
    database: "postgres",
    password: "string",
    statements: [statements.setPassword(s.user, `Set the password of ${s.user}`)],
  });

const newPassword = (s: Situation): RemedyDraft =>
  runs("new-password", "Give the role a new password and put it into the string", {
    database: "postgres",
    password: "new",
    statements: [statements.setPassword(s.user, `Set a new password for ${s.user}`)],
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

/** One row tells the five causes of one refusal apart: none at all, no login, no secret, an end date, an old secret. */
const lookAtRole = (s: Situation): RemedyDraft =>
  copies(
    "look-at-role",
    "See which it is: whether the role exists, may log in, and what is stored for it",
    {
      sql: [
        `SELECT rolcanlogin, rolvaliduntil, substr(rolpassword, 1, 3) AS stored_as FROM pg_authid WHERE rolname = ${quoteLiteral(s.user)}`,
      ],
    },
    "superuser",
  );

const createRole = (s: Situation): RemedyDraft =>
  runs("create-role", `Create the role ${s.user}`, {
    database: "postgres",
    password: s.passwordGiven ? "string" : "new",
    statements: [statements.createRole(s.user)],
  });

const asOsUser = (s: Situation): readonly RemedyDraft[] =>
  s.around.osUser !== s.user && s.around.osUser !== "root"
    ? [edits("use-os-user", `Sign in as ${s.around.osUser}, the user of this computer`, { user: s.around.osUser })]
    : [];

const passwordConfidence = (s: Situation): Confidence | null => {
  if (!isPasswordRefusal(s)) return null;
  const because = refusedBecause(s);
  if (because === "role-missing" || because === "cannot-login") return null;
  return because === null ? "likely" : "certain";
};

const validity = (s: Situation): readonly RemedyDraft[] =>
  refusedBecause(s) === "expired"
    ? [
        runs("extend-password", "Make the password valid again", {
          database: "postgres",
          statements: [statements.validForEver(s.user)],
        }),
      ]
    : [];

const askAdministrator = copies("ask-administrator", "Ask whoever runs the server");

/** A line for just this role, database and address, which asks for a password; none where names would mean more. */
const addLine = (s: Situation, at: "first" | "last"): RemedyDraft =>
  fitsInLine(s.user) && fitsInLine(s.database)
    ? addsRule("add-hba-line", "Let this role in with its password: a line for pg_hba.conf", {
        ...hbaLine(s),
        place: at,
      })
    : askAdministrator;

export const authenticateRules: readonly Rule[] = [
  {
    id: "authenticate.password-rejected",
    fits: passwordConfidence,
    says: (s) => ({
      ...passwordStory(s),
      remedies: [
        ...validity(s),
        ...(s.passwordGiven ? [setPassword(s)] : [newPassword(s)]),
        ...(refusedBecause(s) === null ? [lookAtRole(s)] : []),
        copyPassword(s),
      ],
      ...(s.around.inTheClear ? { exception: asyncpgException(s.around.inTheClear) } : {}),
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
        return saysCannotLogin(s) ? null : saysMissing(s) ? "certain" : "likely";
      }
      if (!isPasswordRefusal(s)) return null;
      const because = refusedBecause(s);
      return because === null ? "possible" : because === "role-missing" ? "certain" : null;
    },
    says: (s) => ({
      title: `There is no role called "${s.user}"`,
      explanation: isRoleRefusal(s)
        ? `${where(s)} knows no such role. Role names are case-sensitive here.`
        : refusedBecause(s) === null
          ? "To the outside a role that does not exist looks like a wrong password. No row in pg_authid means that it does not exist."
          : passwordStory(s).explanation,
      ...(s.around.inTheClear ? { exception: asyncpgException(s.around.inTheClear) } : {}),
      remedies: [createRole(s), ...(isRoleRefusal(s) && s.user === "postgres" ? asOsUser(s) : [])],
    }),
  },
  {
    id: "authenticate.role-cannot-login",
    fits: (s) => {
      const { role } = s.around;
      if (isPasswordRefusal(s) && refusedBecause(s) === "cannot-login") return "certain";
      if (role?.exists && !role.canLogin && isRoleRefusal(s)) return "certain";
      if (!isRoleRefusal(s) || role) return null;
      return saysCannotLogin(s) ? "certain" : saysMissing(s) ? null : "possible";
    },
    says: (s) => ({
      title: `The role ${s.user} may not log in`,
      explanation: "It exists, but as a group (NOLOGIN).",
      remedies: [
        runs("allow-login", `Allow ${s.user} to log in`, {
          database: "postgres",
          statements: [statements.allowLogin(s.user)],
        }),
      ],
    }),
  },
  {
    id: "authenticate.peer-rejected",
    fits: (s) => (isIdentityRefusal(s) && isSocket(s.endpoint) ? "certain" : null),
    says: (s) => ({
      title: `Over the socket only the system user "${s.user}" may be ${s.user}`,
      explanation: `The server compares the role with the user of this computer (peer authentication). You are ${s.around.osUser}. A password does not count here.${ruleOf(s)}`,
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
      explanation: `Its rules use ident for ${where(s)}. A password does not count there.${ruleOf(s)}`,
      remedies: [addLine(s, "first")],
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
      if (!isRuleRefusal(s) || saysReject(s) || saysCertificate(s)) return null;
      if (s.around.otherWay === "let-in" && !encrypted(s)) return null;
      return saysNoEntry(s) ? "certain" : "likely";
    },
    says: (s) => ({
      title: "The server's rules have no line for this connection",
      explanation: `No line of pg_hba.conf lets ${s.user} into ${s.database} ${encrypted(s) ? "with" : "without"} TLS from here.${s.around.otherWay === "let-in" ? " Without TLS one does." : ""}`,
      remedies: [
        ...(s.around.otherWay === "let-in"
          ? [edits("sslmode-disable", "Do not encrypt: sslmode=disable", { sslmode: "disable" })]
          : []),
        addLine(s, "last"),
      ],
    }),
  },
  {
    id: "authenticate.hba-rejects",
    fits: (s) =>
      isRuleRefusal(s)
        ? saysReject(s)
          ? "certain"
          : saysNoEntry(s) || saysCertificate(s) || s.around.otherWay === "let-in"
            ? null
            : "possible"
        : null,
    says: (s) => ({
      title: "A rule of the server refuses this connection on purpose",
      explanation: `pg_hba.conf has a "reject" line that fits ${s.user}, ${s.database} and this computer. Whoever runs the server put it there.`,
      remedies: [askAdministrator],
    }),
  },
  {
    id: "authenticate.unsupported-method",
    fits: (s) => (s.failure.errno === ERRNO.unsupportedMethod ? "certain" : null),
    says: (s) => ({
      title: "The server asks for a way to sign in that is not supported",
      explanation: `${s.failure.message} asyncpg and this app sign in with a password (SCRAM or MD5).`,
      remedies: [addLine(s, "first")],
    }),
  },
];
