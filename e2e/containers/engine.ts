import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const { ENGINE_STATE, ENGINE_PROGRAMS, ENGINE_IMAGE, ENGINE_POSTGRES } = process.env;

/** Why no engine can be started here, to skip tests with that reason; null when one can. */
export const whyNoEngine = (): string | null =>
  ENGINE_STATE && ENGINE_PROGRAMS && ENGINE_IMAGE
    ? null
    : "run by scripts/engine-tests.mjs only, apart from this computer";

export interface TestEngine {
  readonly socketPath: string;
  /** As DOCKER_HOST takes it. */
  readonly host: string;
  /** Runs the real `docker` client; its output. Throws with its words. */
  docker(...args: readonly string[]): Promise<string>;
  /** Runs lines of a shell with `docker` at this engine; their output. */
  shell(lines: readonly string[]): Promise<string>;
  /** Stops the engine's process where it is (SIGSTOP); requests hang. */
  freeze(): void;
  thaw(): void;
  /** Ends it at once (SIGKILL): its socket stays behind. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  /** False: no network but the computer's own, nothing can be published; starts sooner. */
  readonly bridge?: boolean;
  /** Further flags of dockerd. */
  readonly flags?: readonly string[];
}

const READY_MS = 30_000;

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: "/_ping" }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.once("error", () => resolve(false));
    asked.end();
  });
}

async function untilReady(child: ChildProcess, socketPath: string, log: string): Promise<void> {
  const until = Date.now() + READY_MS;
  while (child.exitCode === null && Date.now() < until) {
    if (await answers(socketPath)) return;
    await wait(50);
  }
  throw new Error(`the engine did not start:\n${readFileSync(log, "utf8").slice(-2000)}`);
}

/**
 * Starts a real Docker Engine (Debian's dockerd) of its own: state, socket and control groups in a folder that goes with
 * the namespaces. Published ports are on this namespace's loopback, served by docker-proxy.
 */
export async function startEngine({ bridge = true, flags = [] }: Options = {}): Promise<TestEngine> {
  const reason = whyNoEngine();
  if (reason) throw new Error(reason);
  const folder = await mkdtemp(path.join(ENGINE_STATE as string, "e"));
  // As in /run: whoever is not root sees the socket and may not open it.
  await chmod(folder, 0o711);
  const socketPath = path.join(folder, "docker.sock");
  const host = `unix://${socketPath}`;
  const log = path.join(folder, "log");
  await mkdir(path.join(folder, "tmp"));
  await writeFile(path.join(folder, "daemon.json"), "{}");
  const PATH = `${ENGINE_PROGRAMS}:${process.env.PATH}`;
  const output = openSync(log, "a");
  const state = ["--data-root", "data", "--exec-root", "exec", "--pidfile", "pid", "--config-file", "daemon.json"];
  const args = state.map((word) => (word.startsWith("--") ? word : path.join(folder, word)));
  // Control groups are found again by this name when the namespaces are gone (scripts/engine/apart.sh).
  args.push("--cgroup-parent", `/${path.basename(ENGINE_STATE as string)}/${path.basename(folder)}`);
  args.push("--iptables=false", ...(bridge ? [] : ["--bridge=none"]), "-H", host, ...flags);
  const child = spawn(path.join(ENGINE_PROGRAMS as string, "dockerd"), args, {
    env: { PATH, HOME: folder, TMPDIR: path.join(folder, "tmp") },
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  await untilReady(child, socketPath, log);
  const env = { PATH, HOME: folder, DOCKER_HOST: host, DOCKER_CONFIG: folder };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  return {
    socketPath,
    host,
    docker: async (...words) => (await run("docker", [...words], { env, maxBuffer: 1e8 })).stdout.trim(),
    shell: async (lines) => (await run("bash", ["-ec", lines.join("\n")], { env })).stdout.trim(),
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

/** Makes the image `name` out of this computer's PostgreSQL, laid out as the official image is. */
export async function importImage(engine: TestEngine, name: string): Promise<void> {
  const changes = [
    `ENV PATH=/usr/lib/postgresql/${ENGINE_POSTGRES}/bin:/usr/local/bin:/usr/bin:/bin`,
    "ENV PGDATA=/var/lib/postgresql/data",
    `ENV PG_MAJOR=${ENGINE_POSTGRES}`,
    "EXPOSE 5432",
    "VOLUME /var/lib/postgresql/data",
    'ENTRYPOINT ["docker-entrypoint.sh"]',
    'CMD ["postgres"]',
  ];
  const files = spawn("tar", ["-C", ENGINE_IMAGE as string, "-c", "."], { stdio: ["ignore", "pipe", "inherit"] });
  const imported = spawn(
    path.join(ENGINE_PROGRAMS as string, "docker"),
    ["-H", engine.host, "import", ...changes.flatMap((change) => ["-c", change]), "-", name],
    { stdio: ["pipe", "ignore", "inherit"] },
  );
  const ended = once(imported, "exit");
  await pipeline(files.stdout, imported.stdin);
  const [code] = await ended;
  if (code !== 0) throw new Error(`docker import ended with exit code ${code}`);
}
