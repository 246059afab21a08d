import { existsSync } from "node:fs";
import { connect } from "node:net";
import { Client } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { createDebianCluster, whyNoDebianCluster } from "./debian-cluster";
import { POSTGRES_VERSIONS, startPostgres, type TestServer, whyUnavailable } from "./postgres";

const unavailable = new Map<number, string | null>();
for (const version of POSTGRES_VERSIONS) unavailable.set(version, await whyUnavailable(version));
const noCluster = whyNoDebianCluster();

const refused = (port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(undefined));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
  });

async function signIn(dsn: string): Promise<string> {
  const client = new Client({ connectionString: dsn });
  try {
    await client.connect();
    return "signed in";
  } catch (error) {
    return String((error as { code?: string }).code);
  } finally {
    await client.end();
  }
}

describe.each(POSTGRES_VERSIONS)("test server %i", (version) => {
  const reason = unavailable.get(version);
  it.skipIf(reason)(
    `starts, answers as that version, and leaves nothing behind${reason ? ` (${reason})` : ""}`,
    async () => {
      const server = await startPostgres({ version });
      const [row] = await server.sql("postgres", "SELECT 1; SHOW server_version_num");
      expect(Math.floor(Number(row?.server_version_num) / 10_000)).toBe(version);
      const pid = server.pid();
      await server.remove();
      expect(existsSync(server.dataDirectory)).toBe(false);
      expect(existsSync(`/proc/${pid}`)).toBe(false);
    },
  );
});

describe.skipIf(unavailable.get(18))("a test server", () => {
  const made: TestServer[] = [];
  afterAll(async () => {
    for (const server of made) await server.remove();
  });

  it("refuses a wrong password over TCP and takes the right one", async () => {
    const server = await startPostgres({ version: 18 });
    made.push(server);
    expect(await signIn(server.dsn({ password: "wrong" }))).toBe("28P01");
    expect(await signIn(server.dsn())).toBe("signed in");
  });

  it("takes its own pg_hba.conf and settings, and sql still works", async () => {
    const server = await startPostgres({
      version: 18,
      hba: ["host all all all reject"],
      config: { max_connections: "7" },
    });
    made.push(server);
    expect(await signIn(server.dsn())).toBe("28000");
    expect(await server.sql("postgres", "SHOW max_connections")).toEqual([{ max_connections: "7" }]);
  });

  it("signs in by MD5 where asked to", async () => {
    const server = await startPostgres({ version: 18, auth: "md5" });
    made.push(server);
    const [row] = await server.sql(
      "postgres",
      "SELECT rolpassword LIKE 'md5%' AS md5 FROM pg_authid WHERE rolname = 'postgres'",
    );
    expect(row).toEqual({ md5: true });
    expect(await signIn(server.dsn())).toBe("signed in");
  });

  it("keeps its data and its port over stop and start", async () => {
    const server = await startPostgres({ version: 18 });
    made.push(server);
    await server.sql("postgres", "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
    await server.stop();
    expect(await refused(server.port)).toBe("ECONNREFUSED");
    await server.start();
    expect(await server.sql("postgres", "SELECT n FROM kept")).toEqual([{ n: 7 }]);
  });
});

describe.skipIf(noCluster)(`a Debian cluster${noCluster ? ` (${noCluster})` : ""}`, () => {
  it("is made, started, asked, stopped and dropped without touching others", async () => {
    const cluster = await createDebianCluster({ running: false });
    try {
      expect(await refused(cluster.port)).toBe("ECONNREFUSED");
      await cluster.start();
      expect(await cluster.sql("postgres", "SELECT current_user")).toBe("postgres");
      await cluster.stop();
      expect(await refused(cluster.port)).toBe("ECONNREFUSED");
    } finally {
      await cluster.drop();
    }
    expect(existsSync(cluster.dataDirectory)).toBe(false);
    expect(existsSync(cluster.configDirectory)).toBe(false);
    expect(existsSync(cluster.logFile)).toBe(false);
  });
});
