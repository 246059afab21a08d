import type { Target } from "../target";
import { bracketsInList, localhost, openAddress } from "./address-warnings";
import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { laterParameter, optionSettings, refusedByLibpq, refusedByServer, sslParameter } from "./parameter-warnings";
import { mayShowPassword } from "./parts";
import { emptyPassword, envReaders, openPlaceholders, wellKnownPassword } from "./password-warnings";
import { poolers } from "./pooler-warnings";
import { givenTwice, plusSign, rawSpace, repeated, slashInDatabase, spaceAtEnd } from "./query-warnings";
import type { DsnValues } from "./read-values";
import { scanUri, schemeEnd } from "./scan-uri";
import { asyncpgRefuses, encodedSigns, identity, keywordForm, unencoded } from "./sign-in-warnings";
import { encryption, sslmodeDiffers } from "./tls-warnings";
import type { Check, DsnWarning, Facts } from "./warning";

const CHECKS: readonly Check[] = [
  unencoded,
  openPlaceholders,
  keywordForm,
  bracketsInList,
  asyncpgRefuses,
  spaceAtEnd,
  rawSpace,
  slashInDatabase,
  sslParameter,
  refusedByServer,
  givenTwice,
  plusSign,
  envReaders,
  encryption,
  emptyPassword,
  wellKnownPassword,
  identity,
  openAddress,
  localhost,
  poolers,
  sslmodeDiffers,
  optionSettings,
  refusedByLibpq,
  laterParameter,
  repeated,
  encodedSigns,
];

/** What Aksara's driver reads otherwise than libpq, or not at all. */
export const ASYNCPG_CHECKS: readonly Check[] = [
  unencoded,
  keywordForm,
  bracketsInList,
  asyncpgRefuses,
  sslParameter,
  encryption,
];

/** Warnings that show a piece of the string, which may be one of a torn password. */
const SHOWS_PIECES: ReadonlySet<string> = new Set([
  ...["pooler-port", "superuser-name", "option-settings", "option-unknown", "asyncpg-refuses", "repeated-parameter"],
]);

/** Everything worth knowing about a string that libpq's rules can read, most serious first. */
export function warningsFor(
  text: string,
  target: Target,
  password: string | null,
  read: DsnValues,
  checks: readonly Check[] = CHECKS,
): readonly DsnWarning[] {
  const start = schemeEnd(text);
  const facts: Facts = { text, target, password, read, scan: start === null ? null : scanUri(text, start) };
  const order = { warn: 0, ok: 1, info: 2 } as const;
  // The name of an unknown parameter may be a piece of a password that was cut at its raw signs.
  const torn = mayShowPassword(text);
  return checks
    .flatMap((check) => check(facts))
    .filter(
      ({ code, parameter }) =>
        !torn || (!SHOWS_PIECES.has(code) && (parameter === null || LIBPQ_KEYWORDS.has(parameter))),
    )
    .sort((a, b) => order[a.tone] - order[b.tone]);
}
