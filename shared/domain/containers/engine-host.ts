/** Where an engine listens. */
export type EngineAddress =
  | {
      readonly kind: "local" /** A Unix socket's path, or a named pipe's: `\\.\pipe\docker_engine`. */;
      readonly path: string;
    }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number };

export type EngineHost =
  | { readonly kind: "address"; readonly address: EngineAddress }
  /** Reached over ssh: containers of another computer. */
  | { readonly kind: "ssh"; readonly host: string }
  | { readonly kind: "unreadable" };

/** Where the engine listens unless it is told otherwise, and where its client asks. */
const DEFAULT_SOCKET = "/var/run/docker.sock";

const UNREADABLE: EngineHost = { kind: "unreadable" };

/**
 * Reads DOCKER_HOST and a context's Host: `unix:///run/docker.sock`, `npipe:////./pipe/docker_engine`,
 * `tcp://127.0.0.1:2376`, `ssh://user@host`. Without a port, tcp means 2375, or 2376 with TLS (Docker's manual); as the
 * client does it, `host:port` is tcp, and what is left out is this computer's own.
 */
export function parseEngineHost(text: string, tls: boolean): EngineHost {
  const bare = /^[^:/\s]+:\d{1,5}$/.test(text.trim());
  const match = /^([a-z]+):\/\/(.*)$/s.exec(bare ? `tcp://${text.trim()}` : text.trim());
  const [, scheme, rest = ""] = match ?? [];
  if (scheme === "unix") {
    if (rest === "") return { kind: "address", address: { kind: "local", path: DEFAULT_SOCKET } };
    return rest.startsWith("/") ? { kind: "address", address: { kind: "local", path: rest } } : UNREADABLE;
  }
  if (scheme === "npipe") {
    const path = rest.replaceAll("/", "\\");
    return /^\\\\\.\\pipe\\./.test(path) ? { kind: "address", address: { kind: "local", path } } : UNREADABLE;
  }
  if (scheme === "ssh") {
    const host = /^(?:[^@/]*@)?(\[[^\]]+\]|[^:/@]+)/.exec(rest)?.[1];
    return host ? { kind: "ssh", host } : UNREADABLE;
  }
  if (scheme !== "tcp" && scheme !== "http" && scheme !== "https") return UNREADABLE;
  const place = /^(?:\[([0-9a-fA-F:.]+)\]|([^:/@[\]\s]+))(?::(\d{1,5}))?\/?$/.exec(
    rest.startsWith(":") ? `127.0.0.1${rest}` : rest,
  );
  const host = place?.[1] ?? place?.[2];
  const port = Number(place?.[3] ?? (tls ? 2376 : 2375));
  if (!host || port < 1 || port > 65535) return UNREADABLE;
  return { kind: "address", address: { kind: "tcp", host, port } };
}

/** The address as a client takes it: `unix:///run/docker.sock`, `npipe:////./pipe/docker_engine`, `tcp://127.0.0.1:2376`. */
export function engineHostText(address: EngineAddress): string {
  if (address.kind === "tcp") {
    return `tcp://${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`;
  }
  return address.path.startsWith("\\") ? `npipe://${address.path.replaceAll("\\", "/")}` : `unix://${address.path}`;
}
