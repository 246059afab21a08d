import { endpointText } from "../../endpoint";
import type { Server, StateCause } from "../../server";
import { copies, edits, type RemedyDraft, starts } from "../remedies";
import { type Confidence, type Rule, type Situation, serverName, where } from "../situation";

const isEarly = (s: Situation): boolean => s.rung === "reach";
const isUp = ({ state }: Server): boolean => state === "running" || state === "starting";

/** The server this endpoint belongs to, where detection knows why it does not run. */
const broken = (s: Situation, cause: StateCause): Server | null => {
  const { server } = s.around;
  return isEarly(s) && server !== null && !isUp(server) && server.cause === cause ? server : null;
};

const uninitialised = (s: Situation): Server | null =>
  isEarly(s) && s.around.server?.state === "uninitialised" ? s.around.server : null;

/** True where detection knows a cause that starting the server alone does not mend, or not surely. */
export const hasInstallCause = (s: Situation): boolean => installRules.some((rule) => rule.fits(s) === "certain");

/** Another server that stands on this port's other addresses, or wants the port and cannot have it. */
const rival = (s: Situation): Server | null =>
  s.around.rivals.find((one) => one.cause === "port-taken") ?? s.around.rivals.find(isUp) ?? null;

/** A sign-in or a database that fails although PostgreSQL answers may simply have met the wrong server. */
const meetsAnother = (s: Situation): Confidence | null => {
  if (rival(s) === null) return null;
  if (s.rung === "speak") return "likely";
  if (s.rung !== "authenticate" && s.rung !== "database") return null;
  return ["28P01", "28000", "3D000"].includes(s.failure.sqlstate ?? "") ? "possible" : null;
};

const startIt = (server: Server): readonly RemedyDraft[] =>
  server.canStart && server.actions.includes("start")
    ? [starts(server.id, `Start ${server.label}`, server.startCommand)]
    : server.startCommand
      ? [copies("start-yourself", `Start ${server.label} yourself`, { commands: [server.startCommand] })]
      : [];

const logOf = (server: Server): string => server.evidence?.find((one) => one.kind === "log")?.label ?? "";

/** Why an installation on this computer does not answer, as detection found it. */
export const installRules: readonly Rule[] = [
  {
    id: "install.incompatible-data",
    fits: (s) => (broken(s, "incompatible-data") ? "certain" : null),
    says: (s) => ({
      title: `${serverName(s.around.server)} does not start: its data is another version's`,
      explanation:
        `${s.around.server?.reason ?? ""} PostgreSQL never changes such data by itself; nothing is lost.`.trim(),
      remedies: [
        copies("old-major", "Start it with the programs of the version that made the data"),
        copies("upgrade-data", "Or carry the data over with pg_upgrade or a dump; keep the old directory until then"),
      ],
    }),
  },
  {
    id: "install.not-initialised",
    fits: (s) => (uninitialised(s) ? "certain" : null),
    says: (s) => ({
      title: `${serverName(s.around.server)} is installed and has no data directory yet`,
      explanation: s.around.server?.reason ?? "It was never initialised.",
      remedies: s.around.server?.startCommand
        ? [copies("initialise", "Initialise it", { commands: [s.around.server.startCommand] }, "administrator")]
        : [copies("initialise", "Initialise it on the Server screen")],
    }),
  },
  {
    id: "install.stale-pid",
    fits: (s) => (broken(s, "stale-pid-file") ? "certain" : null),
    says: (s) => ({
      title: `${serverName(s.around.server)} did not shut down cleanly`,
      explanation: `${s.around.server?.reason ?? ""} The file is left alone: PostgreSQL judges it at its start.`.trim(),
      remedies: s.around.server ? startIt(s.around.server) : [],
    }),
  },
  {
    id: "install.port-taken",
    fits: (s) => (broken(s, "port-taken") ? "certain" : meetsAnother(s)),
    says: (s) => {
      const own = broken(s, "port-taken");
      if (own) {
        return {
          title: `${own.label} cannot start: its port is taken`,
          explanation: `${own.reason ?? ""} ${own.remedy ?? ""}`.trim(),
          remedies: [copies("free-port", own.remedy ?? "Stop what holds the port, or give this server another one")],
        };
      }
      const other = rival(s);
      const address = other && isUp(other) ? other.endpoints.find((one) => endpointText(one) !== where(s)) : undefined;
      return {
        title: `${where(s)} may be another server than you mean`,
        explanation: `${serverName(s.around.server)} answers there. ${serverName(other)} ${other && isUp(other) ? "stands on the same port under another address" : "wants the same port and cannot have it"}. If the role and database belong to that one, this is the cause; the data directory (SHOW data_directory) tells them apart.`,
        remedies: [
          ...(address ? [edits("use-rival", `Use ${endpointText(address)}`, { endpoint: address })] : []),
          copies("free-port", other?.remedy ?? "Give one of the two servers another port"),
        ],
      };
    },
  },
  {
    id: "install.failed-start",
    fits: (s) => (broken(s, "failed-start") ? "certain" : null),
    says: (s) => ({
      title: `${serverName(s.around.server)} ended while it started`,
      explanation: `${s.around.server?.reason ?? ""} ${s.around.server ? logOf(s.around.server) : ""}`.trim(),
      remedies: s.around.server ? startIt(s.around.server) : [],
    }),
  },
];
