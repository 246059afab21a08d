/** The value of a variable as Compose sees it; undefined where it is unset. */
export type ComposeVariable = (name: string) => string | undefined;

const REFERENCE =
  /\$(?:(\$)|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])((?:[^{}]|\$\{[^{}]*\})*))?\})/g;

/**
 * Puts variables into a value of a compose file (Docker's manual, "Interpolation"): `$NAME`, `${NAME:-default}` and its
 * kin, `$$` for a dollar sign. What is required and missing stays empty: here nothing is started.
 */
export function interpolate(text: string, variable: ComposeVariable): string {
  return text.replace(REFERENCE, (_all, dollar, bare, name, operator, word = "") => {
    if (dollar) return "$";
    const value = variable(bare ?? name);
    const isSet = value !== undefined && !(operator?.startsWith(":") && value === "");
    switch (operator?.at(-1)) {
      case "-":
        return isSet ? value : interpolate(word, variable);
      case "+":
        return isSet ? interpolate(word, variable) : "";
      default:
        return value ?? "";
    }
  });
}
