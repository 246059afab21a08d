import type { DiagnosisWarning } from "../../diagnosis";

/** An exported variable that beats the `.env` file, by Aksara's order: AKSARA_DATABASE_URL before DATABASE_URL. */
export function shadowWarning(
  env: Readonly<Record<string, string | undefined>>,
  inFile: string,
): DiagnosisWarning | null {
  const name = ["AKSARA_DATABASE_URL", "DATABASE_URL"].find((key) => env[key] !== undefined && env[key] !== "");
  if (!name || env[name] === inFile) return null;
  return {
    id: "project.shadowed",
    message: `${name} is set in this environment and beats .env: Aksara uses that one. Unset it with: unset ${name}`,
  };
}
