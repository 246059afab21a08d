import { expect, it } from "vitest";
import { copyFormats, parseConnectionString } from "../../../shared/domain/dsn";
import { masked } from "./masked-copy";

it("shows no secret in any format, and the rest as it is copied", () => {
  const parsed = parseConnectionString("postgresql://secret0:S3%40'\"cret@h:1/d?sslpassword=S3other&sslkey=k.pem");
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { target, password } = parsed.value;
  for (const format of copyFormats) {
    const shown = masked(format, target, password?.reveal() ?? null);
    expect(shown, format.id).not.toContain("S3");
    expect(shown, format.id).toContain("secret0");
    expect(masked(format, { ...target, parameters: {} }, null)).toBe(
      format.write({ ...target, parameters: {} }, null).text,
    );
  }
});
