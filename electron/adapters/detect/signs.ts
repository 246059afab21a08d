import { isSocket } from "../../../shared/domain/endpoint";
import type { Server } from "../../../shared/domain/server";
import { readListeners } from "./listeners";
import type { Machine } from "./machine";
import { USUAL_PORTS } from "./ports";
import { SOCKET_NAME } from "./sockets";

/** Listeners on ports that matter, by address and socket: a restarted server has another socket. */
async function listening(machine: Machine, servers: readonly Server[]): Promise<readonly string[]> {
  const ports = new Set([...USUAL_PORTS, ...servers.flatMap(({ endpoints }) => endpoints.map(({ port }) => port))]);
  const listeners = (await readListeners(machine)) ?? [];
  return listeners
    .filter(({ port }) => ports.has(port))
    .map(({ address, port, inode }) => `${address} ${port} ${inode}`);
}

async function sockets(machine: Machine, servers: readonly Server[]): Promise<readonly string[]> {
  const named = servers.flatMap(({ endpoints }) => endpoints.filter(isSocket).map((one) => one.socketDirectory));
  const folders = [...new Set([...machine.paths.socketDirectories, ...named])];
  const listings = await Promise.all(folders.map((folder) => machine.files.listFolder(folder)));
  return listings.flatMap((listing, index) =>
    listing.kind === "names"
      ? listing.names.filter((name) => SOCKET_NAME.test(name)).map((name) => `${folders[index]}/${name}`)
      : [],
  );
}

/** The pid files of known servers: they come, change their status line, and go with the server. */
async function pidFiles(machine: Machine, servers: readonly Server[]): Promise<readonly string[]> {
  const folders = servers.flatMap(({ dataDirectory }) => (dataDirectory === null ? [] : [dataDirectory]));
  const read = await Promise.all(
    folders.map((folder) => machine.files.readText(machine.path.join(folder, "postmaster.pid"))),
  );
  return read.map((file, index) => `${folders[index]} ${file.kind === "text" ? file.text : file.kind}`);
}

/** Clusters of Debian that were made or dropped. */
async function clusters(machine: Machine): Promise<readonly string[]> {
  const versions = await machine.files.listFolder(machine.paths.clusters);
  if (versions.kind !== "names") return [];
  const names = await Promise.all(
    versions.names.map((version) => machine.files.listFolder(machine.path.join(machine.paths.clusters, version))),
  );
  return names
    .flatMap((listing, index) => (listing.kind === "names" ? [versions.names[index], ...listing.names] : []))
    .filter((name) => name !== undefined);
}

/**
 * A text that stays equal while no server starts, stops, appears or goes: who listens on ports that matter, the socket
 * files, the pid files of known servers, and the clusters that are configured. No program is run and nobody is knocked on.
 */
export async function readSigns(machine: Machine, servers: readonly Server[]): Promise<string> {
  const all = await Promise.all([
    listening(machine, servers),
    sockets(machine, servers),
    pidFiles(machine, servers),
    clusters(machine),
  ]);
  return all.map((part) => [...part].sort().join("\n")).join("\n\n");
}
