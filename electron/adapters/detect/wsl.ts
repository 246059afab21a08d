import { judgeAnswer } from "../../../shared/domain/detect/answer";
import { clusterSettings } from "../../../shared/domain/detect/cluster-conf";
import { parseWslList } from "../../../shared/domain/detect/windows-registry";
import type { Detected, DetectSource } from "../../use-cases/detection";
import { asTheyFinish } from "./as-they-finish";
import { readClusterConf } from "./cluster-files";
import type { Machine } from "./machine";

const ID = "wsl";
const TOOL_MS = 2000;
const PROBE_MS = 1000;

interface Place {
  readonly distribution: string;
  readonly version: string;
  readonly name: string;
}

/** Debian's clusters in a running distribution, read through the share that WSL gives Windows. */
async function clustersIn(machine: Machine, distribution: string): Promise<readonly Place[]> {
  const root = `\\\\wsl$\\${distribution}\\etc\\postgresql`;
  const versions = await machine.files.listFolder(root);
  if (versions.kind !== "names") return [];
  const found = await Promise.all(
    versions.names
      .filter((version) => /^\d+$/.test(version))
      .map(async (version) => {
        const names = await machine.files.listFolder(`${root}\\${version}`);
        return names.kind === "names" ? names.names.map((name) => ({ distribution, version, name })) : [];
      }),
  );
  return found.flat();
}

async function look(machine: Machine, { distribution, version, name }: Place): Promise<Detected | null> {
  const root = `\\\\wsl$\\${distribution}`;
  const conf = await readClusterConf(machine, `${root}\\etc\\postgresql\\${version}\\${name}\\postgresql.conf`);
  if (conf.failure !== null) return null;
  const { port } = clusterSettings(conf.values);
  // Windows forwards its own localhost into WSL; whether it is this server that answers there, its pid file says.
  const endpoint = { host: "127.0.0.1", port };
  const pid = await machine.files.lookAt(`${root}\\run\\postgresql\\${version}-${name}.pid`);
  const up = pid.kind === "file";
  const answer = up ? await machine.probe(endpoint, PROBE_MS) : null;
  const judged = answer ? judgeAnswer(endpoint, answer) : { state: "stopped" as const, reason: null };
  return {
    kind: "server",
    finding: {
      pid: null,
      uid: null,
      reaches: up ? [endpoint] : [],
      accesses: [],
      server: {
        id: `wsl:${distribution}/${version}/${name}`,
        origin: "wsl",
        label: `WSL ${distribution} · cluster ${version}/${name}`,
        version,
        state: judged.state,
        endpoints: [endpoint],
        dataDirectory: null,
        reason: judged.reason ?? "Inside WSL.",
        actions: [],
        startCommand: up ? null : `wsl -d ${distribution} -u root pg_ctlcluster ${version} ${name} start`,
        canStart: false,
        credentialsKnown: false,
        remedy: up ? null : `Start it inside ${distribution}: sudo pg_ctlcluster ${version} ${name} start.`,
      },
    },
  };
}

/** Servers inside WSL, seen from Windows. A distribution that does not run is left asleep, and said. */
export const wslSource = (machine: Machine): DetectSource => ({
  id: ID,
  title: "WSL",
  timeLimitMs: 4000,
  explains: true,
  async *find({ signal }) {
    if (machine.platform !== "win32") return;
    const program = machine.path.join(machine.environment.SystemRoot || "C:\\Windows", "System32", "wsl.exe");
    const limits = { timeoutMs: TOOL_MS, signal, encoding: "utf16le" } as const;
    const answer = await machine.runTool(program, ["--list", "--verbose"], limits);
    if (answer.kind === "timeout") {
      yield { kind: "problem", problem: { source: ID, kind: "timed-out", message: "WSL does not answer." } };
      return;
    }
    if (answer.kind !== "output") return;
    // Docker Desktop keeps distributions of its own, without PostgreSQL in them.
    const distributions = parseWslList(answer.text).filter(({ name }) => !name.startsWith("docker-desktop"));
    for (const { name } of distributions.filter(({ running }) => !running)) {
      const message = `WSL's ${name} does not run, so nothing in it was looked at. Start it, and it is.`;
      yield { kind: "problem", problem: { source: ID, kind: "unreadable", message } };
    }
    const running = distributions.filter((one) => one.running);
    const places = (await Promise.all(running.map(({ name }) => clustersIn(machine, name)))).flat();
    yield* asTheyFinish(places.map((place) => look(machine, place)));
  },
});
