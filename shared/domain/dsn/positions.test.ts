import { describe, expect, it } from "vitest";
import { parseConnectionString } from "./parse";

/** A row: the text with `→` before the character that the error points at, the error's id, what would be right. */
type Row = readonly [marked: string, id: string, next: RegExp];

const SCHEME = "read.unsupported-scheme";
const VALUE = "read.invalid-parameter-value";
const RAW = "read.unencoded-credentials";

const rows: readonly Row[] = [
  // What the string starts with.
  ["→", "read.invalid", /postgresql:\/\/user/],
  ["→localhost:5432/d", SCHEME, /postgresql:\/\/ in front/],
  ["→mysql://u:p@h/d", SCHEME, /starts with postgresql:\/\//],
  ["→postgresql+asyncpg://u@h/d", SCHEME, /with postgresql:\/\//],
  ["→POSTGRES://h/d", SCHEME, /with postgresql:\/\//],
  ["→ postgresql://h/d", SCHEME, /with postgresql:\/\//],
  ["postgres→:/u:p@h/d", SCHEME, /^Write postgres:\/\/\.$/],
  ["postgresql→:u:p@h/d", SCHEME, /^Write postgresql:\/\/\.$/],
  ["postgresql→//u:p@h/d", SCHEME, /^Write postgresql:\/\/\.$/],
  ['→"postgresql://u:p@h/d"', SCHEME, /before it/],
  ["→jdbc:postgresql://h/d?user=u", SCHEME, /in front of the host/],
  ["→psql postgresql://u:p@h/d", SCHEME, /before it/],
  ["postgresql://h/→\0d", "read.invalid", /out/],
  // Hosts.
  ["postgresql://→[::1/d", "read.invalid", /\[::1\]/],
  ["postgresql://u:p@a,→[::1:5432/d", "read.invalid", /\[::1\]/],
  ["postgresql://→[]/d", "read.invalid", /\[::1\]/],
  ["postgresql://[::1]→x/d", "read.invalid", /may follow/],
  ["postgresql://u@[::1]→]:5432/d", "read.invalid", /may follow/],
  // Ports.
  ["postgresql://h:→abc/d", "read.invalid", /5432/],
  ["postgresql://h:→0/d", "read.invalid", /5432/],
  ["postgresql://h:→65536/d", "read.invalid", /5432/],
  ["postgresql://u:p@a:1,b:→x,c:3/d", "read.invalid", /5432/],
  ["postgresql://u:p@a,b:→70000/d", "read.invalid", /5432/],
  ["postgresql://a/d?port=→x", "read.invalid", /5432/],
  ["postgresql://a,b/d?port=→1,2,3", "read.invalid", /one for each/],
  ["host=a,b port=→1,2,3", "read.invalid", /one for each/],
  ["host=a,b port=1,→x", "read.invalid", /5432/],
  // Escapes.
  ["postgresql://h/d→%zz", "read.invalid", /%25/],
  ["postgresql://h→%/d", "read.invalid", /%25/],
  ["postgresql://u@h/d?application_name=a→%2", "read.invalid", /%25/],
  ["postgresql://u@h/d?a→%gg=1", "read.invalid", /%25/],
  ["postgresql://u:p@h/d→%00", "read.invalid", /out/],
  ["postgresql://u:p→%00@h/d", RAW, /%25/],
  ["postgresql://h/a→%FF", "read.invalid", /UTF-8/],
  ["postgresql://h/%C3%A9→%FF", "read.invalid", /UTF-8/],
  // Parameters.
  ["postgresql://h/d?→sslmode", "read.invalid", /name=value/],
  ["postgresql://h/d?a=1&→b", "read.invalid", /name=value/],
  ["postgresql://h/d?options=a→=b", "read.invalid", /%3D/],
  ["postgresql://h/d?sslmode=→on", VALUE, /verify-full/],
  ["postgresql://h/d?application_name=x&sslmode=→Require", VALUE, /verify-full/],
  ["postgresql://h/d?connect_timeout=→soon", VALUE, /whole number/],
  ["postgresql://h/d?target_session_attrs=→writer", VALUE, /read-write/],
  ["postgresql://h/d?channel_binding=→yes", VALUE, /require/],
  // keyword=value.
  ["host=h →user", "read.invalid", /keyword=value/],
  ["host=h password=a →b dbname=d", "read.invalid", /keyword=value/],
  ["host=h password=→'open", "read.invalid", /'/],
  ["host=h →=x", "read.invalid", /keyword=value/],
  ["host=h sslmode=→on", VALUE, /verify-full/],
  ["host=h connect_timeout=→x", VALUE, /whole number/],
  // Raw signs.
  ["postgresql://u:p→@ss@h/d", RAW, /%40/],
  ["postgresql://u:p→/w@h/d", RAW, /%2F/],
  ["postgresql://u:100→%@h/d", RAW, /%25/],
  ["postgresql://me→@corp.com:p@h/d", RAW, /%40/],
  ["postgresql://u:→[x@y]@h/d", RAW, /%40/],
];

describe("an error", () => {
  it.each(rows)("points at the character in %j", (marked, id, next) => {
    const position = marked.indexOf("→");
    const parsed = parseConnectionString(marked.replace("→", ""));
    expect(parsed.ok ? null : { id: parsed.error.id, position: parsed.error.position }).toEqual({ id, position });
    expect(parsed.ok ? "" : parsed.error.next).toMatch(next);
  });
});
