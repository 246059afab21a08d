import { judgeAnswer } from "../../../shared/domain/detect/answer";
import { wantedEndpoints } from "../../../shared/domain/detect/cluster-conf";
import { type PostmasterPid, parsePostmasterPid } from "../../../shared/domain/detect/postmaster-pid";
import type { Endpoint } from "../../../shared/domain/endpoint";
import type { Detected, DetectSource } from "../../use-cases/detection";
import { anonymousFinding } from "./anonymous";
import { asTheyFinish } from "./as-they-finish";
import type { Surroundings } from "./cluster";
import type { Machine } from "./machine";
import type { PostgresProcess } from "./processes";
import { socketAccesses } from "./socket-accesses";
import { knockingOnce, surroundingsOf } from "./surroundings";

const ID = "processes";
const PROBE_MS = 1000;
const TOOL_MS = 2000;
/** A postmaster's command line is far shorter; others need not be read to their end. */
const LINE_LIMIT = 4096;

/** `ps -axo pid=,uid=,args=`: the postmasters, told by their program and `-D` (macOS has no /proc). */
export function processesOfPs(text: string): readonly PostgresProcess[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\s*(\d{1,10})\s+(\d{1,10})\s+(.*(?:^|\/)postgres)(?:\s+(.*))?$/.exec(line.slice(0, LINE_LIMIT));
    const flag = /(?:^|\s)-D\s*(.+?)(?=\s+-[a-zA-Z]\b|$)/.exec(match?.[4] ?? "");
    if (!match || !flag) return [];
    const dataDirectory = (flag[1] ?? "").replace(/^"(.*)"$/, "$1");
    if (!dataDirectory.startsWith("/")) return [];
    return [{ pid: Number(match[1]), uid: Number(match[2]), dataDirectory, version: null, inodes: null }];
  });
}

/** The addresses a server holds by its open sockets; where those cannot be seen, the one its pid file names first. */
function addressesOf(
  { inodes }: PostgresProcess,
  { port, socketDirectory, listenAddress }: PostmasterPid & { readonly port: number },
  { listeners }: Surroundings,
): readonly Endpoint[] {
  const socketDirectories = socketDirectory === null ? [] : [socketDirectory];
  const held = (listeners ?? []).filter((one) => one.port === port && one.inode !== null && inodes?.has(one.inode));
  const listenAddresses =
    listeners && inodes
      ? held.map(({ address }) => address)
      : listenAddress === ""
        ? []
        : [listenAddress ?? "localhost"];
  return wantedEndpoints({ dataDirectory: null, externalPidFile: null, port, socketDirectories, listenAddresses });
}

async function runningServers(machine: Machine, context: Parameters<DetectSource["find"]>[0]) {
  if (machine.platform !== "darwin") return (await surroundingsOf(machine, context)).processes;
  const answer = await machine.runTool("/bin/ps", ["-axo", "pid=,uid=,args="], {
    timeoutMs: TOOL_MS,
    signal: context.signal,
  });
  return answer.kind === "output" ? processesOfPs(answer.text) : [];
}

function told(isStarting: boolean, silent: Endpoint | undefined) {
  if (silent) return judgeAnswer(silent, { kind: "timeout" });
  if (!isStarting) return { state: "running", reason: null } as const;
  const remedy = "Wait until it is ready.";
  return { state: "starting", reason: "It is starting up.", remedy } as const;
}

async function look(machine: Machine, one: PostgresProcess, around: Surroundings): Promise<Detected | null> {
  if (one.dataDirectory === null) return null;
  const read = await machine.files.readText(machine.path.join(one.dataDirectory, "postmaster.pid"));
  const file = read.kind === "text" ? parsePostmasterPid(read.text) : null;
  if (file?.pid !== one.pid || file.port === null) return null;
  const { port } = file;
  const wanted = addressesOf(one, { ...file, port }, around);
  const answers = await Promise.all(wanted.map((endpoint) => machine.probe(endpoint, PROBE_MS)));
  const endpoints = wanted.filter((_, index) => answers[index]?.kind === "postgresql");
  const isStarting = file.status === "starting";
  const silent = wanted.find((_, index) => answers[index]?.kind === "timeout");
  if (endpoints.length === 0 && !isStarting && !silent) return null;
  const socket = endpoints.find((endpoint) => "socketDirectory" in endpoint);
  const finding = await anonymousFinding(machine, {
    id: `process:${one.dataDirectory}`,
    origin: "process",
    label: `On port ${port}`,
    ...told(isStarting, endpoints.length === 0 ? silent : undefined),
    endpoints: endpoints.length > 0 ? endpoints : wanted,
    uid: one.uid,
    process: one,
    accesses: socket ? socketAccesses(machine, socket) : [],
  });
  return { kind: "server", finding };
}

/** Running postmasters whose data directory may be read: servers started by hand, wherever they are. */
export const processesSource = (machine: Machine): DetectSource => ({
  id: ID,
  title: "Running processes",
  timeLimitMs: 3000,
  explains: false,
  async *find(context) {
    if (machine.platform === "win32") return;
    const [processes, around] = await Promise.all([runningServers(machine, context), surroundingsOf(machine, context)]);
    const shared = knockingOnce(machine, context);
    yield* asTheyFinish(processes.map((one) => () => look(shared, one, around)));
  },
});
