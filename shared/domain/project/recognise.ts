import { readEnv } from "../env";

/** Files a project is recognised by, in the order they are looked at. */
export const PROJECT_FILES = ["pyproject.toml", "requirements.txt", "main.py", "settings.py", ".env"] as const;
export type ProjectFile = (typeof PROJECT_FILES)[number];

/** Their texts; a file that is not there, or cannot be read, is left out. */
export type ProjectTexts = Readonly<Partial<Record<ProjectFile, string>>>;

export interface Recognition {
  readonly isAksara: boolean;
  /** One sentence: which file says so, or that none does. */
  readonly reason: string;
}

/** The framework's distribution name, and its older one; `-`, `_` and `.` mean the same (PEP 503). */
const DISTRIBUTION = "aksara(?:[-_.]+framework)?";
/** What may follow a name in a requirement (PEP 508): extras, a version, a marker, an address. */
const REQUIREMENT_END = "(?=\\s*(?:$|[[<>=!~;@(]))";

const withoutComments = (text: string): string => text.replace(/(^|\s)#.*$/gm, "$1");

function inPyproject(text: string): boolean {
  const plain = withoutComments(text).replace(/^\s*name\s*=.*$/gm, "");
  // As a string of a list ("aksara-framework>=0.7"), or as a key of Poetry's or PDM's tables.
  const listed = new RegExp(`(["'])\\s*${DISTRIBUTION}(?=\\s*(?:\\1|[[<>=!~;@(]))`, "i");
  const asKey = new RegExp(`^\\s*["']?${DISTRIBUTION}["']?\\s*=\\s*["'{]`, "im");
  return listed.test(plain) || asKey.test(plain);
}

interface Sign {
  readonly file: ProjectFile;
  readonly says: string;
  found(text: string): boolean;
}

/** What gives an Aksara project away; a new sign is one entry. */
const SIGNS: readonly Sign[] = [
  { file: "pyproject.toml", says: "pyproject.toml lists aksara-framework.", found: inPyproject },
  {
    file: "requirements.txt",
    says: "requirements.txt lists aksara-framework.",
    found: (text) => new RegExp(`^\\s*${DISTRIBUTION}${REQUIREMENT_END}`, "im").test(withoutComments(text)),
  },
  {
    file: "main.py",
    says: "main.py imports aksara.",
    found: (text) => /^\s*(?:from\s+aksara(?:\.\w+)*\s+import\b|import\s+aksara\b)/m.test(text),
  },
  {
    file: "settings.py",
    says: "settings.py imports aksara.conf.",
    found: (text) =>
      /^\s*(?:from\s+aksara\.conf\s+import\b|from\s+aksara\s+import\s+.*\bconf\b|import\s+aksara\.conf\b)/m.test(text),
  },
  {
    file: ".env",
    says: ".env sets AKSARA_ variables.",
    found: (text) => [...readEnv(text).keys()].some((key) => key.startsWith("AKSARA_")),
  },
];

/** Tells an Aksara project from the texts of its files, and which of them says so. */
export function recogniseProject(texts: ProjectTexts): Recognition {
  for (const { file, says, found } of SIGNS) {
    const text = texts[file];
    if (text !== undefined && found(text)) return { isAksara: true, reason: says };
  }
  return { isAksara: false, reason: `None of ${PROJECT_FILES.join(", ")} names aksara.` };
}

/** True when main.py builds `Aksara(...)` without pool sizes: its own 5 and 20 then count, not the settings'. */
export function ignoresPoolSettings(main: string): boolean {
  const plain = withoutComments(main);
  return /\bAksara\s*\(/.test(plain) && !/\bmax_pool_size\s*=/.test(plain);
}
