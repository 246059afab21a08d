/** A key as `reg query KEY /s` prints it; the names of its values are in lower case. */
export interface RegistryKey {
  readonly path: string;
  readonly values: ReadonlyMap<string, string>;
}

/** Reads what `reg query` prints: a key's path at the start of a line, its values below, indented by four spaces. */
export function parseRegistry(text: string): readonly RegistryKey[] {
  const keys: { path: string; values: Map<string, string> }[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^HKEY_/i.test(line)) keys.push({ path: line.trim(), values: new Map() });
    const value = /^ {4}(\S.*?) {4}REG_[A-Z_]+(?: {4}(.*))?$/.exec(line);
    if (value) keys[keys.length - 1]?.values.set((value[1] ?? "").toLowerCase(), (value[2] ?? "").trim());
  }
  return keys;
}

/** The last part of a key's path. */
export const keyName = (key: RegistryKey): string => key.path.slice(key.path.lastIndexOf("\\") + 1);

/** A PostgreSQL service of Windows, as its installer or its ImagePath names it. */
export interface WindowsService {
  /** The service's name, "postgresql-x64-17"; null where only an installation is registered. */
  readonly service: string | null;
  readonly dataDirectory: string;
  /** Folder of pg_ctl.exe; null where nothing tells. */
  readonly programs: string | null;
  /** "17.2-1" as the installer writes it; null where it does not. */
  readonly version: string | null;
}

/** The words of a Windows command line: double quotes group, a backslash before a quote does not matter in paths. */
const commandWords = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? "");

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf("\\"), 0));

/** `"...\pg_ctl.exe" runservice -N "name" -D "data" -w` (pg_ctl's register); null for any other service. */
export function serviceOfImagePath(name: string, imagePath: string): WindowsService | null {
  const words = commandWords(imagePath);
  const program = words[0] ?? "";
  if (!/(?:^|\\)pg_ctl(?:\.exe)?$/i.test(program) || !words.includes("runservice")) return null;
  const dataDirectory = words[words.indexOf("-D") + 1];
  if (!words.includes("-D") || !dataDirectory) return null;
  return { service: name, dataDirectory, programs: folderOf(program) || null, version: null };
}

const same = (a: string, b: string): boolean =>
  a.replace(/\\+$/, "").toLowerCase() === b.replace(/\\+$/, "").toLowerCase();

/**
 * The servers that registry dumps tell of: EDB's own keys (SOFTWARE\PostgreSQL\Installations and \Services, both
 * views), and every service whose ImagePath is pg_ctl's. One entry a data directory.
 */
export function postgresServices(dumps: readonly string[]): readonly WindowsService[] {
  const keys = dumps.flatMap(parseRegistry);
  const found: WindowsService[] = [];
  const add = (one: WindowsService): void => {
    const index = found.findIndex((known) => same(known.dataDirectory, one.dataDirectory));
    const known = found[index];
    if (!known) found.push(one);
    else {
      found[index] = {
        service: known.service ?? one.service,
        dataDirectory: known.dataDirectory,
        programs: known.programs ?? one.programs,
        version: known.version ?? one.version,
      };
    }
  };
  for (const key of keys) {
    const imagePath = key.values.get("imagepath");
    const service = imagePath === undefined ? null : serviceOfImagePath(keyName(key), imagePath);
    if (service) add(service);
    const dataDirectory = key.values.get("data directory");
    if (!dataDirectory || !/\\PostgreSQL\\/i.test(key.path)) continue;
    const base = key.values.get("base directory");
    add({
      service: /\\Services\\/i.test(key.path) ? keyName(key) : (key.values.get("service id") ?? null),
      dataDirectory,
      programs: base ? `${base.replace(/\\+$/, "")}\\bin` : null,
      version: key.values.get("version") ?? null,
    });
  }
  return found;
}

/** Names as `wsl.exe --list --quiet` writes them, one a line; no path can be made of what is left out. */
export const parseWslNames = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((name) => /^[^\s\p{Cc}\p{Cf}\\/:*?"<>|\ufffd]{1,100}$/u.test(name) && !/^\.+$/.test(name));
