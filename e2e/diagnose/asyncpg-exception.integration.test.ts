import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestServer } from "../servers/postgres";
import { whyUnavailable } from "../servers/postgres";
import { type RealAsyncpg, startAsyncpg, whyNoAsyncpg } from "./asyncpg-exception";
import { startCaseServer } from "./case-server";
import { CASES } from "./cases";
import { climbed } from "./plain-diagnose";

/** One release is enough: which exception it is follows from the SQLSTATE, and that is looked at on each of them. */
const VERSION = 17;
const missing = whyNoAsyncpg() ?? (await whyUnavailable(VERSION));

/** Causes that asyncpg does not meet when it connects, or not in the release at hand (0.27). */
const NOT_AT_CONNECT = /^(privileges\.|database\.session-attributes$)/;
const JUDGED = CASES.filter(({ expected }) => expected !== null && !NOT_AT_CONNECT.test(expected));

describe.skipIf(missing !== null)(`the exception of the real asyncpg${missing ? ` (${missing})` : ""}`, () => {
  let server: TestServer;
  let asyncpg: RealAsyncpg;
  beforeAll(async () => {
    server = await startCaseServer(VERSION);
    asyncpg = startAsyncpg();
  });
  afterAll(async () => {
    asyncpg?.end();
    await server?.remove();
  });

  it.each(JUDGED.map((one) => [`${one.expected}: ${one.name}`, one] as const))("%s", async (_name, one) => {
    const undo = await one.before?.(server);
    try {
      const dsn = one.dsn(server);
      const { diagnosis } = await climbed(dsn);
      expect(diagnosis?.asyncpgException).toBe(await asyncpg.ask(dsn));
    } finally {
      await undo?.();
    }
  });
});
