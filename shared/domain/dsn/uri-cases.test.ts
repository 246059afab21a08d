import { describe, expect, it } from "vitest";
import { libpqDefaults } from "./libpq-defaults";
import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { readAsLibpq } from "./read-values";
import type { Surroundings } from "./surroundings";
import { REFUSED_URIS, type Refusal, TAKEN_URIS } from "./uri-cases.fixture";

const around = (environment: Surroundings["environment"]): Surroundings => ({
  osUser: "os-user",
  socketDirectory: "/tmp",
  environment,
  passfile: null,
  services: [],
});

/** libpq's own defaults where a string says nothing. */
function defaults(environment: Surroundings["environment"]): ReadonlyMap<string, string | null> {
  const nothing = readAsLibpq("");
  const use = nothing.ok ? libpqDefaults(nothing.value, around(environment)) : nothing;
  if (!use.ok) throw new Error(use.error.message);
  return new Map(use.value.origins.map(({ keyword, value }) => [keyword, value]));
}

describe("libpq's own test of URIs (001_uri.pl, PostgreSQL 18)", () => {
  it.each(TAKEN_URIS)("takes $text", ({ text, values, way, environment }) => {
    const read = readAsLibpq(text);
    if (!read.ok) throw new Error(read.error.message);
    const standard = defaults(environment);
    const said = [...LIBPQ_KEYWORDS.keys()].flatMap((name) => {
      const value = read.value.values.get(name);
      return value === undefined || value === standard.get(name) ? [] : [[name, value]];
    });
    expect(Object.fromEntries(said)).toEqual(values);
    const use = libpqDefaults(read.value, around({}));
    const sockets = use.ok && use.value.addresses.every(({ kind }) => kind === "socket");
    expect(sockets ? "local" : "inet").toBe(way);
  });

  const MESSAGES: Readonly<Record<Refusal, string>> = {
    "no-uri": "postgre:// is not PostgreSQL.",
    "unknown-parameter": 'libpq knows no parameter "uzer".',
    "bracket-unclosed": "The bracket around the IPv6 address is not closed.",
    "bracket-empty": "There is no address between the brackets.",
    "bracket-after": "Something stands right after the closing bracket.",
    "no-equals": "A parameter after the ? has no =.",
    "second-equals": "A parameter has a second =.",
    "bad-escape": "A % is not followed by two hex digits.",
    nul: "%00 is not allowed.",
    space: "A space stands in the middle of a part; libpq 18 refuses it.",
  };

  it.each(REFUSED_URIS)("refuses $text: $why at $position", ({ text, why, position }) => {
    const read = readAsLibpq(text);
    expect(read).toMatchObject({ ok: false, error: { message: MESSAGES[why], position } });
    expect(!read.ok && read.error.next).not.toBeNull();
  });
});
