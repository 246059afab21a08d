import { composeFile, dockerRunArguments, dockerRunLine, type NewContainer } from "../containers/run-line";
import { type Problem, problem } from "../result";
import {
  APPEARS,
  type InstallChoice,
  type InstallGuide,
  type InstallMachine,
  type InstallStep,
  lines,
  page,
} from "./guide";

type Engine = "docker" | "podman";

const containerOf = (
  { name, user, database, port, version, volume }: InstallChoice,
  engine: Engine = "docker",
): NewContainer => ({ name, user, database, port, version, volume, engine });

/** Podman takes Docker's words; it is used where Docker is not. */
const engineOf = ({ programs }: InstallMachine): Engine =>
  programs.includes("podman") && !programs.includes("docker") ? "podman" : "docker";

function runStep(choice: InstallChoice, engine: Engine): InstallStep {
  const made = dockerRunArguments(containerOf(choice, engine));
  return {
    title: "Start a container",
    text: `PostgreSQL ${choice.version} on this computer's port ${choice.port} only; its data stays in the volume ${choice.volume}. The password goes in by the environment, not on the command line.`,
    does: {
      kind: "command",
      command: {
        program: engine,
        args: made.ok ? made.value.slice(1) : [],
        needs: "nothing",
        environment: { POSTGRES_PASSWORD: choice.password },
      },
    },
  };
}

/** What is wrong with a choice, each at its field. */
function problems(choice: InstallChoice): readonly Problem[] {
  const made = dockerRunArguments(containerOf(choice));
  const next = "Type one, or take the generated one.";
  return [
    ...(made.ok ? [] : [made.error]),
    ...(choice.password === ""
      ? [problem("invalid-input", "The image does not start without a password.", { field: "password", next })]
      : []),
  ];
}

/** The official image in Docker or an engine that speaks its API. */
export const docker: InstallGuide = {
  id: "docker",
  title: "Docker",
  summary: "The official image in a container. Name, password and port are known to this app from then on.",
  versions: [18, 17, 16, 15, 14, 13],
  asks: true,
  problems,
  fits: ({ programs }) => (programs.includes("docker") || programs.includes("podman") ? 2 : 1),
  steps(machine, choice) {
    const { programs, platform } = machine;
    const engine = engineOf(machine);
    const shell = platform === "win32" ? "powershell" : "posix";
    const line = dockerRunLine(containerOf(choice, engine), choice.password, shell);
    const compose = composeFile(containerOf(choice));
    return [
      ...(programs.includes(engine)
        ? []
        : [
            page(
              "Install Docker",
              "Docker Desktop, Colima, OrbStack, Rancher Desktop and Podman all work.",
              "docker-install",
              "Open Docker's page",
            ),
          ]),
      runStep(choice, engine),
      ...(line.ok
        ? [lines("The same for your terminal", "Here the password stands in the line.", ...line.value.lines)]
        : []),
      ...(compose.ok
        ? [lines("The same as compose.yaml", "Put POSTGRES_PASSWORD into the .env beside it.", compose.value.trimEnd())]
        : []),
      APPEARS,
    ];
  },
};
