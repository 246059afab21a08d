import type { Target } from "../target";
import { encryption, hosts } from "./address-warnings";
import { givenTwice, laterParameter, plusSign, settingsOnly, unknownToAsyncpg } from "./parameter-warnings";
import type { DsnValues } from "./read-values";
import { scanUri, schemeEnd } from "./scan-uri";
import { asyncpgRefuses, encodedSigns, identity, keywordForm, unencoded } from "./sign-in-warnings";
import type { Check, DsnWarning, Facts } from "./warning";

const CHECKS: readonly Check[] = [
  unencoded,
  keywordForm,
  asyncpgRefuses,
  unknownToAsyncpg,
  givenTwice,
  plusSign,
  encryption,
  identity,
  hosts,
  settingsOnly,
  laterParameter,
  encodedSigns,
];

/** Everything worth knowing about a string that libpq's rules can read, most serious first. */
export function warningsFor(
  text: string,
  target: Target,
  password: string | null,
  read: DsnValues,
): readonly DsnWarning[] {
  const start = schemeEnd(text);
  const facts: Facts = { text, target, password, read, scan: start === null ? null : scanUri(text, start) };
  const order = { warn: 0, ok: 1, info: 2 } as const;
  return CHECKS.flatMap((check) => check(facts)).sort((a, b) => order[a.tone] - order[b.tone]);
}
