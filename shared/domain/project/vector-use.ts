import { pyprojectDependencies, requirementsDependencies } from "./dependencies";
import { withoutComments } from "./python-code";

/** Texts of the files that may say so, by their names in the project; null for one that is missing. */
export type VectorTexts = Readonly<Record<string, string | null>>;

/** `fields.Vector(...)`, or Vector imported from where Aksara has its fields. */
const VECTOR_FIELD = /\bfields\.Vector\b|^\s*from\s+aksara(?:\.\w+)*\s+import\b[^\n]*\bVector\b/m;

/** Where a project says that it stores vectors: "requirements.txt lists pgvector"; null when no file says so. */
export function vectorUse(texts: VectorTexts): string | null {
  for (const [file, text] of Object.entries(texts)) {
    if (text === null) continue;
    if (file.endsWith(".py") && VECTOR_FIELD.test(withoutComments(text))) return `${file} uses fields.Vector`;
    const listed =
      file === "requirements.txt"
        ? requirementsDependencies(text)
        : file === "pyproject.toml"
          ? pyprojectDependencies(text)
          : null;
    if (listed?.has("pgvector")) return `${file} lists pgvector`;
  }
  return null;
}
