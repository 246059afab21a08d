import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { encrypting, endStubs, SSL_REQUEST, type Stub, saying } from "../servers/stub";
import { climb, climber, untruths } from "./climb";
import { held, nothingMoreThan } from "./left-over";

/** Short, since every peer here can only be waited for. */
const TIMEOUT_MS = 400;

afterEach(endStubs);

/** A message with a length of its own choice. */
function message(type: string, length: number, body = ""): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, "latin1");
  head.writeUInt32BE(length >>> 0, 1);
  return Buffer.concat([head, Buffer.from(body, "latin1")]);
}

const number = (value: number): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString("latin1");
};

const AUTH_OK = message("R", 8, number(0));
const READY = message("Z", 5, "I");
const KEY = message("K", 12, number(1) + number(2));
const LET_IN = Buffer.concat([AUTH_OK, message("S", 24, "server_version\x0018.0\0"), KEY, READY]);

/** What no server says: wrong lengths, unknown kinds, cut-off and endless messages. */
const MALFORMED: Readonly<Record<string, Buffer>> = {
  "a length of 0": message("R", 0),
  "a length of 3": message("R", 3, "abc"),
  "a length of 2^31-1": message("R", 0x7fff_ffff, "x".repeat(100)),
  "a length of 2^32-1": message("R", 0xffff_ffff, "x".repeat(100)),
  "an authentication request without its kind": message("R", 4),
  "an unknown authentication": message("R", 8, number(4_711)),
  "MD5 without salt": message("R", 8, number(5)),
  "SCRAM with no mechanism": message("R", 9, `${number(10)}\0`),
  "SCRAM without an end": message("R", 40, `${number(10)}SCRAM-SHA-256`),
  "a SCRAM answer before any question": message("R", 12, `${number(11)}r=x,`),
  "an error without fields": message("E", 5, "\0"),
  "an error of a length of 0": message("E", 0, "SFATAL\0"),
  "an error that does not end": message("E", 30_001, "SFATAL\0C28P01\0M"),
  "an error that announces a gigabyte": message("E", 0x4000_0000, "SFATAL\0C28P01\0Mno\0"),
  "an unknown kind": message("!", 8, "abcd"),
  "a kind that clients send": message("Q", 8, "abc\0"),
  "a parameter without an end": Buffer.concat([AUTH_OK, message("S", 12, "abcdefgh")]),
  "ready before authentication": READY,
  "rows before a query": Buffer.concat([LET_IN, message("D", 10, "\0\x01\xff\xff\xff\xf0")]),
  "half a message": AUTH_OK.subarray(0, 5),
  "one byte": Buffer.from("R"),
  zeros: Buffer.alloc(1_000),
  "every byte there is": Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  "a flood of notices": Buffer.concat(Array.from({ length: 20_000 }, () => message("N", 14, "SNOTICE\0\0\0"))),
  "megabytes of nothing": Buffer.alloc(4_000_000, 65),
};

/** After which of its client's messages a peer says it. */
const STAGES: Readonly<Record<string, (bytes: Buffer, end: boolean) => Promise<{ stub: Stub; mode: string }>>> = {
  "the request for TLS": async (bytes, end) => ({ mode: "prefer", stub: await saying(once(1, bytes, end)) }),
  "the first message": async (bytes, end) => ({ mode: "disable", stub: await saying(once(1, bytes, end)) }),
  "the first encrypted message": async (bytes, end) => ({
    mode: "require",
    stub: await encrypting(once(1, bytes, end)),
  }),
  "the S of TLS": async (bytes, end) => ({
    mode: "require",
    stub: await saying((socket, asked) => {
      if (asked.equals(SSL_REQUEST)) socket.write("S");
      else say(socket, bytes, end);
    }),
  }),
  "the password": async (bytes, end) => ({
    mode: "disable",
    stub: await saying((socket, _asked, count) => {
      if (count === 1) socket.write(message("R", 8, number(3)));
      else if (count === 2) say(socket, bytes, end);
    }),
  }),
  "the look into the catalogue": async (bytes, end) => ({
    mode: "disable",
    stub: await saying((socket, _asked, count) => {
      if (count === 1) socket.write(LET_IN);
      else if (count === 2) say(socket, bytes, end);
    }),
  }),
};

const say = (socket: Socket, bytes: Buffer, end: boolean): void => void (end ? socket.end(bytes) : socket.write(bytes));
const once =
  (at: number, bytes: Buffer, end: boolean) =>
  (socket: Socket, _asked: Buffer, count: number): void => {
    if (count === at) say(socket, bytes, end);
  };

describe("a peer that says what no server says, and stays or hangs up", () => {
  // All of them at once: each can only be waited for.
  it.each(Object.entries(STAGES))("as the answer to %s", async (_name, stage) => {
    const before = held();
    const told = Object.entries(MALFORMED).flatMap(([what, bytes]) =>
      [true, false].map(async (end) => {
        const { stub, mode } = await stage(bytes, end);
        const dsn = `postgresql://app:secret@127.0.0.1:${stub.port}/app?sslmode=${mode}`;
        const report = await climb(climber(TIMEOUT_MS), dsn);
        const leaks = JSON.stringify(report).includes("secret") ? ["the password"] : [];
        await stub.allClosed();
        return [...untruths(report), ...leaks].map((one) => `${what}: ${one}`);
      }),
    );
    expect((await Promise.all(told)).flat()).toEqual([]);
    await endStubs();
    await nothingMoreThan(before);
  });
});

describe("a peer that sends one byte a second", () => {
  it.each([
    ["a session", "disable", Buffer.concat([LET_IN, READY])],
    ["an error", "disable", message("E", 200, "SFATAL\0C28P01\0M")],
    ["notices", "disable", message("N", 2_000, "SNOTICE\0")],
    ["TLS", "require", Buffer.from([83, 22, 3, 3, 0, 80, 2, 0, 0, 76])],
  ])("of %s ends at the time limit, and leaves nothing open", async (_what, mode, bytes) => {
    const before = held();
    const timers = new Set<NodeJS.Timeout>();
    const stub = await saying((socket, _asked, count) => {
      if (count > 1) return;
      let at = 0;
      const send = (): void => {
        socket.write(bytes.subarray(at, at + 1));
        at += 1;
      };
      send();
      const timer = setInterval(() => (at < bytes.length ? send() : undefined), 1_000);
      timers.add(timer);
      socket.once("close", () => {
        clearInterval(timer);
        timers.delete(timer);
      });
    });
    const report = await climb(climber(2_500), `postgresql://app:secret@127.0.0.1:${stub.port}/app?sslmode=${mode}`);
    expect(untruths(report)).toEqual([]);
    expect(report.ok).toBe(false);
    // What it says is PostgreSQL's, however slowly.
    expect(report.diagnosis?.id).not.toBe("speak.not-postgresql");
    await stub.allClosed();
    expect(timers.size).toBe(0);
    await endStubs();
    await nothingMoreThan(before);
  });
});
