import { lstat, readFile } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { Secret } from "../../../shared/domain/target";
import { inside } from "./layout";

const marker = z.object({ madeBy: z.literal("aksara-database-setup"), major: z.string() });
const state = z.object({ port: z.int().min(1).max(65535) });

async function readJson<T>(schema: z.ZodType<T>, file: string): Promise<T | null> {
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return null;
  }
}

/** True when a folder is a real one (no link) and carries the app's marker: only such folders are ever removed. */
export async function isOurs(folder: string): Promise<boolean> {
  const info = await lstat(folder).catch(() => null);
  return info?.isDirectory() === true && (await readJson(marker, inside(folder).marker)) !== null;
}

/** Marks a folder as made by the app. */
export const writeMarker = (folder: string, major: string): Promise<void> =>
  writeFileAtomic(
    inside(folder).marker,
    `${JSON.stringify({ madeBy: "aksara-database-setup", major, note: "A PostgreSQL server of Aksara Database Setup; delete it there." })}\n`,
    { mode: 0o644 },
  );

/** The port the server was given; null when the record is missing or damaged. */
export const readPort = async (folder: string): Promise<number | null> =>
  (await readJson(state, inside(folder).state))?.port ?? null;

export const writePort = (folder: string, port: number): Promise<void> =>
  writeFileAtomic(inside(folder).state, `${JSON.stringify({ port })}\n`, { mode: 0o600 });

/** The generated superuser password; null when its file cannot be read. */
export async function readPassword(folder: string): Promise<Secret | null> {
  const text = await readFile(inside(folder).password, "utf8").catch(() => "");
  return text.trim() === "" ? null : new Secret(text.trim());
}
