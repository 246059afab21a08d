/** Debian's Python, whose asyncpg comes from a package. */
export declare const SYSTEM_PYTHON = "/usr/bin/python3";
interface Environment {
  readonly name?: string;
  /** What bin/python leads to. */
  readonly python?: string;
  /** The system's packages count as well, asyncpg among them. */
  readonly systemPackages?: boolean;
}
/** A virtual environment as `python3 -m venv` lays it out (PEP 405), without pip. */
export declare function virtualEnvironment(project: string, { name, python, systemPackages }?: Environment): string;
