/** 200 characters of everything: two hosts, escapes, parameters that one driver reads and another refuses. */
const STRING =
  "postgresql://ticket_desk:p%40ss%2Fw0rd@db.example.com:5432,db2.example.com:5433/ticket_desk?sslmode=verify-full&application_name=ticket_desk&connect_timeout=10&target_session_attrs=primary&options=-c%20a%3D1";

const SURROUNDINGS = {
  osUser: "me",
  socketDirectory: "/var/run/postgresql",
  environment: { PGHOST: "localhost", PGPORT: "5433", PGSSLMODE: "prefer" },
  passfile: {
    path: "~/.pgpass",
    entries: Array.from({ length: 20 }, (_, at) => ({
      line: at + 1,
      host: `db${at}.example.com`,
      port: "*",
      database: "*",
      user: "*",
    })),
    brokenLines: [],
    ignored: null,
  },
  services: [],
};

const READERS = ["asyncpg", "libpq", "node-postgres"];

/**
 * Milliseconds that the whole analysis of the Connection screen takes after one keystroke in a string of 200
 * characters, all three drivers: median and 95th percentile of `rounds` edits in its middle. `load` imports a TypeScript
 * module of the project.
 */
export async function keystroke(load, rounds = 400) {
  const { analyse, knowingOf, originsIn, rowsOf } = await load("renderer/state/connection-analysis.ts");
  const all = (text) => {
    analyse(text);
    knowingOf(text, [], []);
    for (const reader of READERS) {
      rowsOf(text, reader, SURROUNDINGS);
      originsIn(text, reader, SURROUNDINGS);
    }
  };
  const middle = STRING.indexOf("@") + 5;
  const taken = [];
  for (let round = -100; round < rounds; round += 1) {
    const text = `${STRING.slice(0, middle)}${round + 1000}${STRING.slice(middle)}`;
    const started = performance.now();
    all(text);
    if (round >= 0) taken.push(performance.now() - started);
  }
  taken.sort((a, b) => a - b);
  const at = (part) => taken[Math.floor(taken.length * part)];
  return { median: at(0.5), p95: at(0.95) };
}
