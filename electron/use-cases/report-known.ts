import path from "node:path";
import type { Project } from "../../shared/domain/project-types";
import {
  knownOfDsn,
  knownOfEnvFile,
  knownOfRun,
  knownOfServer,
  knownOfTarget,
  knownOfVariables,
} from "../../shared/domain/report/known";
import { isOrdinary } from "../../shared/domain/report/ordinary";
import type { Known } from "../../shared/domain/report/span";
import type { KeptRun } from "./diagnose";
import type { KnownServer } from "./server-registry";
import type { FoundSurroundings } from "./surroundings";

/** Whose computer it is. */
export interface Computer {
  readonly home: string;
  readonly userName: string;
  readonly hostName: string;
}

/** Every place that holds something of somebody's own. */
interface Places {
  readonly run: KeptRun | null;
  /** The project's `.env`. */
  readonly env: ReadonlyMap<string, string>;
  readonly surroundings: FoundSurroundings;
  readonly servers: readonly KnownServer[];
  readonly project: Project | null;
  readonly realPath: string | null;
  readonly computer: Computer;
}

const known = (kind: Known["kind"], texts: readonly (string | null | undefined)[]): readonly Known[] =>
  texts.flatMap((text) => (text ? [{ kind, text }] : []));

function ofRun(run: KeptRun): readonly Known[] {
  const request = run.climbed?.kind === "ended" ? run.climbed.request : null;
  return [
    ...knownOfDsn(run.dsn),
    ...known("secret", [run.password?.reveal()]),
    ...(run.credentials ? knownOfTarget(run.credentials.target) : []),
    ...known("role", [request?.user]),
    ...known("database", [request?.database, ...run.databases]),
    ...knownOfRun(run.outcome.report),
  ];
}

function ofSurroundings({ environment, passfile, services, osUser }: FoundSurroundings): readonly Known[] {
  return [
    ...known("user", [osUser]),
    ...knownOfVariables(Object.entries(environment)),
    ...(passfile?.lines ?? []).flatMap(({ host, user, database, password }) => [
      ...known("secret", [password.reveal(), password.reveal().replace(/\\(.)/gsu, "$1")]),
      ...knownOfVariables([
        ["PGHOST", host],
        ["PGUSER", user],
        ["PGDATABASE", database],
      ]),
    ]),
    ...services.flatMap(({ name, parameters }) => [
      ...known("name", [name]),
      ...knownOfTarget({
        hosts: [],
        user: null,
        database: null,
        sslmode: null,
        parameters: Object.fromEntries(parameters),
      }),
    ]),
  ];
}

const ofServer = ({ server, accesses }: KnownServer): readonly Known[] => [
  ...knownOfServer(server),
  ...accesses.flatMap((access) =>
    access.kind === "wire"
      ? [...known("secret", [access.password?.reveal()]), ...known("role", [access.user])]
      : known("user", [access.osUser]),
  ),
];

/** A home folder such as "/" belongs to nobody. */
const folders = (kind: Known["kind"], paths: readonly (string | null | undefined)[]): readonly Known[] =>
  known(kind, paths).filter(({ text }) => path.dirname(text) !== text);

/** Everything of somebody's own that a report could hold, gathered from every place where it stands. */
export function knownHere(places: Places): readonly Known[] {
  const { run, env, surroundings, servers, project, realPath, computer } = places;
  const { home, userName, hostName } = computer;
  return [
    ...(run ? ofRun(run) : []),
    ...knownOfEnvFile(env),
    ...ofSurroundings(surroundings),
    ...servers.flatMap(ofServer),
    ...folders("project", [project?.path, realPath]),
    ...known("project", [project?.name]).filter(({ text }) => !isOrdinary(text)),
    ...folders("home", [home]),
    ...known("user", [userName]),
    ...known("computer", [hostName, hostName.split(".")[0]]),
  ];
}
