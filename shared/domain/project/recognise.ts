import { readEnv } from "../env";
import { pyprojectDependencies, requirementsDependencies } from "./dependencies";

/** Texts of the files a project is recognised by; null for one that is missing or cannot be read. */
export interface ProjectTexts {
  readonly pyproject: string | null;
  readonly requirements: string | null;
  readonly main: string | null;
  readonly settings: string | null;
  readonly env: string | null;
}

export interface Recognition {
  readonly isAksara: boolean;
  /** One sentence: which file says so, or that none does. */
  readonly reason: string;
}

interface Sign {
  readonly file: keyof ProjectTexts;
  readonly says: string;
  found(text: string): boolean;
}

/** The framework's distribution name, and the one it had before; normalised as in PEP 503. */
const DISTRIBUTIONS = ["aksara-framework", "aksara"] as const;

const listsAksara = (names: ReadonlySet<string>): boolean => DISTRIBUTIONS.some((name) => names.has(name));

/** What gives an Aksara project away, the surest first; a new sign is one entry. */
const SIGNS: readonly Sign[] = [
  {
    file: "pyproject",
    says: "pyproject.toml lists aksara-framework.",
    found: (text) => listsAksara(pyprojectDependencies(text)),
  },
  {
    file: "requirements",
    says: "requirements.txt lists aksara-framework.",
    found: (text) => listsAksara(requirementsDependencies(text)),
  },
  {
    file: "main",
    says: "main.py imports aksara.",
    found: (text) => /^\s*(?:from\s+aksara(?:\.\w+)*\s+import\b|import\s+aksara\b)/m.test(text),
  },
  {
    file: "settings",
    says: "settings.py imports aksara.conf.",
    found: (text) =>
      /^\s*(?:from\s+aksara\.conf\s+import\b|from\s+aksara\s+import\s+.*\bconf\b|import\s+aksara\.conf\b)/m.test(text),
  },
  {
    file: "env",
    says: ".env sets AKSARA_ variables.",
    found: (text) => [...readEnv(text).keys()].some((key) => key.startsWith("AKSARA_")),
  },
];

/** Tells an Aksara project from the texts of its files, and which of them says so. */
export function recogniseProject(texts: ProjectTexts): Recognition {
  for (const { file, says, found } of SIGNS) {
    const text = texts[file];
    if (text !== null && found(text)) return { isAksara: true, reason: says };
  }
  return {
    isAksara: false,
    reason: "None of pyproject.toml, requirements.txt, main.py, settings.py and .env names aksara.",
  };
}
