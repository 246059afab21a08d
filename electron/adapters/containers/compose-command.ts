import { printable } from "../../../shared/domain/containers/raw";
import type { ControlCommand } from "../detect/installation";
import type { Machine } from "../detect/machine";
import { findProgram } from "../detect/programs";
import { showCommand } from "../run-command";
import type { ComposeProject } from "./compose-project";

/** Where the docker client looks for its plugins, besides the person's own folder (docker/cli, cli-plugins/manager). */
const PLUGINS: readonly string[] = [
  "/usr/local/lib/docker/cli-plugins",
  "/usr/local/libexec/docker/cli-plugins",
  "/usr/lib/docker/cli-plugins",
  "/usr/libexec/docker/cli-plugins",
  "/opt/homebrew/lib/docker/cli-plugins",
  "/Applications/Docker.app/Contents/Resources/cli-plugins",
  "C:\\Program Files\\Docker\\cli-plugins",
];

async function hasPlugin({ environment, files, home, path, platform }: Machine): Promise<boolean> {
  const own = path.join(environment.DOCKER_CONFIG || path.join(home, ".docker"), "cli-plugins");
  const name = platform === "win32" ? "docker-compose.exe" : "docker-compose";
  for (const folder of [own, ...PLUGINS])
    if ((await files.lookAt(path.join(folder, name))).kind === "file") return true;
  return false;
}

/** The program that brings a project up here, and the words a person would type for it; null where there is none. */
async function findCompose(
  machine: Machine,
): Promise<{ readonly program: string; readonly words: readonly string[] } | null> {
  const docker = await findProgram(machine, "docker");
  if (docker !== null && (await hasPlugin(machine))) return { program: docker, words: ["docker", "compose"] };
  for (const name of ["docker-compose", "podman-compose"]) {
    const program = await findProgram(machine, name);
    if (program !== null) return { program, words: [name] };
  }
  return null;
}

/** `docker compose -f FILE up -d SERVICE`: to run where Compose is installed, else to copy; null for names that no line can hold. */
export async function composeCommand(
  machine: Machine,
  { files, folder }: ComposeProject,
  service: string,
): Promise<ControlCommand | null> {
  const found = await findCompose(machine);
  const [name = "", ...first] = found?.words ?? ["docker", "compose"];
  const args = [...first, ...files.flatMap((file) => ["-f", file]), "up", "-d", service];
  const shown = showCommand(name, args);
  // A name that looks like an option would be one.
  if (service.startsWith("-") || printable(shown, shown.length) !== shown) return null;
  const environment = Object.entries(machine.environment).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return {
    program: found?.program ?? "",
    args,
    cwd: folder,
    home: machine.home,
    // Its files may name any variable of the person's own.
    environment: Object.fromEntries(environment),
    shown,
    runnable: found !== null,
    note:
      found === null
        ? "Docker Compose was not found here: install Docker with it, then run this line in a terminal."
        : null,
  };
}
