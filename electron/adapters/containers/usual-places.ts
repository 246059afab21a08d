import { printable } from "../../../shared/domain/containers/raw";
import type { Machine } from "../detect/machine";

/** Colima's folder, with a folder a profile in it: its own variable, its usual place, or the one for settings (Colima's FAQ). */
const colimaFolders = ({ environment, home, path }: Machine): readonly string[] => [
  ...(environment.COLIMA_HOME ? [environment.COLIMA_HOME] : []),
  path.join(home, ".colima"),
  path.join(environment.XDG_CONFIG_HOME || path.join(home, ".config"), "colima"),
];

async function colima(machine: Machine): Promise<readonly Usual[]> {
  const { files, path } = machine;
  const listings = await Promise.all(
    colimaFolders(machine).map(async (folder) => ({ folder, listing: await files.listFolder(folder) })),
  );
  return listings.flatMap(({ folder, listing }) =>
    (listing.kind === "names" ? listing.names : []).map(
      (name): Usual => [
        name === "default" ? "colima" : `colima-${printable(name)}`,
        "Colima",
        path.join(folder, name, "docker.sock"),
      ],
    ),
  );
}

/** Podman's machine on macOS forwards its engine to a socket: in the folder for temporary files since 5, before that in its data. */
const podmanMachine = ({ environment, home, path, platform }: Machine): readonly Usual[] =>
  platform === "darwin"
    ? [
        ...(environment.TMPDIR
          ? [["podman", "Podman", path.join(environment.TMPDIR, "podman", "podman-machine-default-api.sock")] as const]
          : []),
        ["podman", "Podman", path.join(home, ".local/share/containers/podman/machine/podman.sock")],
      ]
    : [];

/** The person's folder for sockets; sessions without one of their own (ssh, cron) may not name it. */
const runtimeFolder = ({ environment, platform, uid }: Machine): string | undefined =>
  environment.XDG_RUNTIME_DIR || (platform === "linux" && uid ? `/run/user/${uid}` : undefined);

type Usual = readonly [key: string, title: string, path: string];

/** The places engines choose by themselves (Docker, Docker Desktop, OrbStack, Rancher Desktop, Colima, Podman). */
export async function usualPlaces(machine: Machine): Promise<readonly Usual[]> {
  const { platform, home, path, uid } = machine;
  if (platform === "win32") {
    return [
      ["default", "Docker", "\\\\.\\pipe\\docker_engine"],
      ["podman", "Podman", "\\\\.\\pipe\\podman-machine-default"],
    ];
  }
  const runtime = runtimeFolder(machine);
  const podman: Usual[] = runtime ? [["podman", "Podman", path.join(runtime, "podman", "podman.sock")]] : [];
  const rootPodman: Usual = [
    uid === 0 || podman.length === 0 ? "podman" : "podman-root",
    "Podman",
    "/run/podman/podman.sock",
  ];
  return [
    ["default", "Docker", "/var/run/docker.sock"],
    ["desktop", "Docker Desktop", path.join(home, ".docker", "run", "docker.sock")],
    ["desktop", "Docker Desktop", path.join(home, ".docker", "desktop", "docker.sock")],
    ["orbstack", "OrbStack", path.join(home, ".orbstack", "run", "docker.sock")],
    ["rancher", "Rancher Desktop", path.join(home, ".rd", "docker.sock")],
    ...(await colima(machine)),
    ...podmanMachine(machine),
    ...(runtime ? [["rootless", "Docker", path.join(runtime, "docker.sock")] as const] : []),
    ...(uid === 0
      ? [rootPodman, ...podman.map(([, ...rest]): Usual => ["podman-user", ...rest])]
      : [...podman, rootPodman]),
  ];
}
