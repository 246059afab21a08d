import { DEFAULT_PORT } from "../endpoint";
import { err, ok, type Result } from "../result";
import { type AsyncpgRelease, isSince, refusal } from "./asyncpg-release";
import { decodeLenient } from "./percent";
import { pythonInteger } from "./python-url";

export interface HostsAndPorts {
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
}

export interface HostOptions {
  readonly release: AsyncpgRelease;
  /** PGPORT. */
  readonly portVariable: string | undefined;
}

const NO_NUMBER = "ValueError: a port is not a number";

/** "1,2" as numbers. */
export function portList(text: string): Result<readonly number[], string> {
  const ports = text.split(",").map(pythonInteger);
  return ports.every((port): port is number => port !== null) ? ok(ports) : err(NO_NUMBER);
}

/** One port for each host: a list must be as long as the hosts; from 0.31 on a list of one serves all. */
export function matchPorts(
  ports: readonly number[] | null,
  count: number,
  { release, portVariable }: HostOptions,
): Result<readonly number[], string> {
  let given = ports;
  if (given === null && portVariable) {
    const read = portList(portVariable);
    if (!read.ok) return read;
    // PGPORT without a comma is one number for all; with one it is a list like any other.
    if (!portVariable.includes(",")) return ok(new Array<number>(count).fill(read.value[0] ?? DEFAULT_PORT));
    given = read.value;
  }
  if (given === null) return ok(new Array<number>(count).fill(DEFAULT_PORT));
  const [only] = given;
  if (given.length === 1 && only !== undefined && isSince(release, "0.31"))
    return ok(new Array<number>(count).fill(only));
  return given.length === count
    ? ok(given)
    : err(refusal(release, "InterfaceError", `could not match ${given.length} port numbers to ${count} hosts`));
}

interface HostSpec {
  readonly host: string;
  readonly port: string;
}

function splitSpec(spec: string, release: AsyncpgRelease): Result<HostSpec, string> {
  if (spec === "") return err("IndexError: a host in the list is empty");
  if (spec.startsWith("/")) return ok({ host: spec, port: "" });
  if (spec.startsWith("[")) {
    // asyncpg takes what matches from the left and drops the rest.
    const match = /^\[([^\]]+)\](?::([0-9]+))?/.exec(spec);
    return match
      ? ok({ host: match[1] ?? "", port: match[2] ?? "" })
      : err(refusal(release, "ValueError", "invalid IPv6 address in the connection URI"));
  }
  const colon = spec.indexOf(":");
  return ok(colon < 0 ? { host: spec, port: "" } : { host: spec.slice(0, colon), port: spec.slice(colon + 1) });
}

/** asyncpg's `_parse_hostlist`: hosts with their own ports, or with `ports` where those are given already. */
export function hostList(
  text: string,
  ports: readonly number[] | null,
  options: HostOptions & { readonly decode: boolean },
): Result<HostsAndPorts, string> {
  const specs = text.split(",");
  const defaults = matchPorts(ports, specs.length, options);
  if (!defaults.ok) return defaults;
  const decode = (part: string) => (options.decode ? decodeLenient(part) : part);
  const hosts: string[] = [];
  const own: number[] = [];
  for (const [index, spec] of specs.entries()) {
    const split = splitSpec(spec, options.release);
    if (!split.ok) return split;
    hosts.push(decode(split.value.host));
    if (ports !== null) continue;
    const port = split.value.port === "" ? defaults.value[index] : pythonInteger(decode(split.value.port));
    if (port === null || port === undefined) return err(NO_NUMBER);
    own.push(port);
  }
  return ok({ hosts, ports: ports === null ? own : defaults.value });
}
