import type { Target } from "../target";
import { encryption, hosts } from "./address-warnings";
import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { givenTwice, laterParameter, plusSign, settingsOnly, unknownToAsyncpg } from "./parameter-warnings";
import { mayShowPassword } from "./parts";
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
  // The name of an unknown parameter may be a piece of a password that was cut at its raw signs.
  const torn = mayShowPassword(text);
  return CHECKS.flatMap((check) => check(facts))
    .filter(({ parameter }) => !torn || parameter === null || LIBPQ_KEYWORDS.has(parameter))
    .sort((a, b) => order[a.tone] - order[b.tone]);
}
