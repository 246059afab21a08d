import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSecrets, scramVerifier } from "./secrets";

describe("scramVerifier", () => {
  it("has the server key of RFC 7677's example", () => {
    const verifier = scramVerifier("pencil", Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64"));
    const [, parts, keys] = verifier.split("$");
    expect(verifier.startsWith("SCRAM-SHA-256$")).toBe(true);
    expect(parts).toBe("4096:W22ZaJ0SNY7soEsUEjb6gQ==");
    const nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    const said = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=${nonce}`;
    const serverKey = Buffer.from(keys?.split(":")[1] ?? "", "base64");
    expect(createHmac("sha256", serverKey).update(said).digest("base64")).toBe(
      "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
    );
  });
});

describe("createSecrets", () => {
  it("never gives the same password or salt twice", () => {
    const secrets = createSecrets();
    expect(secrets.newPassword()).not.toBe(secrets.newPassword());
    expect(secrets.verifier("same")).not.toBe(secrets.verifier("same"));
  });

  it("leaves passwords beyond ASCII to the server", () => {
    expect(createSecrets().verifier("pässword")).toBeNull();
  });
});
