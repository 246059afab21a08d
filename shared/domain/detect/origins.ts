/** How a server was found: by an installation, as a container, by its address alone, or by a name in some file. */
export type OriginKind = "installation" | "container" | "bare" | "named";

interface OriginFacts {
  readonly kind: OriginKind;
  /** As the card says it. */
  readonly title: string;
}

/**
 * Every origin, the one that explains a server best first: an installation explains a listener, a listener explains a
 * name in a file.
 */
export const ORIGINS = {
  private: { kind: "installation", title: "Private" },
  docker: { kind: "container", title: "Docker" },
  podman: { kind: "container", title: "Podman" },
  compose: { kind: "container", title: "Compose" },
  apt: { kind: "installation", title: "apt" },
  rpm: { kind: "installation", title: "rpm" },
  homebrew: { kind: "installation", title: "Homebrew" },
  "postgres.app": { kind: "installation", title: "Postgres.app" },
  edb: { kind: "installation", title: "EDB installer" },
  macports: { kind: "installation", title: "MacPorts" },
  dbngin: { kind: "installation", title: "DBngin" },
  arch: { kind: "installation", title: "Arch" },
  alpine: { kind: "installation", title: "Alpine" },
  opensuse: { kind: "installation", title: "openSUSE" },
  nix: { kind: "installation", title: "Nix" },
  asdf: { kind: "installation", title: "asdf" },
  mise: { kind: "installation", title: "mise" },
  conda: { kind: "installation", title: "conda" },
  pgdata: { kind: "installation", title: "PGDATA" },
  scoop: { kind: "installation", title: "Scoop" },
  chocolatey: { kind: "installation", title: "Chocolatey" },
  "windows-service": { kind: "installation", title: "Windows service" },
  wsl: { kind: "installation", title: "WSL" },
  socket: { kind: "bare", title: "Socket" },
  listener: { kind: "bare", title: "Port" },
  process: { kind: "bare", title: "Running process" },
  windows: { kind: "bare", title: "Windows" },
  env: { kind: "named", title: ".env" },
  "pg-environment": { kind: "named", title: "PG* variables" },
  "service-file": { kind: "named", title: "Service file" },
  custom: { kind: "named", title: "Somewhere else" },
} as const satisfies Record<string, OriginFacts>;

export type Origin = keyof typeof ORIGINS;

const ORDER = Object.keys(ORIGINS) as readonly Origin[];

/** 0 for the origin that explains a server best. */
export const rankOf = (origin: Origin): number => ORDER.indexOf(origin);

export const kindOf = (origin: Origin): OriginKind => ORIGINS[origin].kind;

/** True for what knows a server by more than its address: an installation or a container. */
export const isExplaining = (origin: Origin): boolean =>
  ORIGINS[origin].kind === "installation" || ORIGINS[origin].kind === "container";
