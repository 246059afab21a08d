import type { Endpoint } from "../../../shared/domain/endpoint";
import type { Server } from "../../../shared/domain/server";
import type { Secret } from "../../../shared/domain/target";
import type { Finding } from "../../use-cases/detection";
import type { Access } from "../../use-cases/ports";
import { inside, MAJOR, socketDirectoryIn } from "./layout";
import type { Observed } from "./observe";

type Present = Exclude<Observed, { kind: "absent" | "foreign" }>;

/** What the card says beside what was observed. */
interface Known {
  readonly platform: NodeJS.Platform;
  readonly folder: string;
  readonly version: string | null;
  readonly password: Secret | null;
  /** Null when the app's programs are missing. */
  readonly startCommand: string | null;
}

const ACTIONS: Readonly<Record<Present["kind"], Server["actions"]>> = {
  running: ["stop", "delete"],
  starting: ["stop", "delete"],
  stopped: ["start", "delete"],
  broken: ["delete"],
  "no-permission": [],
};

function reasonOf(observed: Present, known: Known): string | null {
  if (observed.kind === "broken" || observed.kind === "no-permission") return observed.reason;
  if (known.password === null) return `Its password file ${inside(known.folder).password} cannot be read.`;
  if (observed.kind === "stopped" && known.startCommand === null)
    return "The PostgreSQL programs of the app are missing.";
  return null;
}

/** The private server as a finding. */
export function privateFinding(observed: Present, known: Known): Finding {
  const port = "port" in observed ? observed.port : null;
  const socketDirectory = socketDirectoryIn(known.folder, known.platform);
  const hasSocket = observed.kind === "stopped" || ("socket" in observed && observed.socket);
  const endpoints: readonly Endpoint[] =
    port === null || port === 0
      ? []
      : [{ host: "127.0.0.1", port }, ...(socketDirectory && hasSocket ? [{ socketDirectory, port }] : [])];
  const { password } = known;
  const access: readonly Access[] =
    observed.kind === "running" && password
      ? [
          {
            kind: "wire",
            endpoint: { host: "127.0.0.1", port: observed.port },
            user: "postgres",
            password,
            sslmode: "prefer",
            parameters: {},
          },
        ]
      : [];
  const startable = observed.kind === "stopped" && known.startCommand !== null;
  return {
    pid: "pid" in observed ? observed.pid : null,
    uid: null,
    reaches: endpoints,
    accesses: access,
    server: {
      id: `private:${MAJOR}`,
      origin: "private",
      label: `Private PostgreSQL ${MAJOR}`,
      version: known.version ?? MAJOR,
      state: observed.kind,
      endpoints,
      dataDirectory: inside(known.folder).data,
      reason: reasonOf(observed, known),
      actions: observed.kind === "stopped" && !startable ? ["delete"] : ACTIONS[observed.kind],
      startCommand: startable ? known.startCommand : null,
      canStart: startable,
      credentialsKnown: password !== null,
    },
  };
}
