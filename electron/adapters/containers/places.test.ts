import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { MachineFiles } from "../detect/files";
import { thisMachine } from "../detect/machine";
import { enginePlaces } from "./places";

/*
 * Where engines listen on systems that cannot be had here: Docker Desktop's, Colima's, OrbStack's, Rancher Desktop's and
 * Podman's documentation; contexts as the docker client writes them (seen from docker 28).
 */

interface Described {
  readonly platform?: NodeJS.Platform;
  readonly uid?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Sockets that are there. */
  readonly sockets?: readonly string[];
  /** Hosts of the client's contexts by name. */
  readonly contexts?: Readonly<Record<string, string>>;
  readonly current?: string;
  /** What stands in the file of one more context. */
  readonly odd?: string;
  /** Names in folders. */
  readonly folders?: Readonly<Record<string, readonly string[]>>;
}

const META = "/home/ada/.docker/contexts/meta";
const hash = (name: string): string => createHash("sha256").update(name).digest("hex");

async function places({ platform = "linux", uid = 1000, environment = {}, sockets = [], ...more }: Described) {
  const { contexts = {}, current, folders = {}, odd } = more;
  const texts = new Map(
    Object.entries(contexts).map(([Name, Host]) => [
      `${META}/${hash(Name)}/meta.json`,
      JSON.stringify({ Name, Metadata: {}, Endpoints: { docker: { Host, SkipTLSVerify: false } } }),
    ]),
  );
  if (odd !== undefined) texts.set(`${META}/${hash("odd")}/meta.json`, odd);
  if (current) texts.set("/home/ada/.docker/config.json", JSON.stringify({ currentContext: current }));
  const listings: Readonly<Record<string, readonly string[]>> = {
    ...folders,
    ...(texts.size > 0 ? { [META]: [...Object.keys(contexts), "odd"].map(hash) } : {}),
  };
  const nowhere = { kind: "missing" } as const;
  const plain = (path: string): string => path.replaceAll("\\", "/");
  const files: MachineFiles = {
    readText: async (path) => {
      const text = texts.get(plain(path));
      return text === undefined ? nowhere : { kind: "text", text };
    },
    readParagraphs: async () => nowhere,
    readLastLines: async () => [],
    listFolder: async (path) => {
      const names = listings[plain(path)];
      return names ? { kind: "names", names } : nowhere;
    },
    lookAt: async (path) => ({ kind: sockets.includes(path) ? "socket" : "missing", uid: null }),
    realPath: async (path) => path,
  };
  const machine = thisMachine({ platform, uid, home: "/home/ada", environment, files });
  const found = await enginePlaces(machine);
  return {
    problems: found.problems,
    places: found.places.map(({ key, address }) => [key, address.kind === "local" ? address.path : address.host]),
  };
}

describe("places of engines", () => {
  it("are those of all contexts on this computer, the current one first; other computers are left alone", async () => {
    const contexts = {
      work: "unix:///srv/work/docker.sock",
      far: "tcp://far.example:2376",
      shell: "ssh://me@far.example",
      mine: "unix:///home/ada/mine.sock",
    };
    const sockets = ["/srv/work/docker.sock", "/home/ada/mine.sock", "/var/run/docker.sock"];
    expect(await places({ contexts, current: "mine", sockets })).toEqual({
      problems: [],
      places: [
        [null, "/home/ada/mine.sock"],
        ["default", "/var/run/docker.sock"],
        ["work", "/srv/work/docker.sock"],
      ],
    });
  });

  it("are said once where a context leads to a usual place", async () => {
    const socket = "/home/ada/.colima/default/docker.sock";
    const found = await places({
      contexts: { colima: `unix://${socket}` },
      folders: { "/home/ada/.colima": ["default"] },
      sockets: [socket],
    });
    expect(found.places).toEqual([["colima", socket]]);
  });

  it("are Docker Desktop's pipe by its context on Windows, beside the usual ones", async () => {
    const found = await places({
      platform: "win32",
      environment: { DOCKER_CONFIG: "/home/ada/.docker" },
      contexts: { "desktop-linux": "npipe:////./pipe/dockerDesktopLinuxEngine" },
    });
    expect(found.places).toEqual([
      [null, "\\\\.\\pipe\\docker_engine"],
      [null, "\\\\.\\pipe\\podman-machine-default"],
      ["desktop-linux", "\\\\.\\pipe\\dockerDesktopLinuxEngine"],
    ]);
  });

  it("are Podman's machine on macOS, by its socket among the temporary files or in its data", async () => {
    const temporary = "/var/folders/x/T/podman/podman-machine-default-api.sock";
    const data = "/home/ada/.local/share/containers/podman/machine/podman.sock";
    const darwin = { platform: "darwin", environment: { TMPDIR: "/var/folders/x/T/" } } as const;
    expect((await places({ ...darwin, sockets: [temporary] })).places).toEqual([[null, temporary]]);
    expect((await places({ ...darwin, sockets: [data] })).places).toEqual([[null, data]]);
  });

  it("are Colima's in its own variable's folder and in the one for settings", async () => {
    const folders = { "/srv/colima": ["default"], "/home/ada/.config/colima": ["work"] };
    const sockets = ["/srv/colima/default/docker.sock", "/home/ada/.config/colima/work/docker.sock"];
    expect((await places({ environment: { COLIMA_HOME: "/srv/colima" }, folders, sockets })).places).toEqual([
      ["colima", sockets[0]],
      ["colima-work", sockets[1]],
    ]);
  });

  it("are rootless ones also where the session names no folder for them", async () => {
    const sockets = ["/run/user/1000/docker.sock", "/run/user/1000/podman/podman.sock"];
    expect((await places({ sockets })).places).toEqual([
      ["rootless", sockets[0]],
      [null, sockets[1]],
    ]);
  });

  it.each([
    "not json",
    "[]",
    '{"Name":"odd"}',
    '{"Name":"a b","Endpoints":{"docker":{"Host":"unix:///x"}}}',
    '{"Name":"odd","Endpoints":{"docker":{"Host":"unix://x"}}}',
  ])("are none in a context that says %s", async (odd) => {
    const found = await places({ odd, sockets: ["/var/run/docker.sock", "/x", "x"] });
    expect(found).toEqual({ problems: [], places: [[null, "/var/run/docker.sock"]] });
  });
});
