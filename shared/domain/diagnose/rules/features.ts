import type { DiagnosisWarning } from "../../diagnosis";
import { type CatalogueFacts, versionText } from "../catalogue";

/** The index methods an Aksara app may ask for; every PostgreSQL since 10 has them. */
const INDEX_METHODS: readonly string[] = ["btree", "hash", "gin", "gist", "brin", "spgist"];
/** What indexes on JSONB are made with (manual, "jsonb Indexing"). */
const JSONB_OPERATORS: readonly string[] = ["jsonb_ops", "jsonb_path_ops"];
/** The first version with gen_random_uuid() built in. */
const WITH_UUID = 130_000;

/** Before PostgreSQL 13 gen_random_uuid() comes from pgcrypto; with it Aksara works, though it is made for 13. */
export const lacksUuidByAge = ({ versionNumber, genRandomUuid }: CatalogueFacts): boolean =>
  versionNumber < WITH_UUID && genRandomUuid !== "usable";

/** What Aksara builds on and this database does not have, in the words of SQL. */
function missingFeatures(facts: CatalogueFacts): readonly string[] {
  const { genRandomUuid, indexMethods, jsonbOperators } = facts;
  return [
    ...(genRandomUuid === "missing" && !lacksUuidByAge(facts) ? ["gen_random_uuid()"] : []),
    ...(jsonbOperators.length === 0 ? ["JSONB"] : JSONB_OPERATORS.filter((name) => !jsonbOperators.includes(name))),
    ...INDEX_METHODS.filter((name) => !indexMethods.includes(name)).map((name) => `${name} indexes`),
  ];
}

function featureWarnings(facts: CatalogueFacts): readonly DiagnosisWarning[] {
  const { user, database, versionNumber, genRandomUuid } = facts;
  const warnings: DiagnosisWarning[] = [];
  if (versionNumber < WITH_UUID && genRandomUuid === "usable") {
    warnings.push({
      id: "privileges.old-version",
      message: `PostgreSQL ${versionText(versionNumber)} is older than the 13 that Aksara is made for. gen_random_uuid() is here by an extension; upgrade when you can.`,
    });
  }
  if (genRandomUuid === "denied" && !lacksUuidByAge(facts)) {
    warnings.push({
      id: "privileges.feature-missing",
      message: `${user} may not call gen_random_uuid(): Aksara's keys stop with InsufficientPrivilegeError. An administrator gives the right back in ${database}: GRANT EXECUTE ON FUNCTION gen_random_uuid() TO PUBLIC`,
    });
  }
  const missing = missingFeatures(facts);
  if (missing.length > 0) {
    warnings.push({
      id: "privileges.feature-missing",
      message: `${database} has no ${missing.join(", no ")}: a migration that uses them stops. PostgreSQL itself has them since version 13, so this is another server that speaks its protocol, or a changed one.`,
    });
  }
  return warnings;
}

/** Where the files of pgvector come from, by the server's major version. */
const vectorPackages = (versionNumber: number): string => {
  const major = Math.floor(versionNumber / 10_000);
  return `the package postgresql-${major}-pgvector (PostgreSQL's own package sources), or the container image pgvector/pgvector:pg${major}`;
};

/** What is in the way of a project that stores vectors; `usesVectors` says where it does. */
function vectorWarnings(facts: CatalogueFacts, usesVectors: string): readonly DiagnosisWarning[] {
  const { user, database, versionNumber, vector } = facts;
  const create = "CREATE EXTENSION vector WITH SCHEMA public";
  if (vector.here?.schema === "public") return [];
  if (vector.here) {
    return [
      {
        id: "privileges.extension-schema",
        message: `${usesVectors}, and pgvector is in the schema ${vector.here.schema}: Aksara looks for it in public. Its owner moves it in ${database}: ALTER EXTENSION vector SET SCHEMA public`,
      },
    ];
  }
  const stops = `${usesVectors}, and ${database} has no pgvector: migrate stops with UndefinedObjectError, type "vector" does not exist.`;
  const mend =
    vector.onServer === null
      ? `The server does not have its files: install ${vectorPackages(versionNumber)}. Then, as a superuser in ${database}: ${create}`
      : vector.mayCreate === true
        ? `${user} may create it in ${database}: ${create}`
        : `${user} may not create it; a superuser does, in ${database}: ${create}`;
  return [{ id: "privileges.extension-missing", message: `${stops} ${mend}` }];
}

/** What the database lacks for Aksara, though tables can be made; `usesVectors`: where the project says it needs pgvector. */
export const offerWarnings = (facts: CatalogueFacts, usesVectors: string | null): readonly DiagnosisWarning[] => [
  ...featureWarnings(facts),
  ...(usesVectors === null ? [] : vectorWarnings(facts, usesVectors)),
];

/** "pgvector 0.8.0 in public", "pgvector 0.8.0 not created", "no pgvector". */
const vectorText = ({ here, onServer }: CatalogueFacts["vector"]): string =>
  here ? `pgvector ${here.version} in ${here.schema}` : onServer ? `pgvector ${onServer} not created` : "no pgvector";

/** "UUID, JSONB, 6 index types · no pgvector": what the rung's summary says of all this. */
export function offerText(facts: CatalogueFacts): string {
  const methods = INDEX_METHODS.filter((name) => facts.indexMethods.includes(name));
  const parts = [
    facts.genRandomUuid === "usable" ? "UUID" : "no UUID",
    facts.jsonbOperators.length > 0 ? "JSONB" : "no JSONB",
    `${methods.length} index types`,
  ];
  return `${parts.join(", ")} · ${vectorText(facts.vector)}`;
}
