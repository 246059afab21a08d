import { createHash } from "node:crypto";
import { parseEngineHost } from "../../../shared/domain/containers/engine-host";
import { fieldsOf, printable, textOf } from "../../../shared/domain/containers/raw";
import type { Machine } from "../detect/machine";
import type { EnginePlace } from "./places";

export const configFolder = ({ environment, home, path }: Machine): string =>
  environment.DOCKER_CONFIG || path.join(home, ".docker");

/** A context of the client: named by DOCKER_CONTEXT or config.json; its Host is in a folder named by its SHA-256. */
export async function readContext(
  machine: Machine,
): Promise<{ readonly name: string; readonly meta: unknown; readonly tls: string } | null> {
  const { environment, files, path } = machine;
  const folder = configFolder(machine);
  const config = await files.readText(path.join(folder, "config.json"), 1024 * 1024);
  const current =
    environment.DOCKER_CONTEXT || textOf(fieldsOf(json(config.kind === "text" ? config.text : "")).currentContext);
  if (current === "" || current === "default") return null;
  const hash = createHash("sha256").update(current).digest("hex");
  const read = await files.readText(path.join(folder, "contexts", "meta", hash, "meta.json"));
  const meta = read.kind === "text" ? json(read.text) : null;
  return { name: printable(current), meta, tls: path.join(folder, "contexts", "tls", hash, "docker") };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** How many contexts are read; nobody has more engines. */
const MOST_CONTEXTS = 50;

/**
 * Engines of this computer that other contexts of the client name: Colima's, Docker Desktop's, one's own. What they say
 * of other computers is left alone: nobody asked for those.
 */
export async function fromContexts(machine: Machine): Promise<readonly EnginePlace[]> {
  const { files, path } = machine;
  const folder = path.join(configFolder(machine), "contexts", "meta");
  const listing = await files.listFolder(folder);
  if (listing.kind !== "names") return [];
  const names = listing.names.filter((name) => /^[0-9a-f]{64}$/.test(name)).slice(0, MOST_CONTEXTS);
  const metas = await Promise.all(
    names.map(async (name) => {
      const read = await files.readText(path.join(folder, name, "meta.json"));
      return fieldsOf(read.kind === "text" ? json(read.text) : null);
    }),
  );
  return metas.flatMap((meta) => {
    const name = textOf(meta.Name);
    const host = parseEngineHost(textOf(fieldsOf(fieldsOf(meta.Endpoints).docker).Host), false);
    if (!CONTEXT_NAME.test(name) || host.kind !== "address" || host.address.kind !== "local") return [];
    return [
      { ...{ key: name, title: "Docker", address: host.address, certificates: null, verify: true, namedBy: null } },
    ];
  });
}

/** The client's own rule for the names of contexts. */
const CONTEXT_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/;
