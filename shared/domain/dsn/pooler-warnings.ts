import { isSocket, type TcpEndpoint } from "../endpoint";
import { type Pooler, poolerOf } from "./host-kind";
import { settingKind } from "./server-settings";
import { type Check, type DsnWarning, mendKeyword, warning } from "./warning";

/** Start-up settings that PgBouncer tracks itself; any other it refuses unless told to ignore it (08P01). */
const TRACKED: ReadonlySet<string> = new Set(
  "application_name client_encoding datestyle intervalstyle standard_conforming_strings timezone".split(" "),
);

function pooled(text: string, spot: TcpEndpoint, pooler: Pooler, isSole: boolean): DsnWarning {
  const where = `${spot.host}:${spot.port}`;
  const title = pooler.direct ? `Write ${pooler.direct.host}:${pooler.direct.port}` : "";
  const direct =
    pooler.direct && isSole ? (mendKeyword(text, "host", pooler.direct.host, title) ?? { dsn: text, title }) : null;
  const mend = direct && mendKeyword(direct.dsn, "port", String(pooler.direct?.port ?? spot.port), title);
  const message =
    pooler.mode === "transaction" || pooler.mode === "unknown"
      ? `${where} looks like ${pooler.name}: in transaction mode asyncpg's prepared statements break unless statement_cache_size=0 is set in code.`
      : `${where} looks like ${pooler.name}: one connection of the pool stays with each of the app's.`;
  return warning("pooler-port", "info", message, {
    remedy: pooler.mode === "session" ? null : "Use the server's own address for migrations.",
    words: [where, ...(pooler.mode === "session" ? [] : ["statement_cache_size=0"])],
    mend: mend ?? (direct && direct.dsn !== text ? direct : null),
  });
}

/** Hosts and ports that are a pooler's, and what a pooler does not take. */
export const poolers: Check = ({ text, target }) => {
  const spots = target.hosts.flatMap((one) => (isSocket(one) ? [] : [one]));
  return spots.flatMap((spot) => {
    const pooler = poolerOf(spot.host, spot.port);
    if (!pooler) return [];
    const found = [pooled(text, spot, pooler, spots.length === 1)];
    if (pooler.wantsTenant && target.user !== null && !target.user.includes(".")) {
      found.push(
        warning(
          "pooler-user",
          "warn",
          "Supabase's pooler takes the user as name.project: without the project it refuses.",
          {
            parameter: "user",
            remedy: "Write the user as the console shows it, such as postgres.abcdefgh.",
            words: ["name.project"],
          },
        ),
      );
    }
    const refused = Object.keys(target.parameters).filter(
      (name) => settingKind(name) === "session" && !TRACKED.has(name.toLowerCase()),
    );
    if (refused.length > 0 && pooler.isPgBouncer) {
      found.push(
        warning("pooler-setting", "warn", `PgBouncer refuses ${refused.join(", ")} at the start of a session.`, {
          parameter: refused[0] ?? null,
          remedy: "Take it out, or set it for the role: ALTER ROLE ... SET.",
          words: refused,
          mend: mendKeyword(text, refused[0] ?? "", "", `Take ${refused[0]} out`),
        }),
      );
    }
    return found;
  });
};
