import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutSecrets } from "./without-secrets";

describe("withoutSecrets", () => {
  it("leaves no secret behind, in the clear, percent-encoded or in JSON", () => {
    // Letters the mark and the encodings do not hold, so that what remains can only come from the secret.
    const secret = fc.stringMatching(/^[g-z@/'"\\ ]{4,20}$/);
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (one, before, after) => {
        const text = `${before}${one}${encodeURIComponent(one)}${JSON.stringify({ one })}${after}`;
        expect(withoutSecrets(text, [one])).not.toContain(one);
        expect(withoutSecrets(text, [one])).not.toContain(JSON.stringify(one).slice(1, -1));
      }),
    );
  });

  it("takes a string out before the password in it", () => {
    expect(withoutSecrets("postgresql://a:pw@h/d and pw", ["pw", "postgresql://a:pw@h/d"])).toBe("*** and ***");
  });
});
