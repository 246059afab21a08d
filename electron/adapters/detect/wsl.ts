import { printable } from "../../../shared/domain/containers/raw";
import { judgeAnswer } from "../../../shared/domain/detect/answer";
import { clusterSettings } from "../../../shared/domain/detect/cluster-conf";
import { parseWslNames } from "../../../shared/domain/detect/windows-registry";
import type { Detected, DetectSource } from "../../use-cases/detection";
import { asTheyFinish, type Work } from "./as-they-finish";
import { readClusterConf } from "./cluster-files";
import type { Machine } from "./machine";

const ID = "wsl";
const TOOL_MS = 2000;
const PROBE_MS = 1000;

/** Names of clusters that need no quotes in any shell. */
const PLAIN = /^[\w.-]+$/;

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
  const configuration = `${root}\\etc\\postgresql\\${version}\\${name}\\postgresql.conf`;
  const conf = await readClusterConf(machine, configuration, null);
  if (conf.failure !== null) return null;
  const { port } = clusterSettings(conf.values);
  // Windows forwards its own localhost into WSL; whether it is this server that answers there, its pid file says.
  const endpoint = { host: "127.0.0.1", port };
  const pid = await machine.files.lookAt(`${root}\\run\\postgresql\\${version}-${name}.pid`);
  const up = pid.kind === "file";
  const answer = up ? await machine.probe(endpoint, PROBE_MS) : null;
  const stopped = { state: "stopped", reason: null, cause: null, evidence: [], remedy: null } as const;
  const judged = answer ? judgeAnswer(endpoint, answer) : stopped;
  const start = `pg_ctlcluster ${version} ${name} start`;
  return {
    kind: "server",
    finding: {
      pid: null,
      uid: null,
      reaches: up ? [endpoint] : [],
      accesses: [],
      server: {
        id: `wsl:${distribution}/${version}/${printable(name)}`,
        origin: "wsl",
        label: printable(`WSL ${distribution} · cluster ${version}/${name}`),
        version,
        state: judged.state,
        endpoints: [endpoint],
        dataDirectory: null,
        reason: judged.reason ?? "Inside WSL.",
        actions: [],
        startCommand: up || !PLAIN.test(name) ? null : `wsl -d ${distribution} -u root ${start}`,
        canStart: false,
        credentialsKnown: false,
        cause: judged.cause,
        evidence: [{ kind: "path", label: "Configuration", text: printable(configuration, 400) }, ...judged.evidence],
        remedy: up ? judged.remedy : printable(`Start it inside ${distribution}: sudo ${start}.`, 400),
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
    const ask = (...args: string[]) => machine.runTool(program, ["--list", "--quiet", ...args], limits);
    // In every language of Windows the lists differ by their option alone, not by a word in them.
    const [all, running] = await Promise.all([ask(), ask("--running")]);
    if (all.kind === "timeout" || running.kind === "timeout") {
      yield { kind: "problem", problem: { source: ID, kind: "timed-out", message: "WSL does not answer." } };
      return;
    }
    if (all.kind !== "output") return;
    // With nothing running, wsl.exe says so in words and fails.
    const awake = new Set(running.kind === "output" ? parseWslNames(running.text) : []);
    // Docker Desktop keeps distributions of its own, without PostgreSQL in them.
    const distributions = parseWslNames(all.text).filter((name) => !name.startsWith("docker-desktop"));
    for (const name of distributions.filter((one) => !awake.has(one))) {
      const message = `WSL's ${name} does not run, so nothing in it was looked at. Start it, and it is.`;
      yield { kind: "problem", problem: { source: ID, kind: "unreadable", message } };
    }
    async function* works(): AsyncGenerator<Work<Detected>> {
      for (const name of distributions.filter((one) => awake.has(one)))
        for (const place of await clustersIn(machine, name)) yield () => look(machine, place);
    }
    yield* asTheyFinish(works());
  },
});
