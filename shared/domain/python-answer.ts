/** The Python that the open project runs with, or why there is none that can check. */
export type PythonPreview =
  | {
      readonly kind: "found";
      readonly id: string;
      /** Path as it lies in the project, links not followed. */
      readonly interpreter: string;
      /** Where the interpreter leads when it is a link that leaves the project; null when it stays inside. */
      readonly leadsTo: string | null;
      /** "3.11.2" or "3.11" as the project's files say it; null when they do not. */
      readonly python: string | null;
      /** asyncpg's version as its own files say it; null when they do not. */
      readonly asyncpg: string | null;
      /** What runs, program first; the connection string is not in it. */
      readonly command: readonly string[];
      /** The same as a person would type it. */
      readonly display: string;
      /** ".venv in the project", "VIRTUAL_ENV", ...: how this interpreter was found. */
      readonly foundBy: string;
    }
  | { readonly kind: "none"; readonly reason: string; readonly next: string | null };

/** What that Python's asyncpg said to a connection string. Holds no secret. */
export interface PythonAnswer {
  readonly interpreter: string;
  /** "3.11.2"; null when Python did not come as far as saying it. */
  readonly python: string | null;
  readonly asyncpg: string | null;
  readonly durationMs: number;
  readonly outcome: PythonOutcome;
}

export type PythonOutcome =
  | {
      readonly kind: "connected";
      /** "15.18". */
      readonly server: string;
      readonly user: string;
      readonly database: string;
      /** "127.0.0.1:5432", or the socket file. */
      readonly address: string;
      /** "TLSv1.3" and its like; null when the connection is not encrypted. */
      readonly tls: string | null;
    }
  | {
      readonly kind: "refused";
      /** Python's class with its module: "asyncpg.exceptions.InvalidPasswordError", "ConnectionRefusedError". */
      readonly exception: string;
      readonly sqlstate: string | null;
      /** "ECONNREFUSED", for errors of the system. */
      readonly errno: string | null;
      readonly message: string;
    };
