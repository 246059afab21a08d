import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { err, ok, problem, type Result } from "../../shared/domain/result";

const settings = z.object({
  theme: z.enum(["system", "light", "dark"]).catch("system"),
  lastProject: z.string().max(4096).nullable().catch(null),
  window: z
    .object({
      x: z.number().nullable(),
      y: z.number().nullable(),
      width: z.number().min(200).max(20_000),
      height: z.number().min(200).max(20_000),
      maximized: z.boolean(),
    })
    .nullable()
    .catch(null),
});

/** What the app remembers between starts. No secret is among it. */
export type Settings = Readonly<z.infer<typeof settings>>;

const DEFAULTS: Settings = { theme: "system", lastProject: null, window: null };

export interface SettingsFile {
  get(): Settings;
  /** Changes some of the settings and writes them; a failure leaves them changed for this run only. */
  update(change: Partial<Settings>): Result<null>;
  forget(): Result<null>;
  /** Why the file could not be read at the start; null when it could or when there was none. */
  readonly problem: string | null;
}

/** Opens `settings.json` in `folder`; damaged parts fall back to their defaults one by one. */
export function openSettings(folder: string): SettingsFile {
  const file = path.join(folder, "settings.json");
  let current = DEFAULTS;
  let trouble: string | null = null;
  try {
    current = settings.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOENT") trouble = `The remembered settings in ${file} cannot be read. The defaults are used.`;
  }
  return {
    problem: trouble,
    get: () => current,
    update(change) {
      current = { ...current, ...change };
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileAtomic.sync(file, `${JSON.stringify(current, null, 2)}\n`, { mode: 0o600 });
        return ok(null);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? null;
        return err(
          problem("unwritable", `Settings cannot be kept in ${folder}.`, {
            code,
            next: "Check the folder's permissions.",
          }),
        );
      }
    },
    forget() {
      current = DEFAULTS;
      try {
        rmSync(file, { force: true });
        return ok(null);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? null;
        return err(problem("unwritable", `${file} cannot be removed.`, { code, next: "Remove it by hand." }));
      }
    },
  };
}
