import { readEnvValue } from "../env";

type Variables = Readonly<Record<string, string | undefined>>;

/** A variable that counts more than DATABASE_URL in `.env`. */
export interface Shadow {
  readonly name: "AKSARA_DATABASE_URL" | "DATABASE_URL";
  readonly where: "environment" | "file";
}

/**
 * What beats `wanted` as DATABASE_URL of a `.env` text: AKSARA_DATABASE_URL counts first, and what the process has set
 * counts before the file (python-dotenv does not override). Null when nothing does, or when it says the same.
 */
export function shadowOf(envText: string, wanted: string | null, environment: Variables): Shadow | null {
  const strongest: readonly (Shadow & { readonly value: string | null })[] = [
    { name: "AKSARA_DATABASE_URL", where: "environment", value: environment.AKSARA_DATABASE_URL ?? null },
    { name: "AKSARA_DATABASE_URL", where: "file", value: readEnvValue(envText, "AKSARA_DATABASE_URL", environment) },
    { name: "DATABASE_URL", where: "environment", value: environment.DATABASE_URL ?? null },
  ];
  const first = strongest.find(({ value }) => value !== null && value !== "");
  return first && first.value !== wanted ? { name: first.name, where: first.where } : null;
}
