import { connect as connectTls } from "node:tls";
import { ERRNO } from "../../../shared/domain/diagnose/facts";
import type { Endpoint } from "../../../shared/domain/endpoint";
import { addressesOf, type Limit, reach, within } from "./socket";
import { askForTls } from "./ssl-request";

/** What listens at an endpoint, asked with eight bytes and without signing in. */
export type ProbeAnswer =
  | { readonly kind: "postgresql"; readonly tls: boolean }
  | {
      readonly kind: "refused" | "timeout" | "unreachable" | "missing" | "denied" | "closed" | "other";
      readonly detail: string;
    };

const BY_ERRNO: Readonly<Record<string, Exclude<ProbeAnswer["kind"], "postgresql">>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timeout",
  [ERRNO.cancelled]: "timeout",
  ENOENT: "missing",
  ENOTDIR: "missing",
  EACCES: "denied",
  EPERM: "denied",
  ECONNRESET: "closed",
};

/** An address that never answers must not use up the time of those after it. */
const share = (limit: Limit, count: number): Limit => ({ ...limit, timeoutMs: limit.timeoutMs / Math.max(1, count) });

/** Sends SSLRequest and reads one byte; leaves nothing open. Never fails: the answer says what is there. */
export async function probePostgres(endpoint: Endpoint, timeoutMs: number, signal?: AbortSignal): Promise<ProbeAnswer> {
  const deadline = performance.now() + timeoutMs;
  const left = (): Limit => ({ timeoutMs: deadline - performance.now(), signal });
  const addresses = await addressesOf(endpoint, left());
  if (!addresses.ok) return { kind: "unreachable", detail: addresses.error.message };
  const { socket, failure } = await reach(addresses.value, endpoint.port, share(left(), addresses.value.length));
  if (!socket) return { kind: BY_ERRNO[failure?.errno ?? ""] ?? "unreachable", detail: failure?.message ?? "" };
  try {
    const asked = await askForTls(socket, left());
    if (!asked.ok) return { kind: BY_ERRNO[asked.error.errno ?? ""] ?? "closed", detail: asked.error.message };
    switch (asked.value.kind) {
      case "tls":
      case "plain":
        return { kind: "postgresql", tls: asked.value.kind === "tls" };
      case "error":
        return { kind: "postgresql", tls: false };
      case "closed":
        return { kind: "closed", detail: "It closes the connection at the first message." };
      case "silent":
        return { kind: "timeout", detail: "It accepts and says nothing." };
      case "other":
        return { kind: "other", detail: asked.value.bytes.subarray(0, 80).toString("latin1").trim() };
    }
  } finally {
    socket.destroy();
  }
}

/** True when PostgreSQL, or a pooler that speaks for it, answers there. */
export async function answersPostgres(endpoint: Endpoint, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  return (await probePostgres(endpoint, timeoutMs, signal)).kind === "postgresql";
}

/**
 * What a port that was silent says to a line of text, as latin1, at most 200 characters: web servers, Redis and
 * memcached wait for the end of a line before they speak. "" when it says nothing.
 */
export async function hearLine(endpoint: Endpoint, timeoutMs: number, signal?: AbortSignal): Promise<string> {
  const limit = { timeoutMs, signal };
  const addresses = await addressesOf(endpoint, limit);
  if (!addresses.ok) return "";
  const { socket } = await reach(addresses.value, endpoint.port, share(limit, addresses.value.length));
  if (!socket) return "";
  try {
    const answer = new Promise<string>((resolve) => {
      socket.once("data", (bytes: Buffer) => resolve(bytes.subarray(0, 200).toString("latin1")));
      socket.once("close", () => resolve(""));
      socket.write("PING\r\n\r\n");
    });
    const heard = await within(answer, limit, "No answer in time.");
    return heard.ok ? heard.value : "";
  } finally {
    socket.destroy();
  }
}

/**
 * Whether a port that hung up at PostgreSQL's first message speaks TLS from its first byte, as web servers do; nobody
 * looks at its certificate and nothing is sent over it.
 */
export async function speaksTls(endpoint: Endpoint, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  const limit = { timeoutMs, signal };
  const addresses = await addressesOf(endpoint, limit);
  if (!addresses.ok) return false;
  const { socket } = await reach(addresses.value, endpoint.port, share(limit, addresses.value.length));
  if (!socket) return false;
  const secure = connectTls({ socket, rejectUnauthorized: false });
  try {
    const shaken = new Promise<boolean>((resolve) => {
      secure.once("secureConnect", () => resolve(true));
      secure.on("error", () => resolve(false));
      secure.once("close", () => resolve(false));
    });
    const seen = await within(shaken, limit, "No answer in time.");
    return seen.ok && seen.value;
  } finally {
    secure.destroy();
    socket.destroy();
  }
}
