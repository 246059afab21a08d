import { ERRNO } from "../facts";
import { copies, edits, type RemedyDraft, runs } from "../remedies";
import { type Rule, type Situation, where } from "../situation";
import { startupSettings } from "../startup";
import * as statements from "../statements";
import { isExplained } from "./relayed";

/** A database whose files are gone is no missing one: creating it again would not bring it back. */
const filesMissing = (s: Situation): boolean =>
  s.failure.sqlstate === "3D000" && /base\/\d+|subdirectory/.test(s.failure.detail ?? "");

/** Databases that differ in letter case, or the only one there, are worth offering. */
const similar = (s: Situation): readonly string[] => {
  const wanted = s.database.toLowerCase().replace(/[-_ ]/g, "");
  return (s.around.databases ?? []).filter((name) => name.toLowerCase().replace(/[-_ ]/g, "") === wanted).slice(0, 2);
};

const offerOthers = (s: Situation): readonly RemedyDraft[] =>
  similar(s).map((name, index) => edits(`use-database-${index + 1}`, `Use the database ${name}`, { database: name }));

/** Unknown, a wrong value, only for superusers, badly written, or fixed before sessions start. */
const SETTING_REFUSED = new Set(["42704", "22023", "42501", "42601", "55P02"]);

/** Whether a sentence names a word, whatever a language's quotes. */
const names = (sentence: string, word: string): boolean =>
  sentence.split(/[^\w.$-]+/).some((one) => one.toLowerCase() === word.toLowerCase());

/** What of the string holds the setting that the server names: a parameter of that name, else `options`. */
function offending({ target: { parameters }, failure: { message } }: Situation): readonly string[] {
  const sent = Object.keys(startupSettings(parameters));
  const named = sent.filter((name) => name !== "options" && names(message, name));
  return named.length > 0 ? named : sent.filter((name) => name === "options");
}

export const databaseRules: readonly Rule[] = [
  {
    id: "database.session-attributes",
    fits: (s) => (s.failure.errno === ERRNO.sessionAttributes ? "certain" : null),
    says: (s) => ({
      title: "The server is not of the kind the string asks for",
      explanation: `${where(s)} lets ${s.user} in, but: ${s.failure.message}`,
      remedies: [
        edits("any-session", "Take any server: leave target_session_attrs out", { drop: ["target_session_attrs"] }),
        copies("other-server", "Name the server that is of that kind", { sql: ["SELECT pg_is_in_recovery()"] }),
      ],
      exception: "TargetServerAttributeNotMatched",
    }),
  },
  {
    id: "database.files-missing",
    fits: (s) => (filesMissing(s) ? "certain" : null),
    says: (s) => ({
      title: `The files of the database ${s.database} are gone`,
      explanation:
        "The server knows the database, but its folder is missing. Creating it again does not bring the data back.",
      remedies: [copies("restore", "Restore it from a backup; look into the server's log first")],
    }),
  },
  {
    id: "database.missing",
    fits: (s) => (s.failure.sqlstate === "3D000" && !filesMissing(s) ? "certain" : null),
    says: (s) => ({
      title: `There is no database called "${s.database}"`,
      explanation: `${where(s)} accepts the sign-in and has no such database.${(s.around.databases?.length ?? 0) > 0 ? ` It has ${(s.around.databases ?? []).slice(0, 5).join(", ")}.` : ""}`,
      remedies: [
        ...offerOthers(s),
        runs("create-database", `Create the database ${s.database}`, {
          database: "postgres",
          statements: statements.createDatabase(s.database, s.user),
        }),
      ],
    }),
  },
  {
    id: "database.connect-denied",
    fits: (s) => (s.failure.sqlstate === "42501" && s.failure.routine === "CheckMyDatabase" ? "certain" : null),
    says: (s) => ({
      title: `${s.user} may not open the database ${s.database}`,
      explanation: "The password is right. The role has no CONNECT on this database, nor does everybody.",
      remedies: [
        runs("grant-connect", `Let ${s.user} in`, {
          database: "postgres",
          statements: [statements.grantConnect(s.database, s.user)],
        }),
      ],
    }),
  },
  {
    id: "database.not-accepting",
    fits: (s) => (s.failure.sqlstate === "55000" && s.failure.routine === "CheckMyDatabase" ? "certain" : null),
    says: (s) => ({
      title: `The database ${s.database} takes no connections`,
      explanation: "It is switched off for sign-ins (ALLOW_CONNECTIONS false), like template0.",
      // Of template0 every new database is made; it stays closed so that it stays as it is.
      remedies: [
        ...offerOthers(s),
        s.database === "template0"
          ? copies("other-database", "Name the app's own database instead")
          : runs("allow-connections", `Let sessions into ${s.database}`, {
              database: "postgres",
              statements: [statements.allowConnections(s.database)],
              needs: "superuser",
            }),
      ],
    }),
  },
  {
    id: "database.parameter-unknown",
    fits: (s) =>
      SETTING_REFUSED.has(s.failure.sqlstate ?? "") && s.failure.routine !== "CheckMyDatabase" && !isExplained(s)
        ? offending(s).length > 0
          ? "certain"
          : "possible"
        : null,
    says: (s) => ({
      title: "The server does not take a setting the string sends",
      explanation: `At the start of the session it answers: ${s.failure.message}`,
      remedies:
        offending(s).length > 0
          ? [edits("drop-parameter", `Take ${offending(s).join(", ")} out of the string`, { drop: offending(s) })]
          : [
              copies(
                "look-at-settings",
                "Look at the role's and database's settings",
                { sql: ["SELECT setdatabase, setrole, setconfig FROM pg_db_role_setting"] },
                "administrator",
              ),
            ],
    }),
  },
];
