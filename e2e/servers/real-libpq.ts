import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { binariesOf, type PostgresVersion, whyUnavailable } from "./binaries";

const PYTHON = "/usr/bin/python3";

/** Calls libpq's own functions; a question is a line of JSON, and so is its answer. */
const PROGRAM = `
import ctypes, json, os, sys

class Option(ctypes.Structure):
    _fields_ = [(name, ctypes.c_char_p) for name in ("keyword", "envvar", "compiled", "val", "label", "dispchar")]
    _fields_ += [("dispsize", ctypes.c_int)]

lib = ctypes.CDLL(sys.argv[1])
lib.PQconninfoParse.restype = lib.PQconndefaults.restype = lib.PQconninfo.restype = ctypes.POINTER(Option)
lib.PQconninfoParse.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_char_p)]
lib.PQconninfoFree.argtypes = [ctypes.POINTER(Option)]
lib.PQconnectStart.restype = ctypes.c_void_p
lib.PQconnectStart.argtypes = [ctypes.c_char_p]
lib.PQconninfo.argtypes = lib.PQfinish.argtypes = [ctypes.c_void_p]
for name in ("PQhost", "PQport", "PQpass", "PQerrorMessage"):
    getattr(lib, name).restype = ctypes.c_char_p
    getattr(lib, name).argtypes = [ctypes.c_void_p]

def text(value):
    return None if value is None else value.decode("utf-8", "surrogateescape")

def options(found, fields):
    answer, at = {}, 0
    while found[at].keyword is not None:
        answer[text(found[at].keyword)] = [text(getattr(found[at], field)) for field in fields]
        at += 1
    lib.PQconninfoFree(found)
    return answer

def values(found):
    return {key: one for key, [one] in options(found, ["val"]).items() if one is not None}

def parse(string):
    error = ctypes.c_char_p()
    found = lib.PQconninfoParse(string, ctypes.byref(error))
    return {"values": values(found), "error": None} if found else {"values": None, "error": text(error.value)}

def connect(string):
    # It opens the first connection without waiting for it; nothing listens where these questions lead.
    link = lib.PQconnectStart(string)
    answer = {"values": values(lib.PQconninfo(link)), "error": text(lib.PQerrorMessage(link)),
              "host": text(lib.PQhost(link)), "port": text(lib.PQport(link)), "password": text(lib.PQpass(link))}
    lib.PQfinish(link)
    return answer

for line in sys.stdin:
    question = json.loads(line)
    os.environ.update(question["environment"])
    kind = question["kind"]
    if kind == "defaults":
        answer = options(lib.PQconndefaults(), ["envvar", "compiled"])
    else:
        answer = (parse if kind == "parse" else connect)(question["text"].encode("utf-8", "surrogatepass"))
    for name in question["environment"]:
        del os.environ[name]
    print(json.dumps(answer))
`;

export interface ParseAnswer {
  /** null where libpq refuses the string. */
  readonly values: Readonly<Record<string, string>> | null;
  readonly error: string | null;
}

export interface ConnectAnswer {
  /** All that libpq uses; only what it came to before an error. */
  readonly values: Readonly<Record<string, string>>;
  readonly error: string;
  /** Of the first server. */
  readonly host: string;
  readonly port: string;
  readonly password: string;
}

/** Keyword to its variable and compiled-in default. */
export type DefaultsAnswer = Readonly<Record<string, readonly [variable: string | null, compiled: string | null]>>;

type Texts = Readonly<Record<string, string>>;
interface Asked {
  readonly text: string;
  readonly environment?: Texts;
}

/** A real libpq; each call is one run of Python, with nothing in its environment but what is asked for. */
export interface RealLibpq {
  /** PQconninfoParse. */
  parse(questions: readonly Asked[]): readonly ParseAnswer[];
  /** PQconnectStart, which fills all gaps; name only servers that need no look-up. */
  connect(questions: readonly Asked[]): readonly ConnectAnswer[];
  /** PQconndefaults. */
  defaults(): DefaultsAnswer;
  /** The home folder that its password and service files lie in. */
  readonly home: string;
  close(): void;
}

/** Why libpq of a release cannot be asked here, to skip tests with that reason; null when it can. */
export async function whyNoLibpq(version: PostgresVersion): Promise<string | null> {
  const missing = await whyUnavailable(version);
  if (missing !== null) return missing;
  const python = spawnSync(PYTHON, ["-c", "import ctypes"], { stdio: "ignore" });
  return python.status === 0 ? null : "there is no /usr/bin/python3";
}

/** Opens libpq of a release, with a home folder that holds `files` (".pgpass", ".pg_service.conf"), readable by the owner alone. */
export async function realLibpq(version: PostgresVersion, files: Texts = {}): Promise<RealLibpq> {
  const { folder } = await binariesOf(version);
  const home = mkdtempSync(path.join(tmpdir(), "real-libpq-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(home, name), content, { mode: 0o600 });
  const ask = <T>(kind: string, questions: readonly Asked[]): T[] => {
    const run = spawnSync(PYTHON, ["-c", PROGRAM, path.join(folder, "lib", "libpq.so.5")], {
      input: questions.map((one) => JSON.stringify({ kind, environment: {}, ...one })).join("\n"),
      env: { PATH: "/usr/bin:/bin", HOME: home, PGSYSCONFDIR: home },
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
    });
    if (run.status !== 0) throw new Error(`libpq ${version} could not be asked: ${run.stderr}`);
    return run.stdout.split("\n", questions.length).map((line) => JSON.parse(line) as T);
  };
  return {
    parse: (questions) => ask<ParseAnswer>("parse", questions),
    connect: (questions) => ask<ConnectAnswer>("connect", questions),
    defaults: () => ask<DefaultsAnswer>("defaults", [{ text: "" }])[0] as DefaultsAnswer,
    home,
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}
