import { createOpenWire } from "../../electron/adapters/postgres/wire";
import type { SqlSession } from "../../electron/use-cases/ports";
import type { TestServer } from "../servers/postgres";

/** A session over the socket, where everybody but the superuser is trusted. */
export async function openAs(server: TestServer, user: string, database = "postgres"): Promise<SqlSession> {
  const opened = await createOpenWire()(
    {
      endpoint: { socketDirectory: server.socketDirectory, port: server.port },
      user,
      password: null,
      database,
      sslmode: "disable",
      parameters: {},
      timeoutMs: 10_000,
    },
    () => {},
  );
  if (!opened.ok) throw new Error(`no session for ${user}: ${opened.error.message}`);
  return opened.value.session;
}

/** Sessions that stay open until they are told to end. */
export async function occupy(server: TestServer, user: string, count: number): Promise<() => Promise<void>> {
  const sessions: SqlSession[] = [];
  for (let index = 0; index < count; index += 1) sessions.push(await openAs(server, user));
  return async () => {
    await Promise.all(sessions.map((session) => session.end()));
    // A session counts until its process is gone, which comes a moment after its farewell.
    for (let tries = 0; tries < 500; tries += 1) {
      const [row] = await server.sql(
        "postgres",
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = '${user}'`,
      );
      if (row?.n === 0) return;
    }
    throw new Error("the sessions do not end");
  };
}
