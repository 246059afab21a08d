import { describe, expect, it } from "vitest";
import { inodesOfSocket, loopbackOf, parseAbstractSockets, parseProcNetTcp } from "./proc-net";

// Recorded on Linux 6 (x64); inodes and users changed.
const V4 = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:07E8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 638 1 00000000ef72490e 100 0 0 10 0
   1: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 12976 1 000000002bd8ef7c 100 0 0 10 0
   2: 0100007F:1538 0100007F:C000 01 00000000:00000000 00:00000000 00000000   101        0 12999 1 000000002bd8ef7c 20 0 0 10 -1
`;
const V6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:1538 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 777 1 0 100 0 0 10 0
   1: 00000000000000000000000000000000:1539 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 778 1 0 100 0 0 10 0
   2: B80D0120000000000000000001000000:153A 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 779 1 0 100 0 0 10 0
   3: 0000000000000000FFFF00000100007F:153B 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 780 1 0 100 0 0 10 0
`;

describe("parseProcNetTcp", () => {
  it("reads listeners only, with user and inode", () => {
    expect(parseProcNetTcp(V4)).toEqual([
      { address: "0.0.0.0", port: 2024, uid: 0, inode: "638" },
      { address: "127.0.0.1", port: 5432, uid: 101, inode: "12976" },
    ]);
  });

  it("reads IPv6 addresses, mapped ones as IPv4", () => {
    expect(parseProcNetTcp(V6).map(({ address, port }) => [address, port])).toEqual([
      ["::1", 5432],
      ["::", 5433],
      ["2001:db8:0:0:0:0:0:1", 5434],
      ["127.0.0.1", 5435],
    ]);
  });

  it("passes over what does not fit", () => {
    expect(parseProcNetTcp("header\nnonsense\n 0: zz:1 x 0A\n")).toEqual([]);
  });
});

describe("loopbackOf", () => {
  it("folds any-addresses and leaves other interfaces out", () => {
    expect(["0.0.0.0", "::", "127.0.0.2", "::1", "10.0.0.5"].map(loopbackOf)).toEqual([
      "127.0.0.1",
      "::1",
      "127.0.0.2",
      "::1",
      null,
    ]);
  });
});

// Written by Linux 6 with PostgreSQL 18 listening on unix_socket_directories = '@/shop, /tmp'.
const UNIX = [
  "Num       RefCount Protocol Flags    Type St Inode Path",
  "00000000a3ad598b: 00000002 00000000 00010000 0001 01 1687161 @/shop/.s.PGSQL.5999",
  "000000001ebd2d9e: 00000002 00000000 00010000 0001 01 1680012 /tmp/.s.PGSQL.5999",
  "00000000a3ad598c: 00000003 00000000 00000000 0001 03 1687162 @/shop/.s.PGSQL.5999",
  "00000000a3ad598d: 00000002 00000000 00010000 0001 01 1687163 @/tmp/.X11-unix/X0",
  "00000000a3ad598e: 00000002 00000000 00010000 0001 01 1687164 @/shop/.s.PGSQL.99999",
  "0: @/.s.PGSQL.1",
  "",
].join("\n");

describe("parseAbstractSockets", () => {
  it("takes listening sockets of PostgreSQL alone: no clients, no files, no other programs, no impossible port", () => {
    expect(parseAbstractSockets(UNIX)).toEqual([{ socketDirectory: "@/shop", port: 5999, inode: "1687161" }]);
    expect(parseAbstractSockets("")).toEqual([]);
  });
});

describe("inodesOfSocket", () => {
  const line = (inode: number, path: string): string =>
    `0000000000000000: 00000002 00000000 00010000 0001 01 ${inode} ${path}`;
  const text = [
    "Num  RefCount Protocol Flags Type St Inode Path",
    line(7, "/run/a b/.s.PGSQL.5432"),
    line(8, "/x/run/a b/.s.PGSQL.5432"),
    line(9, "/run/a b/.s.PGSQL.5432"),
    "",
  ].join("\n");
  it("names the sockets at just this path", () => {
    expect(inodesOfSocket(text, "/run/a b/.s.PGSQL.5432")).toEqual(["7", "9"]);
    expect(inodesOfSocket(text, "/run/a")).toEqual([]);
    expect(inodesOfSocket("", "/run/a b/.s.PGSQL.5432")).toEqual([]);
  });
});
