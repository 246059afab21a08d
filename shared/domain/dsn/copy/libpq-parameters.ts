import { LIBPQ_KEYWORDS } from "../libpq-keywords";
import { isServerSetting } from "../server-settings";

export interface LibpqParameters {
  readonly carried: Readonly<Record<string, string>>;
  /** Names that neither libpq nor a server takes. */
  readonly unknown: readonly string[];
}

/** `-c name=value` for the options parameter; the server splits options at spaces that no backslash precedes. */
export const commandOption = (name: string, value: string): string =>
  `-c ${name}=${value.replace(/[\s\\]/g, (sign) => `\\${sign}`)}`;

/** The parameters as libpq takes them: settings that asyncpg sends by name go to the server inside `options`. */
export function libpqParameters(parameters: Readonly<Record<string, string>>): LibpqParameters {
  const names = Object.keys(parameters);
  const foreign = names.filter((name) => !LIBPQ_KEYWORDS.has(name));
  const options = foreign.filter(isServerSetting).map((name) => commandOption(name, parameters[name] ?? ""));
  const known = Object.fromEntries(Object.entries(parameters).filter(([name]) => LIBPQ_KEYWORDS.has(name)));
  const all = [parameters.options ?? "", ...options].filter((one) => one !== "").join(" ");
  return {
    carried: all === "" ? known : { ...known, options: all },
    unknown: foreign.filter((name) => !isServerSetting(name)),
  };
}
