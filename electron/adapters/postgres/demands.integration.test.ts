import { afterEach, describe, expect, it } from "vitest";
import { encrypting, endStubs, type Stub, saying } from "../../../e2e/servers/stub";
import { Secret, type Sslmode } from "../../../shared/domain/target";
import { createOpenWire } from "./wire";

afterEach(endStubs);

/** An authentication request: 0 lets in, 3 wants the password as it is, 5 its MD5, 10 SCRAM. */
const request = (method: number, rest = Buffer.alloc(0)): Buffer => {
  const head = Buffer.from([0x52, 0, 0, 0, 0, 0, 0, 0, method]);
  head.writeUInt32BE(8 + rest.length, 1);
  return Buffer.concat([head, rest]);
};
const PASSWORD = request(3);
const MD5 = request(5, Buffer.from("salt"));
const SCRAM = request(10, Buffer.from("SCRAM-SHA-256\0\0"));
const LET_IN = request(0);

/** How a stub sends its question. */
type Send = (write: (bytes: Buffer) => void, question: Buffer) => void;
const whole: Send = (write, question) => write(question);
/** Byte for byte, each in a packet of its own: no message comes in one piece. */
const dripping: Send = (write, question) => {
  const [next, left] = [question.subarray(0, 1), question.subarray(1)];
  write(next);
  if (left.length > 0) setImmediate(() => dripping(write, left));
};

async function ask(question: Buffer, send: Send, tls: boolean, parameters: Readonly<Record<string, string>>) {
  const heard: Buffer[] = [];
  const act = (socket: { write(bytes: Buffer): unknown }, bytes: Buffer, count: number): void => {
    heard.push(bytes);
    if (count === 1) send((piece) => socket.write(piece), question);
  };
  const stub: Stub = tls ? await encrypting(act) : await saying(act);
  const opened = await createOpenWire({ home: "/nowhere" })(
    {
      endpoint: { host: "127.0.0.1", port: stub.port },
      user: "app",
      password: new Secret("right"),
      database: "app",
      sslmode: (tls ? "require" : "disable") satisfies Sslmode,
      parameters,
      timeoutMs: 10_000,
    },
    () => {},
  );
  await stub.allClosed();
  return { errno: opened.ok ? null : opened.error.errno, answered: heard.length > 1 };
}

describe.each([
  ["in one piece", whole],
  ["byte for byte", dripping],
] as const)("a question that comes %s gets no answer", (_how, send) => {
  it.each([
    ["the password in the clear, where SCRAM is required", PASSWORD, false, { require_auth: "scram-sha-256" }],
    ["the password in the clear, where it is forbidden", PASSWORD, true, { require_auth: "!password" }],
    ["MD5, where SCRAM or nothing is required", MD5, false, { require_auth: "scram-sha-256,none" }],
    ["SCRAM, where no question is expected", SCRAM, false, { require_auth: "none" }],
    ["the password in the clear, where channel binding is required", PASSWORD, true, { channel_binding: "require" }],
    ["SCRAM without the binding", SCRAM, true, { channel_binding: "require" }],
    ["nothing, where a sign-in is required", LET_IN, false, { require_auth: "!none" }],
    ["nothing, where channel binding is required", LET_IN, true, { channel_binding: "require" }],
  ])("%s", async (_what, question, tls, parameters) => {
    expect(await ask(question, send, tls, parameters)).toEqual({ errno: "EAUTHMETHOD", answered: false });
  });
});
