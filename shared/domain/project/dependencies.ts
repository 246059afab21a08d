/** A package name as PyPI compares them (PEP 503): lower case, runs of "-", "_" and "." are one "-". */
const normalised = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");

/** The name at the start of a requirement (PEP 508): `aksara-framework[dev]>=0.7; python_version > "3.10"`. */
function requirementName(text: string): string | null {
  const name = text.trim().match(/^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:$|[[(<>=!~;@,#\s])/)?.[1];
  return name ? normalised(name) : null;
}

/** Tables of pyproject.toml whose keys are package names (Poetry's). */
const TABLE_OF_NAMES = /^tool\.poetry\.(?:dependencies|dev-dependencies|group\.[^.]+\.dependencies)$/;

/** Tables whose arrays hold requirements (PEP 621, PEP 735). */
const TABLE_OF_ARRAYS = /^(?:project\.optional-dependencies|dependency-groups)$/;

/** Takes `# comment` off a TOML line, minding quotes. */
const withoutComment = (line: string): string => line.match(/^(?:[^"'#]|"(?:\\.|[^"\\])*"|'[^']*')*/)?.[0] ?? line;

/** Names of the packages a pyproject.toml depends on, normalised. Reads the few forms that matter, not all of TOML. */
export function pyprojectDependencies(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  let table = "";
  let inArray = false;
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const line = withoutComment(raw).trim();
    const header = inArray ? null : line.match(/^\[\s*([^[\]]+?)\s*\]$/);
    if (header?.[1]) {
      table = header[1].replace(/["'\s]/g, "");
      continue;
    }
    let content = line;
    if (!inArray) {
      const [key, value] = [line.split("=", 1)[0]?.trim() ?? "", line.slice(line.indexOf("=") + 1).trim()];
      if (TABLE_OF_NAMES.test(table) && line.includes("=")) names.add(normalised(key.replace(/["']/g, "")));
      const holdsRequirements =
        (table === "project" && key === "dependencies") ||
        TABLE_OF_ARRAYS.test(table) ||
        (table === "" && key === "project.dependencies");
      if (!holdsRequirements || !value.startsWith("[")) continue;
      inArray = true;
      content = value;
    }
    for (const [, double, single] of content.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'/g)) {
      const name = requirementName(double ?? single ?? "");
      if (name) names.add(name);
    }
    // Brackets inside strings are extras; only one outside ends the array.
    if (content.replace(/"(?:\\.|[^"\\])*"|'[^']*'/g, "").includes("]")) inArray = false;
  }
  return names;
}

/** Names of the packages a requirements.txt asks for, normalised. */
export function requirementsDependencies(text: string): ReadonlySet<string> {
  const names = text.split(/\r\n|\n|\r/).map(requirementName);
  return new Set(names.filter((name) => name !== null));
}
