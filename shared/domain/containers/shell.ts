/** Whose rules a line to copy is written by. */
export type Shell = "posix" | "powershell" | "cmd";

const PLAIN = /^[\w@%+=:,./-]+$/;
/** What stands for itself on cmd's command line: no "%", which expands variables even inside quotes. */
const PLAIN_CMD = /^[\w@+=:,./\\-]+$/;

/** What a shell cannot be given as one word whatever the quotes, or gives on differently from version to version. */
const IMPOSSIBLE: Readonly<Record<Shell, RegExp>> = {
  posix: /[\0\r\n]/,
  powershell: /[\0\r\n"]|\\$/,
  cmd: /[\0\r\n"%!]|\\$/,
};

/** One word for a shell, in quotes where it needs them; null when that shell cannot be given this word. */
export function quoteWord(word: string, shell: Shell): string | null {
  if (IMPOSSIBLE[shell].test(word)) return null;
  switch (shell) {
    case "posix":
      return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
    case "powershell":
      // "@" and "," mean something to PowerShell at the start or in the middle of a bare word.
      return /^[\w+=:./-]+$/.test(word) ? word : `'${word.replaceAll("'", "''")}'`;
    case "cmd":
      return PLAIN_CMD.test(word) ? word : `"${word}"`;
  }
}

/** What ends a line that goes on in the next one. */
export const CONTINUED: Readonly<Record<Shell, string>> = { posix: " \\", powershell: " `", cmd: " ^" };
