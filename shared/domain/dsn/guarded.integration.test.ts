import { inspect } from "node:util";
import { expect, it } from "vitest";
import { parseConnectionString } from "./parse";

it("prints no secret of a string by accident, neither its password nor the secrets among its parameters", () => {
  const dsn = "postgresql://ada:hush1@db:5432/shop?sslpassword=hush2&oauth_client_secret=hush3&application_name=shop";
  const parsed = parseConnectionString(dsn);
  expect(parsed.ok && parsed.value.target.parameters.sslpassword).toBe("hush2");
  for (const text of [JSON.stringify(parsed), inspect(parsed, { depth: 9 }), `${parsed.ok && parsed.value.password}`]) {
    expect(text).not.toMatch(/hush/);
    expect(text).toContain("***");
  }
  expect(JSON.stringify(parsed)).toContain('"application_name":"shop"');
});
