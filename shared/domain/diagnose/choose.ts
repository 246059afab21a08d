import type { Diagnosis, RungId } from "../diagnosis";
import { asyncpgException } from "./asyncpg";
import type { CatalogueFacts } from "./catalogue";
import type { Failure } from "./facts";
import type { RemedyDraft } from "./remedies";
import { authenticateRules } from "./rules/authenticate";
import { cloudRules } from "./rules/cloud";
import { databaseRules } from "./rules/database";
import { encryptionDemandRules, encryptRules } from "./rules/encrypt";
import { installRules } from "./rules/install";
import { poolerRules } from "./rules/pooler";
import { privilegeRules } from "./rules/privileges";
import { reachRules } from "./rules/reach";
import { relayedRules } from "./rules/relayed";
import { resolveRules } from "./rules/resolve";
import { serverRules } from "./rules/server";
import { speakRules } from "./rules/speak";
import type { Confidence, Rule, Saying, Situation } from "./situation";

/** A diagnosis with what its remedies do. */
export interface Diagnosed {
  readonly diagnosis: Diagnosis;
  readonly drafts: readonly RemedyDraft[];
}

/** The most probable cause, and others that fit. */
export interface Verdict {
  readonly best: Diagnosed;
  readonly alternatives: readonly Diagnosed[];
}

/** Which rules may speak where: a cause is looked for only at the rung that failed. */
const RULES: Readonly<Partial<Record<RungId, readonly Rule[]>>> = {
  resolve: resolveRules,
  reach: [...installRules, ...reachRules],
  speak: [...speakRules, ...installRules],
  encrypt: encryptRules,
  authenticate: [
    ...cloudRules,
    ...poolerRules,
    ...relayedRules,
    ...encryptionDemandRules,
    ...authenticateRules,
    ...serverRules,
    ...speakRules,
    ...installRules,
  ],
  database: [
    ...cloudRules,
    ...poolerRules,
    ...relayedRules,
    ...serverRules,
    ...databaseRules,
    ...authenticateRules,
    ...speakRules,
    ...installRules,
  ],
  privileges: speakRules,
};

/** Ids that a string alone, an open session or the project lead to, beside those of the rules. */
const OTHER_IDS: readonly string[] = [
  "read.unsupported-scheme",
  "read.invalid",
  "read.invalid-parameter-value",
  "read.unencoded-credentials",
  "privileges.too-many",
  "privileges.feature-missing",
  "privileges.extension-missing",
  "privileges.extension-schema",
  "capacity.nearly-full",
  "capacity.pool-too-large",
  "pooler.transaction-mode",
  "project.shadowed",
];

/** Every id a climb can end with, as a diagnosis or a warning. */
export const DIAGNOSIS_IDS: readonly string[] = [
  ...new Set([...Object.values(RULES).flat(), ...privilegeRules].map((rule) => rule.id).concat(OTHER_IDS)),
].sort();

const ORDER: readonly Confidence[] = ["certain", "likely", "possible"];

const NO_FAILURE: Failure = { sqlstate: null, errno: null, severity: null, routine: null, message: "", detail: null };

/** Puts a saying into a diagnosis. */
export function diagnosed(id: string, confidence: Confidence, failure: Failure, saying: Saying): Diagnosed {
  const { title, explanation, remedies, exception } = saying;
  return {
    diagnosis: {
      id,
      confidence,
      title,
      explanation,
      sqlstate: failure.sqlstate,
      errno: failure.errno,
      asyncpgException: exception === undefined ? asyncpgException(failure) : exception,
      remedies: remedies.map((draft) => draft.remedy),
    },
    drafts: remedies,
  };
}

/** The rules that fit the failed rung, surest first; a rung no rule explains is told in the server's own words. */
export function diagnose(situation: Situation): Verdict {
  const fitting = (RULES[situation.rung] ?? []).flatMap((rule) => {
    const confidence = rule.fits(situation);
    return confidence ? [{ rule, confidence }] : [];
  });
  fitting.sort((a, b) => ORDER.indexOf(a.confidence) - ORDER.indexOf(b.confidence));
  const all = fitting.map(({ rule, confidence }) =>
    diagnosed(rule.id, confidence, situation.failure, rule.says(situation)),
  );
  const [best, ...alternatives] = all;
  return best ? { best, alternatives } : { best: unexplained(situation), alternatives: [] };
}

function unexplained({ rung, failure }: Situation): Diagnosed {
  const code = failure.sqlstate ?? failure.errno;
  return diagnosed(`${rung}.failed`, "certain", failure, {
    title: code ? `It fails with ${code}` : "It fails here",
    explanation: failure.message,
    remedies: [],
  });
}

/** What an open session lacks for Aksara; null when it lacks nothing. */
export function diagnosePrivileges(
  facts: CatalogueFacts,
  parameters: Readonly<Record<string, string>>,
): Diagnosed | null {
  const rule = privilegeRules.find((candidate) => candidate.fits(facts));
  return rule ? diagnosed(rule.id, "certain", NO_FAILURE, rule.says(facts, parameters)) : null;
}
