import { type Installer, listed } from "../installation";
import { asSelf, isFolder, laidOut, namesLike, TMP } from "./layout";

const APP = "/Applications/Postgres.app";

/** Since 2.7 it asks before a program signs in without a password (postgresapp.com, "App permissions"). */
const ASKS = "Press Start in its window. When it asks whether this app may connect, allow it.";

/** Postgres.app: one data directory a version in the person's Library. */
export const postgresApp: Installer = {
  id: "postgres.app",
  title: "Postgres.app",
  origins: ["postgres.app"],
  platforms: ["darwin"],
  timeLimitMs: 2000,
  async *list(machine) {
    const data = `${machine.home}/Library/Application Support/Postgres`;
    const [made, installed] = await Promise.all([
      namesLike(machine, data, /^var-(\d+)$/),
      namesLike(machine, `${APP}/Contents/Versions`, /^(\d+)$/),
    ]);
    const newest = installed.map(({ match }) => match).sort((a, b) => Number(b) - Number(a))[0];
    const versions = new Set(made.map(({ match }) => match));
    if (versions.size === 0 && newest) versions.add(newest);
    const present = await isFolder(machine, APP);
    for (const version of versions) {
      yield listed(
        laidOut(machine, {
          id: `postgres.app:var-${version}`,
          origin: "postgres.app",
          label: `Postgres.app · var-${version}`,
          major: version,
          programs: `${APP}/Contents/Versions/${version}/bin`,
          dataDirectory: `${data}/var-${version}`,
          socketDirectories: TMP,
          logFile: `${data}/var-${version}/postgres-server.log`,
          start: async () => (present ? asSelf("/usr/bin/open", ["-a", "Postgres"], ASKS) : null),
          initialise: async () =>
            present ? asSelf("/usr/bin/open", ["-a", "Postgres"], "Press Initialize in its window.") : null,
        }),
      );
    }
  },
};
