/** A path with `~` for the home folder, its middle left out when it is longer than `most` characters. */
export function shortPath(path: string, home: string, most: number): string {
  const inHome = home !== "" && (path === home || path.startsWith(`${home}/`) || path.startsWith(`${home}\\`));
  const text = inHome ? `~${path.slice(home.length)}` : path;
  if (text.length <= most) return text;
  const tail = Math.ceil((most - 1) * 0.65);
  return `${text.slice(0, most - 1 - tail)}…${text.slice(text.length - tail)}`;
}
