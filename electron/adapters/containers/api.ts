import type { Agent, IncomingMessage, RequestOptions } from "node:http";
import path from "node:path";
import { fieldsOf, textOf } from "../../../shared/domain/containers/raw";
import { err, ok, type Result } from "../../../shared/domain/result";
import { readText } from "../detect/files";
import type { EnginePlace } from "./places";

/** Why an engine gave no answer that can be used. */
export interface EngineFailure {
  readonly kind: "denied" | "refused" | "missing" | "timed-out" | "garbled" | "too-large" | "status";
  /** The engine's HTTP status; null when it gave none. */
  readonly status: number | null;
  /** The engine's own words, or the errno. */
  readonly message: string;
}

export interface EngineAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** True for Podman's service, which says so in every answer. */
  readonly isPodman: boolean;
}

interface Limits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** One engine's HTTP API, spoken without a version unless the engine insists on one. */
export interface EngineApi {
  /** Asks and reads the whole answer; a status of 400 and up is a failure. */
  ask(method: "GET" | "POST", path: string, limits: Limits): Promise<Result<EngineAnswer, EngineFailure>>;
  /** Asks for JSON. */
  json(
    path: string,
    limits: Limits,
  ): Promise<Result<{ readonly value: unknown; readonly isPodman: boolean }, EngineFailure>>;
  /** Asks for an answer that goes on until the signal ends it; in the version that an earlier question taught. */
  stream(path: string, signal: AbortSignal): Promise<Result<IncomingMessage, EngineFailure>>;
  close(): void;
}

/** 200 containers are half a megabyte. */
const BODY_LIMIT = 16 * 1024 * 1024;
/** Requests to one engine at a time. */
const CONNECTIONS = 6;

const failure = (kind: EngineFailure["kind"], message: string, status: number | null = null): EngineFailure => ({
  kind,
  status,
  message,
});

function fromError(error: unknown): EngineFailure {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  const errno = textOf(code);
  if (name === "AbortError" || errno === "ABORT_ERR" || errno === "ETIMEDOUT") return failure("timed-out", errno);
  if (errno === "EACCES" || errno === "EPERM") return failure("denied", errno);
  if (errno === "ECONNREFUSED") return failure("refused", errno);
  if (errno === "ENOENT" || errno === "ENOTFOUND") return failure("missing", errno);
  return failure("garbled", errno);
}

/** What a signal and a time limit (in ms) end together; AbortSignal.any is newer than the oldest runtime. */
export function within({ timeoutMs, signal }: Limits): { readonly signal: AbortSignal; readonly done: () => void } {
  const own = new AbortController();
  const stop = (): void => own.abort();
  const timer = setTimeout(stop, timeoutMs);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  return {
    signal: own.signal,
    done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    },
  };
}

async function readBody(answer: IncomingMessage): Promise<Result<Buffer, EngineFailure>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BODY_LIMIT) {
      answer.destroy();
      return err(failure("too-large", ""));
    }
    parts.push(part);
  }
  return ok(Buffer.concat(parts));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

async function certificatesIn(
  folder: string,
): Promise<{ readonly ca?: string; readonly cert?: string; readonly key?: string }> {
  const [ca, cert, key] = await Promise.all(
    ["ca.pem", "cert.pem", "key.pem"].map((name) => readText(path.join(folder, name))),
  );
  const text = (read: typeof ca): string | undefined => (read?.kind === "text" ? read.text : undefined);
  return { ca: text(ca), cert: text(cert), key: text(key) };
}

interface Transport {
  readonly options: RequestOptions;
  readonly request: typeof import("node:http").request;
  readonly agent: Agent;
}

async function transportTo({ address, certificates, verify }: EnginePlace): Promise<Transport> {
  const pool = { keepAlive: true, maxSockets: CONNECTIONS };
  if (address.kind === "local") {
    const { Agent, request } = await import("node:http");
    return { request, agent: new Agent(pool), options: { socketPath: address.path, host: "localhost" } };
  }
  const { host, port } = address;
  if (certificates === null) {
    const { Agent, request } = await import("node:http");
    return { request, agent: new Agent(pool), options: { host, port } };
  }
  const { Agent, request } = await import("node:https");
  const tls = await certificatesIn(certificates);
  return { request, agent: new Agent({ ...pool, ...tls, rejectUnauthorized: verify }), options: { host, port } };
}

/** Speaks to the engine at a place. Opens nothing before it is asked something. */
export async function openEngine(place: EnginePlace): Promise<EngineApi> {
  const { request, agent, options } = await transportTo(place);
  let prefix = "";

  const send = (method: string, target: string, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = { Accept: "application/json", ...(method === "POST" ? { "Content-Length": 0 } : {}) };
      const sent = request({ ...options, agent, method, path: prefix + target, headers, signal }, resolve);
      sent.once("error", reject);
      sent.end();
    });

  async function askOnce(method: string, target: string, limits: Limits): Promise<Result<EngineAnswer, EngineFailure>> {
    const bounds = within(limits);
    try {
      const answer = await send(method, target, bounds.signal);
      const body = await readBody(answer);
      if (!body.ok) return body;
      const status = answer.statusCode ?? 0;
      if (status >= 400) return err(failure("status", textOf(fieldsOf(parse(body.value)).message), status));
      return ok({ status, body: body.value, isPodman: /^Libpod\//.test(textOf(answer.headers.server)) });
    } catch (error) {
      return err(bounds.signal.aborted ? failure("timed-out", "") : fromError(error));
    } finally {
      bounds.done();
    }
  }

  /** An engine that refuses a request without a version says in /version which one it speaks. */
  async function learnVersion(limits: Limits): Promise<boolean> {
    const answer = await askOnce("GET", "/version", limits);
    const version = answer.ok ? textOf(fieldsOf(parse(answer.value.body)).ApiVersion) : "";
    if (!/^\d+\.\d+$/.test(version)) return false;
    prefix = `/v${version}`;
    return true;
  }

  async function ask(
    method: "GET" | "POST",
    target: string,
    limits: Limits,
  ): Promise<Result<EngineAnswer, EngineFailure>> {
    const first = await askOnce(method, target, limits);
    if (first.ok || first.error.status !== 400 || prefix !== "") return first;
    return (await learnVersion(limits)) ? askOnce(method, target, limits) : first;
  }

  return {
    ask,
    async json(target, limits) {
      const answer = await ask("GET", target, limits);
      if (!answer.ok) return answer;
      const value = parse(answer.value.body);
      return value === undefined ? err(failure("garbled", "")) : ok({ value, isPodman: answer.value.isPodman });
    },
    async stream(target, signal) {
      try {
        const answer = await send("GET", target, signal);
        const status = answer.statusCode ?? 0;
        if (status < 400) return ok(answer);
        answer.destroy();
        return err(failure("status", "", status));
      } catch (error) {
        return err(fromError(error));
      }
    },
    close: () => agent.destroy(),
  };
}
