import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { localFiles, type MachineFiles } from "../../electron/adapters/detect/files";

export interface Served {
  /** The Unix socket it listens on. */
  readonly socketPath: string;
  readonly folder: string;
  /** Requests so far: "GET /containers/json?all=1". */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** This computer's files, but for sockets of its own engines: those outside the given places are not there. */
export const onlyIn = (places: readonly string[]): MachineFiles => ({
  ...localFiles,
  lookAt: async (file) =>
    places.some((place) => file.startsWith(place)) ? localFiles.lookAt(file) : { kind: "missing", uid: null },
});

/** An HTTP server on a Unix socket in a folder of its own: stands in for engines this computer cannot run. */
export async function serve(answer: RequestListener): Promise<Served> {
  const folder = await mkdtemp(path.join(tmpdir(), "aksara-engine-"));
  const socketPath = path.join(folder, "engine.sock");
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    socketPath,
    folder,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Recorded {
  readonly path: string;
  readonly server: string;
  readonly body: unknown;
}

/** The answers recorded from an engine (see recorded/README.md). */
export function recorded(engine: "docker-20.10" | "podman-4.3"): readonly Recorded[] {
  const file = fileURLToPath(new URL(`recorded/${engine}.ndjson`, import.meta.url));
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Recorded);
}

type Fields = Readonly<Record<string, unknown>>;

/** One recorded container: its entry in the list and what inspect said of it. */
export function recordedContainer(
  engine: "docker-20.10" | "podman-4.3",
  name: string,
): { readonly listed: Fields; readonly details: Fields } {
  const [list, ...inspections] = recorded(engine);
  const listed = (list?.body as readonly Fields[] | undefined)?.find(({ Names }) => String(Names) === `/${name}`);
  const details = inspections.map(({ body }) => body as Fields).find(({ Name }) => Name === `/${name}`);
  if (!listed || !details) throw new Error(`${name} was not recorded`);
  return { listed, details };
}

/** Plays recorded answers back by path; logs are empty, everything else is 404. No engine: nothing changes by asking. */
export function playBack(engine: "docker-20.10" | "podman-4.3"): RequestListener {
  const answers = new Map(recorded(engine).map((one) => [one.path, one]));
  return (request, response) => {
    const target = (request.url ?? "").replace(/\?.*$/, "");
    const found = answers.get(target);
    response.setHeader("Server", found?.server ?? [...answers.values()][0]?.server ?? "");
    if (target.endsWith("/logs")) return void response.end();
    response.statusCode = found ? 200 : 404;
    response.end(JSON.stringify(found?.body ?? { message: `No such container: ${target}` }));
  };
}
