import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The token of every fixture project; it must still be in `.env` after any export. */
export const STUDIO_TOKEN = "kZ3q-fixture-token-9yT1vLw0";

export interface ProjectFixture {
  readonly path: string;
  /** Text of a file of the project; null when it is not there. */
  read(name: string): string | null;
  write(name: string, text: string): void;
  remove(): void;
}

/** The files `aksara startproject` leaves, as far as a database tool looks at them (aksara-framework 0.7). */
export function generatedFiles(name: string): Readonly<Record<string, string>> {
  return {
    "main.py": `from aksara import Aksara
from settings import settings

app = Aksara(database_url=settings.database_url)
`,
    "settings.py": `from aksara.conf import configure, settings

configure(app_name="${name}")
`,
    "pyproject.toml": `[project]
name = "${name}"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["aksara-framework>=0.7", "uvicorn"]
`,
    "requirements.txt": "aksara-framework>=0.7\nuvicorn\n",
    ".env": `# ${name}: settings of this computer. Not for version control.
AKSARA_ENV=development
AKSARA_DEBUG=true

# Database
DATABASE_URL=postgresql://postgres:postgres@localhost:5432/${name}

# Studio
AKSARA_STUDIO_ENABLED=true
AKSARA_STUDIO_SECRET_TOKEN=${STUDIO_TOKEN}
AKSARA_ALLOWED_HOSTS="localhost,127.0.0.1"  # comma separated
`,
    ".env.example": `AKSARA_ENV=development
DATABASE_URL=postgresql://user:password@localhost:5432/${name}
AKSARA_STUDIO_SECRET_TOKEN=
`,
    ".gitignore": ".env\n.venv/\n__pycache__/\n",
    "app/__init__.py": "",
    "app/models.py": `from aksara import Model, fields


class Note(Model):
    title = fields.String(max_length=200)
`,
    "migrations/.gitkeep": "",
  };
}

/**
 * Makes a project folder of that name in a temporary folder. `files` replaces or adds files; null leaves one out:
 * `{ ".env": null }`.
 */
export function createProject(name: string, files: Readonly<Record<string, string | null>> = {}): ProjectFixture {
  const around = mkdtempSync(path.join(tmpdir(), "aksara-project-"));
  const folder = path.join(around, name);
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  mkdirSync(folder);
  for (const [file, text] of Object.entries({ ...generatedFiles(name), ...files }))
    if (text !== null) write(file, text);
  return {
    path: folder,
    read: (file) => (existsSync(path.join(folder, file)) ? readFileSync(path.join(folder, file), "utf8") : null),
    write,
    remove: () => rmSync(around, { recursive: true, force: true }),
  };
}
