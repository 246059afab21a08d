import { readEnv } from "../env";
import { chosenUrl, type UrlKey, type Variables } from "./effective-url";

/** A variable that keeps the app from using what DATABASE_URL in `.env` says. */
export interface Shadow {
  readonly name: UrlKey;
  readonly where: "environment" | "file";
}

/**
 * What beats `wanted` once it is DATABASE_URL of a `.env` text: AKSARA_DATABASE_URL counts first, and what the process
 * has set counts before the file, even when it is empty (python-dotenv does not override). Null when the app would
 * use `wanted`.
 */
export function shadowOf(envText: string, wanted: string, environment: Variables): Shadow | null {
  const values = readEnv(envText, environment);
  const used = chosenUrl((key) => environment[key] ?? (key === "DATABASE_URL" ? wanted : values.get(key)));
  if (used?.value === wanted) return null;
  const name = used?.key ?? "DATABASE_URL";
  return { name, where: environment[name] === undefined ? "file" : "environment" };
}
