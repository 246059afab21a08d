import type { Detected, DetectSource, Finding } from "../../use-cases/detection";
import { asTheyFinish, type Work } from "./as-they-finish";
import { seenAt } from "./evidence";
import type { Installation, Installer } from "./installation";
import { lookAtInstallation } from "./installation-finding";
import type { Machine } from "./machine";
import { knockingOnce, surroundingsOf } from "./surroundings";

/** Time one cluster's files and sockets get; the others of its installer do not wait for it. */
const LOOK_MS = 1500;

/** The card of a cluster whose files or sockets keep silent: a network share that is gone, a disk that hangs. */
function silent({ id, origin, label, version, place }: Installation): Finding {
  const { dataDirectory, configuration } = place;
  return {
    pid: null,
    uid: null,
    reaches: [],
    accesses: [],
    server: {
      id,
      origin,
      label,
      version: version ?? place.version,
      state: "unreachable",
      endpoints: [],
      dataDirectory,
      reason: `Its files do not answer within ${LOOK_MS / 1000} seconds.`,
      actions: [],
      startCommand: null,
      canStart: false,
      credentialsKnown: false,
      cause: "timed-out",
      evidence: [seenAt("Data directory", dataDirectory), seenAt("Configuration", configuration)],
      remedy: "Look whether its disk or network share answers, then scan again.",
    },
  };
}

/** The look at one cluster, cut off when it hangs. */
async function within(look: Promise<Finding>, installation: Installation): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, LOOK_MS, null);
  });
  return (await Promise.race([look, late]).finally(() => clearTimeout(timer))) ?? silent(installation);
}

/** An installer as a place to look. */
export const installationSource = (machine: Machine, installer: Installer): DetectSource => ({
  id: installer.id,
  title: installer.title,
  timeLimitMs: installer.timeLimitMs,
  explains: true,
  async *find(context) {
    const shared = knockingOnce(machine, context);
    async function* works(): AsyncGenerator<Work<Detected>> {
      for await (const one of installer.list(machine, context)) {
        if (one.kind === "problem") yield async () => one;
        else {
          const { installation } = one;
          yield async () => {
            const look = lookAtInstallation(shared, installation, () => surroundingsOf(machine, context));
            const finding = look.then((looked) => looked.finding);
            return { kind: "server", finding: await within(finding, installation) };
          };
        }
      }
    }
    yield* asTheyFinish(works());
  },
});
