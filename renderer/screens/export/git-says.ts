import type { EnvPreview } from "../../../shared/domain/project-types";

/** What git and the file's mode mean for the password in it. */
export interface GitSays {
  readonly safe: boolean;
  /** The sentence that counts. */
  readonly title: string;
  readonly rest: string;
  /** A command that helps, said before `rest`; null where nothing has to be done by hand. */
  readonly command: string | null;
}

const nameOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

/** Who besides the owner may read a file of this octal mode. */
function readers(mode: string): string {
  const others = Number.parseInt(mode.slice(-1), 8);
  const group = Number.parseInt(mode.slice(-2, -1), 8);
  if ((others & 4) !== 0) return `readable by every account here (${mode})`;
  if ((group & 4) !== 0) return `readable by you and the file’s group (${mode})`;
  return `readable only by you (${mode})`;
}

/** ".env is ignored by git and readable only by you (600). The old file is kept as .env.bak." */
export function gitSays(preview: EnvPreview, ignore: boolean): GitSays {
  const file = nameOf(preview.path);
  const kept = preview.backup ? ` The old file is kept as ${nameOf(preview.backup)}.` : "";
  const who = readers(preview.mode);
  const alone = `It is ${who}.${kept}`;
  if (preview.tracked) {
    return {
      safe: false,
      title: `Git tracks ${file}: the password would go into the next commit.`,
      rest: `takes it out of git and leaves the file where it is. ${alone}`,
      command: `git rm --cached ${file}`,
    };
  }
  if (preview.gitIgnored === null)
    return { safe: true, title: "This folder is no git work tree.", rest: `${file} is ${who}.${kept}`, command: null };
  if (preview.gitIgnored)
    return { safe: true, title: `${file} is ignored by git`, rest: `and ${who}.${kept}`, command: null };
  return {
    safe: ignore,
    title: `Git does not ignore ${file} yet.`,
    rest: `${ignore ? "A line for it goes into .gitignore first." : "The password could be committed by mistake."} ${alone}`,
    command: null,
  };
}
