import { copies } from "../../diagnose/remedies";
import type { WordTable } from "./word";

const copy = (...args: Parameters<typeof copies>) => copies(...args).remedy;

/** Why a server does not start, and what its container engine says. */
export const installWords: WordTable = {
  "install.incompatible-data": {
    title: () => "The data belongs to another major version of PostgreSQL",
    explanation: () =>
      "The server does not start on it, and leaves it as it is. Start the version that made it, then dump and restore or run pg_upgrade.",
  },
  "install.not-initialised": {
    title: () => "The server has no data directory yet",
    explanation: () =>
      "The folder is empty or no database cluster, or the image got no POSTGRES_PASSWORD to make one with.",
  },
  "install.stale-pid": {
    title: () => "Another server uses this data directory, or a crash left its lock file",
    explanation: () =>
      "The lock file (postmaster.pid) names the process. Only when that process is gone may the file go, by hand.",
  },
  "install.port-taken": {
    title: () => "The port is taken",
    explanation: () =>
      "Another server or container listens there already. Stop that one, or give this one another port.",
    remedies: () => [copy("list-listeners", "List what listens on this computer", { commands: ["ss -ltnp"] })],
  },
  "install.bad-configuration": {
    title: () => "The server's configuration has a mistake",
    explanation: () => "The line before the last one of its log names the file and the line.",
  },
  "install.permissions": {
    title: () => "The data directory has the wrong rights or owner",
    explanation: () => "It must belong to the user the server runs as, and be closed to others (0700 or 0750).",
  },
  "install.as-root": {
    title: () => "PostgreSQL does not run as root",
    explanation: () => "Start it as the user its data belongs to, most often postgres.",
  },
  "install.disk-full": {
    title: () => "The disk is full",
    explanation: () => "The server can write no more. Free some space; never delete in the data directory by hand.",
    remedies: () => [copy("disk-space", "See how full the disks are", { commands: ["df -h"] })],
  },
  "install.damaged": {
    title: () => "The data directory is damaged or incomplete",
    explanation: () =>
      "Files that the server needs are missing or unreadable. Keep it as it is, and restore from a backup.",
  },
  "install.no-memory": {
    title: () => "The server gets no shared memory",
    explanation: () => "The system or the container allows too little for shared_buffers and max_connections.",
  },
  "install.engine-down": {
    title: () => "Docker is not running",
    explanation: () =>
      "The container engine does not answer, so no container can. Start Docker Desktop, or the service.",
    remedies: () => [copy("start-docker", "On Linux", { commands: ["sudo systemctl start docker"] }, "administrator")],
  },
  "install.engine-denied": {
    title: () => "This user may not speak to Docker",
    explanation: () => "Its socket belongs to root and the group docker. Who is in that group has root's rights.",
  },
  "install.container-missing": {
    title: () => "There is no such container",
    explanation: () => "It was removed, has another name, or belongs to another context of the engine.",
    remedies: () => [copy("list-containers", "List all containers", { commands: ["docker ps --all"] })],
  },
  "install.container-name-taken": {
    title: () => "A container of that name is already there",
    explanation: () => "Start that one; its data is in it or in its volume.",
    remedies: () => [copy("list-containers", "List all containers", { commands: ["docker ps --all"] })],
  },
};
