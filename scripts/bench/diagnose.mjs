import { createServer } from "node:net";

/** A port on which nothing listens. */
async function closedPort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const URL_PARTS = /^postgresql:\/\/([^:@]+):([^@]+)@([^:/]+):(\d+)\/([^?]+)/;

/** psql's own arguments for a string; the password goes by the environment. */
function psqlOf(dsn) {
  const [, user, password, host, port, database] = URL_PARTS.exec(dsn);
  const args = ["-X", "-w", "-h", host, "-p", port, "-U", user, "-d", database, "-c", "select 1"];
  return { args, env: { ...process.env, PGPASSWORD: password } };
}

/**
 * Strings that fail at once, each with the diagnosis it leads to. The server gets a role and a line of pg_hba.conf of
 * their own; the role "app" and its database are there.
 */
export async function failingStrings(server) {
  await server.sql("postgres", "CREATE ROLE barred LOGIN PASSWORD 'barred'");
  const dsn = (user, password, database) => server.dsn({ user, password, database });
  return [
    ["wrong password", dsn("app", "wrong", "app"), "authenticate.password-rejected"],
    ["missing database", dsn("app", "app", "not_there"), "database.missing"],
    ["barred by pg_hba.conf", dsn("barred", "barred", "app"), "authenticate.hba-rejects"],
    ["nothing listens", `postgresql://app:app@127.0.0.1:${await closedPort()}/app`, "reach.refused"],
    ["no such host", "postgresql://app:app@no-such-host.invalid:5432/app", "resolve.not-found"],
  ];
}

/**
 * The milliseconds until the cause of each failing string is known, and until psql has failed on it: a function for
 * each, for turns. `ask` is the command line's JSON answer, `failing` answers how long a command takes to fail.
 */
export async function failingMeasurements(server, { ask, failing }) {
  const strings = await failingStrings(server);
  return strings.map(([what, dsn, expected]) => ({
    what,
    measurements: {
      ladder: async () => {
        const { diagnosis, durationMs } = await ask(["diagnose", "--dsn-stdin"], dsn);
        // "reach.refused" may be told as another port's server, which is a longer look.
        const rung = expected.split(".")[0];
        if (!diagnosis?.id.startsWith(rung)) throw new Error(`${what}: ${diagnosis?.id} instead of ${expected}`);
        return durationMs;
      },
      psql: () => failing(psqlOf(dsn)),
    },
  }));
}
