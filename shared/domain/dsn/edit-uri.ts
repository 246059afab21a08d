import { writeAuthority } from "./format";
import { decodeStrict, encodePart } from "./percent";
import { translate } from "./read-values";
import { cut, type HostSpan, type ParameterSpan, type Span, scanUri, type UriScan } from "./scan-uri";

/** One piece of a text to be replaced. */
interface Splice extends Span {
  readonly by: string;
}

/** Applies splices that do not overlap; what lies between them stays byte for byte. */
function spliced(text: string, splices: readonly Splice[]): string {
  let at = 0;
  let result = "";
  for (const { start, end, by } of [...splices].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + by;
    at = end;
  }
  return result + text.slice(at);
}

const decoded = (text: string, span: Span): string | null => {
  const read = decodeStrict(cut(text, span));
  return read.kind === "text" ? read.text : null;
};

/** The host with the brackets around it. */
const wholeHost = (text: string, { host }: HostSpan): Span =>
  text[host.start - 1] === "[" && text[host.end] === "]" ? { start: host.start - 1, end: host.end + 1 } : host;

const endOfHost = (text: string, one: HostSpan): number => one.port?.end ?? wholeHost(text, one).end;

/** From the first host to the end of the last port. */
function authoritySpan(text: string, { hosts }: UriScan): Span {
  const [first] = hosts;
  const last = hosts[hosts.length - 1];
  return first && last
    ? { start: wholeHost(text, first).start, end: endOfHost(text, last) }
    : { start: text.length, end: text.length };
}

function editUser(start: number, { user, password }: UriScan, value: string): readonly Splice[] {
  if (!user) return value === "" ? [] : [{ start, end: start, by: `${encodePart(value)}@` }];
  // Without a name and a password there is nothing for the @ to end.
  if (value === "" && (!password || password.end === password.start))
    return [{ start: user.start, end: (password ?? user).end + 1, by: "" }];
  return [{ ...user, by: encodePart(value) }];
}

function editPassword(start: number, { user, password }: UriScan, value: string): readonly Splice[] {
  if (value === "") {
    if (!user || !password) return [];
    const named = user.end > user.start;
    return [{ start: named ? user.end : user.start, end: password.end + (named ? 0 : 1), by: "" }];
  }
  if (password) return [{ ...password, by: encodePart(value) }];
  return user
    ? [{ start: user.end, end: user.end, by: `:${encodePart(value)}` }]
    : [{ start, end: start, by: `:${encodePart(value)}@` }];
}

/** One host by one where as many stay; the whole list anew where their number changes, each with its port as before. */
function editHosts(text: string, scan: UriScan, value: string): readonly Splice[] {
  const wanted = value.split(",");
  if (wanted.length === scan.hosts.length) {
    return scan.hosts.flatMap((one, index) => {
      const host = wanted[index] ?? "";
      if (decoded(text, one.host) === host) return [];
      // Brackets are for a sole host: Python refuses them anywhere else.
      const by = wanted.length === 1 ? writeAuthority([[host, null]]) : encodePart(host);
      return [{ ...wholeHost(text, one), by }];
    });
  }
  const ports = scan.hosts.map(({ port }) => (port ? decoded(text, port) : null));
  const authority = writeAuthority(wanted.map((host, index) => [host, ports[ports.length === 1 ? 0 : index] ?? null]));
  return [{ ...authoritySpan(text, scan), by: authority }];
}

function editPorts(text: string, { hosts }: UriScan, value: string): readonly Splice[] | null {
  const wanted = value.split(",");
  if (wanted.length !== 1 && wanted.length !== hosts.length) return null;
  return hosts.map((one, index) => {
    const port = wanted[wanted.length === 1 ? 0 : index] ?? "";
    const { end } = wholeHost(text, one);
    return { start: end, end: one.port?.end ?? end, by: port === "" ? "" : `:${encodePart(port)}` };
  });
}

function editDatabase(text: string, scan: UriScan, value: string): readonly Splice[] {
  if (scan.database) {
    return [
      { start: scan.database.start - 1, end: scan.database.end, by: value === "" ? "" : `/${encodePart(value)}` },
    ];
  }
  const { end } = authoritySpan(text, scan);
  return value === "" ? [] : [{ start: end, end, by: `/${encodePart(value)}` }];
}

/** Parameters behind the `?` that libpq stores under this keyword, old spellings such as ssl=true among them. */
function named(text: string, { parameters }: UriScan, keyword: string): readonly ParameterSpan[] {
  return parameters.filter(({ key, value }) => {
    const name = decoded(text, key);
    const said = value ? decoded(text, value) : "";
    return name !== null && translate("uri", name, said ?? "")[0] === keyword;
  });
}

/** Takes parameters out, each with one `&`; with the last one its `?` goes too. */
function removeParameters(text: string, scan: UriScan, gone: readonly ParameterSpan[]): readonly Splice[] {
  if (gone.length === 0) return [];
  const query = scan.parameters[0]?.key.start ?? text.length;
  if (gone.length === scan.parameters.length) return [{ start: query - 1, end: text.length, by: "" }];
  const lost = new Set(gone);
  const first = scan.parameters.find((one) => !lost.has(one))?.key.start ?? query;
  return gone.map(({ key, value }) => {
    const end = (value ?? key).end;
    // What stands before the first that is kept goes with the & behind it, the others with the one before.
    return key.start < first ? { start: key.start, end: end + 1, by: "" } : { start: key.start - 1, end, by: "" };
  });
}

function editParameter(text: string, scan: UriScan, keyword: string, value: string): readonly Splice[] {
  const there = named(text, scan, keyword);
  if (value === "") return removeParameters(text, scan, there);
  const last = there[there.length - 1];
  if (last?.value) {
    const keeps = decoded(text, last.key) === keyword;
    return [
      keeps
        ? { ...last.value, by: encodePart(value) }
        : { start: last.key.start, end: last.value.end, by: `${encodePart(keyword)}=${encodePart(value)}` },
    ];
  }
  const sign = text.indexOf("?", scan.database?.end ?? authoritySpan(text, scan).end) < 0 ? "?" : "&";
  const by = /[?&]$/.test(text) ? "" : sign;
  return [{ start: text.length, end: text.length, by: `${by}${encodePart(keyword)}=${encodePart(value)}` }];
}

function editInPlace(text: string, start: number, keyword: string, value: string): readonly Splice[] | null {
  const scan = scanUri(text, start);
  switch (keyword) {
    case "user":
      return editUser(start, scan, value);
    case "password":
      return editPassword(start, scan, value);
    case "host":
      return editHosts(text, scan, value);
    case "port":
      return editPorts(text, scan, value);
    case "dbname":
      return editDatabase(text, scan, value);
    default:
      return null;
  }
}

/** What stands before the `?` for a keyword that has a place of its own there; "" where nothing does. */
function textInPlace(text: string, scan: UriScan, keyword: string): string | null {
  const part = (span: Span | null): string => (span ? cut(text, span) : "");
  switch (keyword) {
    case "user":
      return part(scan.user);
    case "password":
      return part(scan.password);
    case "host":
      return scan.hosts.map(({ host }) => part(host)).join("");
    case "port":
      return scan.hosts.map(({ port }) => part(port)).join("");
    case "dbname":
      return part(scan.database);
    default:
      return null;
  }
}

/**
 * Sets one of libpq's keywords in a URI that can be read, "" takes it out; everything else stays byte for byte.
 * A value that stands behind the `?` stays there, one that stands on both sides is kept once, before it. `start` is
 * the index after `://`. Null where the value has no place in the URI as it is.
 */
export function editUri(text: string, start: number, keyword: string, value: string): string | null {
  const scan = scanUri(text, start);
  const before = textInPlace(text, scan, keyword);
  const behind = named(text, scan, keyword);
  if (before === null || (before === "" && behind.length > 0))
    return spliced(text, editParameter(text, scan, keyword, value));
  const splices = editInPlace(text, start, keyword, value);
  return splices && spliced(text, [...splices, ...removeParameters(text, scan, behind)]);
}
