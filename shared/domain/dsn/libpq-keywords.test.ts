import { describe, expect, it } from "vitest";
import {
  COMING_KEYWORDS,
  FORMER_KEYWORDS,
  isSecretParameter,
  LIBPQ_KEYWORDS,
  NEWEST_LIBPQ,
  valueFault,
} from "./libpq-keywords";
import { readAsLibpq } from "./read-values";

describe("libpq's parameters", () => {
  it("all have a meaning of one sentence", () => {
    for (const { meaning } of LIBPQ_KEYWORDS.values()) expect(meaning).toMatch(/^\S[^.]*(?:\.\w[^.]*)*\.$/);
  });

  it("that came later say with which release", () => {
    expect([...LIBPQ_KEYWORDS].filter(([, { since }]) => since === 18).map(([name]) => name)).toEqual([
      "min_protocol_version",
      "max_protocol_version",
      "scram_client_key",
      "scram_server_key",
      "oauth_issuer",
      "oauth_client_id",
      "oauth_client_secret",
      "oauth_scope",
      "sslkeylogfile",
    ]);
  });

  it("leave out those that a later release brings", () => {
    for (const [name, { since }] of COMING_KEYWORDS) {
      expect(since).toBeGreaterThan(NEWEST_LIBPQ);
      expect(LIBPQ_KEYWORDS.has(name)).toBe(false);
      expect(readAsLibpq(`host=h ${name}=x`).ok).toBe(false);
      expect(readAsLibpq(`host=h ${name}=x`, since).ok).toBe(true);
    }
  });

  it("leave out those that were taken away", () => {
    for (const name of FORMER_KEYWORDS.keys()) expect(LIBPQ_KEYWORDS.has(name)).toBe(false);
  });

  it("hide the values of those that hold a secret", () => {
    expect([...LIBPQ_KEYWORDS.keys()].filter(isSecretParameter)).toEqual([
      "password",
      "sslpassword",
      "scram_client_key",
      "scram_server_key",
      "oauth_client_secret",
    ]);
  });

  it.each([
    ["sslmode", "verify-full", null],
    ["sslmode", "", "disable, allow, prefer, require, verify-ca or verify-full"],
    ["ssl_min_protocol_version", "tlsv1.2", null],
    ["ssl_min_protocol_version", "1.2", "TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3"],
    ["max_protocol_version", "3.1", "3.0, 3.2 or latest"],
    ["connect_timeout", " 10 ", null],
    ["connect_timeout", "ten", "a whole number"],
    ["keepalives_idle", "", "a whole number"],
    ["application_name", "anything", null],
    ["of_no_reader", "anything", null],
  ])("%s=%s is wanted as %s", (name, value, wanted) => {
    expect(valueFault(name, value)).toBe(wanted);
  });
});
