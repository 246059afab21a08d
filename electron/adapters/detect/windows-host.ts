import { defaultRoute, isHyperV, isWsl2 } from "../../../shared/domain/detect/windows-host";
import type { DetectSource } from "../../use-cases/detection";
import { asTheyFinish } from "./as-they-finish";
import { readProc } from "./files";
import type { Machine } from "./machine";

const ID = "windows-host";
/** Windows is on the same computer: it answers at once, or its firewall swallows the question. */
const PROBE_MS = 300;
/** What EDB's installer takes, and takes next. */
const PORTS = [5432, 5433] as const;

/** Windows' address as WSL 2 sees it; null outside WSL 2, and where both sides share one localhost. */
async function windowsAddress(machine: Machine): Promise<string | null> {
  const { proc } = machine.paths;
  if (machine.platform !== "linux" || !isWsl2(readProc(`${proc}/version`) ?? "")) return null;
  const route = defaultRoute(readProc(`${proc}/net/route`) ?? "");
  if (route === null) return null;
  const address = await machine.files.readText(`/sys/class/net/${route.device}/address`);
  return address.kind === "text" && isHyperV(address.text) ? route.gateway : null;
}

/** Servers of Windows, seen from inside WSL 2: there, localhost is another computer. */
export const windowsHostSource = (machine: Machine): DetectSource => ({
  id: ID,
  title: "Windows, outside WSL",
  timeLimitMs: 2000,
  explains: false,
  async *find() {
    const host = await windowsAddress(machine);
    if (host === null) return;
    yield* asTheyFinish(
      PORTS.map((port) => async () => {
        const endpoint = { host, port };
        if ((await machine.probe(endpoint, PROBE_MS)).kind !== "postgresql") return null;
        return {
          kind: "server",
          finding: {
            pid: null,
            uid: null,
            reaches: [endpoint],
            accesses: [],
            server: {
              id: `windows:${port}`,
              origin: "windows",
              label: `Windows, outside WSL · port ${port}`,
              version: null,
              state: "running",
              endpoints: [endpoint],
              dataDirectory: null,
              reason: "It runs on Windows; from inside WSL localhost does not lead to it, this address does.",
              actions: [],
              startCommand: null,
              canStart: false,
              credentialsKnown: false,
              cause: null,
              evidence: [{ kind: "address", label: "Address", text: `${host}:${port}` }],
              remedy: null,
            },
          },
        } as const;
      }),
    );
  },
});
