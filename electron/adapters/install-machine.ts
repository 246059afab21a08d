import { createServer } from "node:net";
import { type InstallMachine, PROGRAMS } from "../../shared/domain/install/guide";
import { elevationOf } from "./detect/elevation";
import type { Machine } from "./detect/machine";
import { findProgram } from "./detect/programs";

/** Ports tried for a new server, PostgreSQL's own first. */
const PORTS = Array.from({ length: 100 }, (_, index) => 5432 + index);

/** Node's names as rpm writes them. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "x86_64", arm64: "aarch64", ppc64: "ppc64le" };

/** One value of /etc/os-release (os-release(5)); "" when it is not there. */
function osRelease(text: string, key: string): string {
  const line = text.split("\n").find((one) => one.startsWith(`${key}=`)) ?? "";
  return line
    .slice(key.length + 1)
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2");
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** The first port that is free now, 5432 if it can be. */
export async function freePort(): Promise<number> {
  for (const port of PORTS) if (await isFree(port)) return port;
  return 5432;
}

/** What the guides need to know of this computer; reads files, runs nothing. */
export async function readInstallMachine(machine: Machine): Promise<InstallMachine> {
  const { platform, files } = machine;
  const read = async (file: string): Promise<string> => {
    const answer = platform === "linux" ? await files.readText(file) : null;
    return answer?.kind === "text" ? answer.text : "";
  };
  const [release, kernel, systemd, elevation, port] = await Promise.all([
    read("/etc/os-release"),
    read(machine.path.join(machine.paths.proc, "version")),
    files.lookAt(machine.paths.systemd),
    elevationOf(machine),
    freePort(),
  ]);
  const found = await Promise.all(PROGRAMS.map(async (name) => ((await findProgram(machine, name)) ? name : null)));
  const ids = [osRelease(release, "ID"), ...osRelease(release, "ID_LIKE").split(" ")].filter((id) => id !== "");
  return {
    platform: platform === "darwin" || platform === "linux" || platform === "win32" ? platform : "other",
    distribution: ids,
    codename: osRelease(release, "VERSION_CODENAME") || null,
    release: Number.parseInt(osRelease(release, "VERSION_ID"), 10) || null,
    architecture: ARCHITECTURES[process.arch] ?? process.arch,
    isWsl: /microsoft/i.test(kernel),
    programs: found.filter((name): name is (typeof PROGRAMS)[number] => name !== null),
    elevation,
    systemd: systemd.kind === "folder",
    freePort: port,
  };
}
