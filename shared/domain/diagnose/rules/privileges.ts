import { type CatalogueFacts, versionText } from "../catalogue";
import { copies, edits, type RemedyDraft, runs } from "../remedies";
import type { Saying } from "../situation";
import { setInString } from "../startup";
import * as statements from "../statements";
import { lacksUuidByAge } from "./features";

/** A finding about a session that is open: what Aksara needs and does not have. The first that fits is told. */
export interface PrivilegeRule {
  readonly id: string;
  readonly fits: (facts: CatalogueFacts) => boolean;
  /** `parameters`: those of the string, which beat what is set for a role or a database. */
  readonly says: (facts: CatalogueFacts, parameters: Parameters) => Saying;
}

type Parameters = Readonly<Record<string, string>>;

/** Takes out what the string itself sets at the session's start; null where it leaves that alone. */
function dropFromString(parameters: Parameters, setting: string): RemedyDraft | null {
  const name = setInString(parameters, setting);
  return name === null ? null : edits("drop-parameter", `Take ${name} out of the string`, { drop: [name] });
}

/** Where tables would go: the first schema of the search_path, also when the user may not look into it. */
const schemaOf = (facts: CatalogueFacts): string => facts.schema ?? facts.closedSchema ?? "public";

/** Since PostgreSQL 15 `public` is closed as it is laid out; any other schema is its owner's. */
const whyNoCreate = (facts: CatalogueFacts): string => {
  if (schemaOf(facts) !== "public") return `The schema belongs to ${facts.schemaOwner ?? "another role"}`;
  if (facts.versionNumber < 150_000) return "The right was taken away here";
  return "Since PostgreSQL 15 only the database's owner may create in public";
};

const grantCreate = (facts: CatalogueFacts): RemedyDraft => {
  const schema = schemaOf(facts);
  return runs("grant-create", `Let ${facts.user} create tables in ${schema}`, {
    database: facts.database,
    statements: [statements.grantCreate(schema, facts.user)],
  });
};

/** Since PostgreSQL 15 `public` belongs to the database's owner; only then does owning the database help. */
const makeOwner = (facts: CatalogueFacts): readonly RemedyDraft[] =>
  facts.schemaOwner === "pg_database_owner" && facts.databaseOwner !== facts.user
    ? [
        runs("make-owner", `Make ${facts.user} the owner of ${facts.database}`, {
          database: facts.database,
          statements: statements.makeOwner(facts.database, facts.user),
        }),
      ]
    : [];

/** The first schema a search_path names, as SQL writes lists of names; `$user` stands for the role's own. */
function firstOfPath({ searchPath }: CatalogueFacts): string {
  const names = [...searchPath.matchAll(/"((?:[^"]|"")*)"|[^\s,"]+/g)].map(([plain, quoted]) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'),
  );
  return names.find((name) => name !== "$user" && name !== "") ?? "public";
}

const beginInPublic = (facts: CatalogueFacts): RemedyDraft =>
  runs("set-search-path", "Set the search_path to public", {
    database: facts.database,
    statements: [
      statements.setForRole(
        `Have ${facts.user} begin in the schema public`,
        { role: facts.user, database: facts.database },
        { name: "search_path", value: "public" },
      ),
    ],
  });

export const privilegeRules: readonly PrivilegeRule[] = [
  {
    id: "privileges.old-version",
    fits: lacksUuidByAge,
    says: (facts) => ({
      title: `PostgreSQL ${versionText(facts.versionNumber)} is too old for Aksara`,
      explanation:
        "Aksara uses gen_random_uuid(), which is built in since PostgreSQL 13. Before that the pgcrypto extension brings it.",
      remedies: [
        copies("upgrade", "Upgrade the server to PostgreSQL 13 or newer"),
        copies("pgcrypto", "Or add the extension", { sql: ["CREATE EXTENSION IF NOT EXISTS pgcrypto"] }, "superuser"),
      ],
      exception: "UndefinedFunctionError",
    }),
  },
  {
    id: "privileges.read-only",
    fits: (facts) => facts.standby || facts.readOnly,
    says: (facts, parameters) => ({
      title: facts.standby ? "This server is a read-only copy" : "Sessions here start read-only",
      explanation: facts.standby
        ? "It is a standby: migrations need the primary."
        : setInString(parameters, "default_transaction_read_only")
          ? "The string itself sets default_transaction_read_only: nothing can be written."
          : "default_transaction_read_only is on for this role, database or server: nothing can be written.",
      remedies: facts.standby
        ? [copies("use-primary", "Use the address of the primary server")]
        : [
            dropFromString(parameters, "default_transaction_read_only") ??
              runs("allow-writing", `Let sessions of ${facts.user} write in ${facts.database}`, {
                database: "postgres",
                statements: [
                  statements.setForRole(
                    `Let sessions of ${facts.user} write in ${facts.database}`,
                    { role: facts.user, database: facts.database },
                    { name: "default_transaction_read_only", value: "off" },
                  ),
                ],
              }),
          ],
      exception: "ReadOnlySQLTransactionError",
    }),
  },
  {
    id: "privileges.no-schema",
    fits: (facts) => facts.schema === null && facts.closedSchema === null,
    says: (facts, parameters) => ({
      title: "There is no schema to create tables in",
      explanation: `The search_path is ${facts.searchPath === "" ? "empty" : facts.searchPath}, and no schema of it exists here.`,
      remedies: [
        runs("create-schema", `Create the schema ${firstOfPath(facts)}`, {
          database: facts.database,
          statements: statements.createSchema(firstOfPath(facts), facts.user),
        }),
        ...(firstOfPath(facts) === "public" ? [] : [dropFromString(parameters, "search_path") ?? beginInPublic(facts)]),
      ],
      exception: "InvalidSchemaNameError",
    }),
  },
  {
    id: "privileges.no-create",
    fits: (facts) => (facts.schema === null ? facts.closedSchema !== null : !facts.mayCreate),
    says: (facts) => ({
      title: `${facts.user} may not create tables in the schema ${schemaOf(facts)}`,
      explanation: `Signing in works, migrations do not. ${whyNoCreate(facts)}; a GRANT on the database does not change that.`,
      remedies: [...makeOwner(facts), grantCreate(facts)],
      // A schema that may not even be looked into is skipped in the search_path.
      exception: facts.schema === null ? "InvalidSchemaNameError" : "InsufficientPrivilegeError",
    }),
  },
];
