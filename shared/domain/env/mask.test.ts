import { expect, it } from "vitest";
import { looksSecret, maskEnv, maskPasswords } from "./mask";

it.each([
  ["a URL's password", "REDIS=redis://:hunter22@h:1/0", "REDIS=redis://:••••••••@h:1/0"],
  ["a password that is not encoded", 'U="postgres://a:hun/ter@2 2@h/d"', 'U="postgres://a:••••••••@h/d"'],
  [
    "a password in the query",
    "U=postgresql://h/d?user=a&password=hunter22&x=1",
    "U=postgresql://h/d?user=a&password=••••••••&x=1",
  ],
  ["keyword form", "U=host=h password='hunter 22' user=a", "U=host=h password=•••••••• user=a"],
  ["a token as a user", "U=https://ghp_hunter22@host/x", "U=https://••••••••@host/x"],
  ["a secret's value, quotes and comment kept", "API_TOKEN='hunter22' # mine", "API_TOKEN='••••••••' # mine"],
  ["a secret over several lines", 'PRIVATE_KEY="hunter\n22"\nA=1', 'PRIVATE_KEY="••••••••"\nA=1'],
  ["a disabled secret", "# SECRET_KEY=hunter22", "# SECRET_KEY=••••••••"],
  ["a disabled URL", "#U=postgres://a:hunter22@h/d", "#U=postgres://a:••••••••@h/d"],
  ["a secret on a line nobody can read", "SECRET_KEY: hunter22 x", "SECRET_KEY: ••••••••"],
  ["an open quote", 'SECRET_KEY="hunter22', "SECRET_KEY=••••••••"],
  [
    "the lines of an unquoted key",
    "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nabc/def+ghijklmnopqrstuvwxyz==",
    "••••••••\n••••••••=••••••••",
  ],
])("hides %s", (_what, text, shown) => {
  expect(maskEnv(text)).toBe(shown);
});

it("leaves what is no secret", () => {
  const text = "# a note: read me\nDEBUG=true\nAKSARA_POOL_MAX_SIZE=14\nU=postgresql://a@h:5432/d\nEMPTY_TOKEN=\n";
  expect(maskEnv(text)).toBe(text);
  expect(looksSecret("AKSARA_STUDIO_SECRET_TOKEN")).toBe(true);
  expect(looksSecret("AKSARA_DEBUG")).toBe(false);
  expect(maskPasswords("nothing here")).toBe("nothing here");
});
