import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Debian's Python, whose asyncpg comes from a package. */
export const SYSTEM_PYTHON = "/usr/bin/python3";

interface Environment {
  readonly name?: string;
  /** What bin/python leads to. */
  readonly python?: string;
  /** The system's packages count as well, asyncpg among them. */
  readonly systemPackages?: boolean;
}

/** A virtual environment as `python3 -m venv` lays it out (PEP 405), without pip. */
export function virtualEnvironment(
  project: string,
  { name = ".venv", python = SYSTEM_PYTHON, systemPackages = true }: Environment = {},
): string {
  const folder = path.join(project, name);
  mkdirSync(path.join(folder, "bin"), { recursive: true });
  mkdirSync(path.join(folder, "lib", "python3.11", "site-packages"), { recursive: true });
  symlinkSync(python, path.join(folder, "bin", "python"));
  const lines = ["home = /usr/bin", `include-system-site-packages = ${systemPackages}`, "version = 3.11.2", ""];
  writeFileSync(path.join(folder, "pyvenv.cfg"), lines.join("\n"));
  return path.join(folder, "bin", "python");
}
