import type { PublishedPort } from "./container";
import { fieldsOf, portOf, textOf } from "./raw";

/** Longest range of ports that is read; nobody publishes a database on more. */
const LONGEST_RANGE = 50;

/** "5432" or "5432-5434" as its ports; null for anything else. */
function portsIn(text: string): readonly number[] | null {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  const first = portOf(match?.[1]);
  const last = match?.[2] === undefined ? first : portOf(match[2]);
  if (first === null || last === null || last < first || last - first > LONGEST_RANGE) return null;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Pairs what is published with the container's ports; several for one port leave the choice to the engine. */
function paired(ip: string, published: readonly number[] | null, inside: readonly number[]): readonly PublishedPort[] {
  const isEven = published !== null && published.length === inside.length;
  return inside.map((privatePort, index) => ({
    privatePort,
    ip,
    publicPort: isEven ? (published[index] ?? null) : null,
  }));
}

/** Cuts a text in two at its last colon; where there is none, all of it is the second. */
function cut(text: string): readonly [string, string] {
  const at = text.lastIndexOf(":");
  return [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
}

/** `[ip:][published:]target[/protocol]`, an IPv6 address in brackets or without. */
function shortPort(text: string): readonly PublishedPort[] {
  const [, words = "", protocol = "tcp"] = /^([^/]*)(?:\/(\w+))?$/.exec(text.trim()) ?? [];
  const [outside, target] = cut(words);
  const [ip, published] = cut(outside);
  const inside = portsIn(target);
  if (inside === null || protocol !== "tcp") return [];
  return paired(ip.replace(/^\[(.*)\]$/, "$1"), portsIn(published), inside);
}

/** The TCP ports of a service's `ports:`, short or long syntax (Compose Specification, "ports"). */
export function composePorts(entries: readonly unknown[], text: (value: unknown) => string): readonly PublishedPort[] {
  return entries.flatMap((entry) => {
    if (typeof entry === "string" || typeof entry === "number") return shortPort(text(entry));
    const { target, published, host_ip, protocol } = fieldsOf(entry);
    const inside = portsIn(text(target));
    if (inside === null || (textOf(protocol) || "tcp") !== "tcp") return [];
    return paired(text(host_ip), portsIn(text(published)), inside);
  });
}
