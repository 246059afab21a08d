import { readEnv } from "../env";
import { withoutComments } from "./python-code";

/** One size of the pool, where it was read, and what a person changes to have another one. */
export interface PoolSize {
  readonly value: number;
  /** "max_pool_size=50 in main.py", "Aksara's own 20". */
  readonly from: string;
  readonly setting: { readonly name: string; readonly place: string };
}

/** The pool that every process of the app opens. */
export interface AppPool {
  readonly min: PoolSize;
  readonly max: PoolSize;
  /** Processes, where the project says how many; one otherwise. */
  readonly workers: { readonly count: number; readonly from: string } | null;
  /** A variable that is set and changes nothing, since main.py does not pass it on: "AKSARA_POOL_SIZE in .env". */
  readonly unused: string | null;
}

/** Texts of main.py, settings.py and `.env`, as far as there are any. */
export interface PoolTexts {
  readonly main?: string | null;
  readonly settings?: string | null;
  readonly env?: string | null;
}

type Variables = Readonly<Record<string, string | undefined>>;

interface Side {
  /** The argument of `Aksara(...)`. */
  readonly argument: string;
  /** The field of Aksara's settings, also the argument of `configure(...)`. */
  readonly field: string;
  /** The first that is not empty counts (aksara/conf.py). */
  readonly variables: readonly string[];
  readonly own: number;
}

const MIN: Side = {
  argument: "min_pool_size",
  field: "pool_min_size",
  variables: ["AKSARA_POOL_MIN_SIZE"],
  own: 5,
};
const MAX: Side = {
  argument: "max_pool_size",
  field: "pool_max_size",
  variables: ["AKSARA_POOL_SIZE", "AKSARA_POOL_MAX_SIZE"],
  own: 20,
};

interface Sources {
  readonly main: string | null;
  readonly settings: string;
  readonly environment: Variables;
  readonly file: ReadonlyMap<string, string>;
}

const ENVIRONMENT = "this environment";

/** As Python's `int(text)` reads it; null where that raises ValueError. */
function pythonInt(text: string): number | null {
  return /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text) ? Number(text.replaceAll("_", "")) : null;
}

/** The variable Aksara takes a size from; python-dotenv leaves what is exported, so that beats the file. */
function variableOf(side: Side, { environment, file }: Sources) {
  for (const name of side.variables) {
    const exported = environment[name];
    const value = exported ?? file.get(name);
    if (value) return { name, value, place: exported === undefined ? ".env" : ENVIRONMENT };
  }
  return null;
}

/** What `settings.pool_max_size` is: `configure(...)` before the variables before Aksara's own; a bad number counts as none. */
function fromSettings(side: Side, sources: Sources): PoolSize {
  const configured = new RegExp(`\\b${side.field}\\s*=\\s*(\\d+)`).exec(sources.settings)?.[1];
  if (configured !== undefined) {
    return {
      value: Number(configured),
      from: `${side.field}=${configured} in settings.py`,
      setting: { name: side.field, place: "settings.py" },
    };
  }
  const variable = variableOf(side, sources);
  const number = variable && pythonInt(variable.value);
  const name = variable?.name ?? `AKSARA_${side.field.toUpperCase()}`;
  const setting = { name, place: variable?.place ?? ".env" };
  if (!variable || number === null) {
    const why = variable ? `, since ${name} in ${variable.place} is no number` : "";
    return { value: side.own, from: `Aksara's own ${side.own}${why}`, setting };
  }
  return { value: Math.max(1, number), from: `${name}=${number} in ${variable.place}`, setting };
}

function sizeOf(side: Side, sources: Sources): PoolSize {
  const { main } = sources;
  const setting = { name: side.argument, place: "Aksara()" };
  const given =
    main === null ? undefined : new RegExp(`\\b${side.argument}\\s*=\\s*([^,)\\n]+)`).exec(main)?.[1]?.trim();
  const number = given === undefined ? null : pythonInt(given);
  if (number !== null) return { value: Math.max(1, number), from: `${side.argument}=${number} in main.py`, setting };
  if (given?.includes(side.field)) return fromSettings(side, sources);
  if (given !== undefined) {
    return { value: side.own, from: `Aksara's own ${side.own}, since main.py works its number out`, setting };
  }
  // Without an argument Aksara() takes its own sizes, whatever the settings say.
  const takesOwn = main !== null && /\bAksara\s*\(/.test(main);
  return takesOwn ? { value: side.own, from: `Aksara's own ${side.own}`, setting } : fromSettings(side, sources);
}

/** Processes as `uvicorn.run(..., workers=4)` or uvicorn's own variable give them. */
function workersOf({ main, environment }: Sources): AppPool["workers"] {
  const inMain = main?.includes("uvicorn.run(") ? /\bworkers\s*=\s*(\d+)/.exec(main)?.[1] : undefined;
  if (inMain !== undefined) return { count: Math.max(1, Number(inMain)), from: `workers=${inMain} in main.py` };
  const exported = pythonInt(environment.WEB_CONCURRENCY ?? "");
  if (exported === null) return null;
  return { count: Math.max(1, exported), from: `WEB_CONCURRENCY=${exported} in ${ENVIRONMENT}` };
}

/** The pool an app opens, read as Aksara reads it: main.py, settings.py, exported variables, `.env`, its own sizes. */
export function appPool({ main = null, settings = null, env = null }: PoolTexts, environment: Variables): AppPool {
  const sources: Sources = {
    main: main === null ? null : withoutComments(main),
    settings: withoutComments(settings ?? ""),
    environment,
    file: readEnv(env ?? "", environment),
  };
  const max = sizeOf(MAX, sources);
  const variable = variableOf(MAX, sources);
  return {
    min: sizeOf(MIN, sources),
    max,
    workers: workersOf(sources),
    unused: variable && max.setting.name === MAX.argument ? `${variable.name} in ${variable.place}` : null,
  };
}
