import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { err, ok, problem, type Result } from "../../shared/domain/result";

/** The few files by which a folder is an Aksara project; enough to show the set-up on. */
const FILES: Readonly<Record<string, string>> = {
  "pyproject.toml": `[project]\nname = "ticket_desk"\nversion = "0.1.0"\ndependencies = ["aksara-framework"]\n`,
  "main.py": `from aksara import Aksara\nfrom settings import settings\n\napp = Aksara(database_url=settings.database_url)\n`,
  "settings.py": `from aksara.conf import configure, settings\n\nconfigure(app_name="ticket_desk")\n`,
  ".env": "# An example project, made to show the set-up.\nAKSARA_DEBUG=true\n",
  ".gitignore": ".env\n",
};

/** Makes an example project in a fresh temporary folder and answers its path. */
export async function createExampleProject(): Promise<Result<string>> {
  try {
    const folder = path.join(await mkdtemp(path.join(os.tmpdir(), "aksara-example-")), "ticket_desk");
    await mkdir(folder);
    for (const [name, text] of Object.entries(FILES)) {
      await writeFile(path.join(folder, name), text, { mode: name === ".env" ? 0o600 : 0o644 });
    }
    return ok(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? null;
    return err(
      problem("unwritable", `No example project can be made in ${os.tmpdir()}.`, {
        code,
        next: "Check the folder's permissions.",
      }),
    );
  }
}
