/** Signs that end a command where they stand alone. */
const ENDS: ReadonlySet<string> = new Set(["|", "||", "&", "&&", ";", ">", ">>", "<", "<<", "2>", "2>&1"]);

/** Signs after which the next command begins. */
const NEXT_COMMAND: ReadonlySet<string> = new Set(["&&", ";"]);

/** Words that set variables for what follows: a shell's, cmd's, PowerShell's. */
const isSetting = (word: string): boolean => word === "export" || word === "set" || ASSIGNED.test(word);
const ASSIGNED = /^(?:\$env:)?([A-Za-z_]\w*)=(.*)$/s;

/** The word and the index behind it; quotes and backslashes are taken away, nothing is expanded. */
function readWord(text: string, start: number): { readonly word: string; readonly end: number } {
  const pieces: string[] = [];
  let quote = "";
  let at = start;
  for (; at < text.length; at += 1) {
    const sign = text[at] as string;
    const next = text[at + 1];
    if (quote !== "") {
      if (sign === quote) quote = "";
      else if (sign === "\\" && quote === '"' && next !== undefined && '"\\$`'.includes(next)) {
        pieces.push(next);
        at += 1;
      } else pieces.push(sign);
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (/\s/.test(sign)) break;
    else if ((sign === "\\" || sign === "`" || sign === "^") && (next === "\n" || next === "\r")) break;
    else if (sign === "\\" && next !== undefined) {
      pieces.push(next);
      at += 1;
    } else pieces.push(sign);
  }
  return { word: pieces.join(""), end: at };
}

/**
 * The words of the first command in a text, as a shell splits them; a line that ends in `\`, or in PowerShell's
 * backtick, goes on in the next. Variables stay as they are written.
 */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  // `export NAME=value` or cmd's `set` may stand in a line of its own before the command.
  let started = false;
  let at = 0;
  while (at < text.length) {
    const sign = text[at] as string;
    const continued = /^[\\`^]\r?\n/.exec(text.slice(at, at + 3));
    if (continued) at += continued[0].length;
    else if (sign === "\n" && started) break;
    else if (/\s/.test(sign)) at += 1;
    else if (sign === "#") break;
    else {
      const { word, end } = readWord(text, at);
      const raw = text.slice(at, end);
      at = Math.max(end, at + 1);
      // `export NAME=value && command`: what is set counts for the command behind it.
      if (!started && NEXT_COMMAND.has(raw)) continue;
      if (ENDS.has(raw)) break;
      started ||= !isSetting(word);
      words.push(word.replace(/["']$/.test(raw) ? /^$/ : started ? /;$/ : /(?:;|&&)$/, ""));
    }
  }
  return words;
}

/** `NAME=value` words in front of a command, an `env` or `sudo` among them, and the command's own words. */
export function splitEnvironment(words: readonly string[]): {
  readonly variables: ReadonlyMap<string, string>;
  readonly asUser: string | null;
  readonly command: readonly string[];
} {
  const variables = new Map<string, string>();
  let asUser: string | null = null;
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at] as string;
    const [, name, value] = ASSIGNED.exec(word) ?? [];
    if (name !== undefined && value !== undefined) variables.set(name, value);
    else if (word === "sudo" && words[at + 1] === "-u") {
      asUser = words[at + 2] ?? null;
      at += 2;
    } else if (!["env", "export", "set", "sudo", "time", "exec", "command"].includes(word)) break;
  }
  return { variables, asUser, command: words.slice(at) };
}
