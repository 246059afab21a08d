import type { Server } from "../../shared/domain/server";

/** One container made by a real `docker run`, and the card it must become. The answers in recorded/ are of the same ones. */
export interface Situation {
  readonly name: string;
  /** Words between `docker run -d --name NAME` and the image; `null`: `docker create`. */
  readonly args: readonly string[];
  readonly image?: string;
  readonly command?: readonly string[];
  readonly create?: boolean;
  /** What happens to it after its start. */
  readonly after?: "stop" | "kill" | "pause";
  /** Null: no card. */
  readonly card: Card | null;
}

export interface Card {
  readonly state: Server["state"];
  readonly cause?: Server["cause"];
  /** "127.0.0.1:55432"; "chosen": the engine chooses the port. */
  readonly at: readonly string[];
  readonly actions?: Server["actions"];
  readonly credentials?: boolean;
  readonly label?: string;
}

export const IMAGE = "postgres:15";
export const PASSWORD = "pass-word-15";
/** Every character that shells, URLs and environment lists trip over. */
export const SPECIAL = { user: "us-er", password: "p@ss=w:o/r d#$\"'", database: "my-app" } as const;

const signIn = ["-e", "POSTGRES_USER=postgres", "-e", `POSTGRES_PASSWORD=${PASSWORD}`, "-e", "POSTGRES_DB=myapp"];
const loopback = (port: number, inside = 5432): readonly string[] => ["-p", `127.0.0.1:${port}:${inside}`];
const local = (port: number): string => `127.0.0.1:${port}`;

function published(name: string, port: number, more: Partial<Situation> = {}): Situation {
  const { args = [], ...rest } = more;
  return {
    name,
    args: [...signIn, ...loopback(port), ...args],
    card: { state: "running", at: [local(port)] },
    ...rest,
  };
}

const composeLabels = [
  ...["-l", "com.docker.compose.project=app", "-l", "com.docker.compose.service=db"],
  ...["-l", "com.docker.compose.project.working_dir=/home/user/app"],
  ...["-l", "com.docker.compose.project.config_files=/home/user/app/compose.yaml"],
  ...["-l", "com.docker.compose.container-number=1", "-l", "com.docker.compose.oneoff=False"],
];

export const SITUATIONS: readonly Situation[] = [
  published("run-p", 55432),
  { name: "run-p-any", args: [...signIn, "-p", "55433:5432"], card: { state: "running", at: [local(55433)] } },
  { name: "run-P", args: [...signIn, "-P"], card: { state: "running", at: ["chosen"] } },
  { name: "run-random", args: [...signIn, "-p", "127.0.0.1::5432"], card: { state: "running", at: ["chosen"] } },
  {
    name: "run-nopub",
    args: signIn,
    card: { state: "unreachable", cause: "port-not-published", at: [], actions: ["publish"] },
  },
  {
    name: "run-two",
    args: [...signIn, ...loopback(55434), ...loopback(55435), "-p", "127.0.0.1:55436:9999/udp"],
    card: { state: "running", at: [local(55434), local(55435)] },
  },
  {
    name: "run-ip2",
    args: [...signIn, "-p", "127.0.0.2:55437:5432"],
    card: { state: "running", at: ["127.0.0.2:55437"] },
  },
  { name: "run-v6", args: [...signIn, "-p", "[::1]:55438:5432"], card: { state: "running", at: ["[::1]:55438"] } },
  {
    name: "run-host",
    args: [...signIn, "-e", "PGPORT=55439", "--network", "host"],
    command: ["postgres", "-p", "55439", "-c", "listen_addresses=127.0.0.1"],
    card: { state: "running", at: [local(55439)] },
  },
  {
    name: "run-none",
    args: [...signIn, "--network", "none"],
    card: { state: "unreachable", cause: "port-not-published", at: [], actions: ["publish"] },
  },
  {
    name: "run-pgport",
    args: [...signIn, "-e", "PGPORT=6543", ...loopback(55440, 6543)],
    card: { state: "running", at: [local(55440)] },
  },
  {
    name: "run-nopass",
    args: loopback(55441),
    card: { state: "broken", cause: "failed-start", at: [local(55441)], actions: [], credentials: false },
  },
  {
    name: "run-trust",
    args: ["-e", "POSTGRES_HOST_AUTH_METHOD=trust", ...loopback(55442)],
    card: { state: "running", at: [local(55442)] },
  },
  {
    name: "run-special",
    args: [
      ...["-e", `POSTGRES_USER=${SPECIAL.user}`, "-e", `POSTGRES_PASSWORD=${SPECIAL.password}`],
      ...["-e", `POSTGRES_DB=${SPECIAL.database}`, ...loopback(55443)],
    ],
    card: { state: "running", at: [local(55443)] },
  },
  published("run-postgis", 55444, { image: "postgis/postgis:15-3.4" }),
  published("run-reg", 55445, { image: "localhost:5000/team/my-db:1" }),
  published("run-latest", 55446, { image: "postgres" }),
  published("run-untagged", 55447, { image: "postgres:tmp" }),
  published("run-byid", 55448, { image: "ID" }),
  published("run-health", 55449, { args: ["--health-cmd", "pg_isready -U postgres", "--health-interval", "1s"] }),
  published("run-usernet", 55450, { args: ["--network", "appnet"] }),
  published("app-db-1", 55451, {
    args: composeLabels,
    card: { state: "running", at: [local(55451)], label: "app/db" },
  }),
  published("st-created", 55452, {
    create: true,
    card: { state: "stopped", at: [local(55452)], actions: ["start"] },
  }),
  published("st-exited", 55453, {
    after: "stop",
    card: { state: "stopped", at: [local(55453)], actions: ["start"] },
  }),
  published("st-killed", 55454, {
    after: "kill",
    card: { state: "stopped", at: [local(55454)], actions: ["start"] },
  }),
  published("st-paused", 55455, {
    after: "pause",
    card: { state: "paused", at: [local(55455)], actions: ["unpause"] },
  }),
  {
    name: "st-restart",
    args: [...loopback(55456), "--restart", "always"],
    command: ["bash", "-c", "sleep 0.2; exit 3"],
    card: { state: "broken", cause: "restarting", at: [local(55456)], actions: [], credentials: false },
  },
  published("st-conflict", 55432, {
    card: { state: "stopped", cause: "port-taken", at: [local(55432)], actions: ["start", "publish"] },
  }),
  { name: "not-pg", args: loopback(55457, 80), command: ["sleep", "600"], card: null },
];
