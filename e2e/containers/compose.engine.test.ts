import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createComposeControl, createContainerControl } from "../../electron/adapters/containers";
import { type Machine, thisMachine } from "../../electron/adapters/detect/machine";
import { createCommands } from "../../electron/use-cases/commands";
import type { PrivateServer } from "../../electron/use-cases/detection";
import type { Server } from "../../shared/domain/server";
import type { CommandOutput } from "../../shared/ipc/messages";
import { type Changes, scanHere } from "../machines/scan";
import { importImage, startEngine, type TestEngine, whyNoEngine } from "./engine";
import { IMAGE, PASSWORD } from "./situations";

const never = new AbortController().signal;
const PORT = 55480;
const CARD = "compose:shop/db";

const COMPOSE_FILE = `services:
  db:
    image: ${IMAGE}
    environment:
      POSTGRES_PASSWORD: \${DB_PASSWORD}
    ports: ["127.0.0.1:${PORT}:5432"]
`;

/*
 * Compose itself is in no package of Debian's that this could use: a plugin of the real docker client stands in for it,
 * and makes the same container with the same labels as `docker compose up -d db` would.
 */
const PLUGIN = `#!/bin/sh
if [ "$1" = docker-cli-plugin-metadata ]; then
  echo '{"SchemaVersion":"0.1.0","Vendor":"test","Version":"0","ShortDescription":"stand-in"}'
  exit
fi
echo "asked for: $*" >&2
docker run -d --pull=never --name shop-db-1 -l com.docker.compose.project=shop -l com.docker.compose.service=db \\
  -e "POSTGRES_PASSWORD=$DB_PASSWORD" -p 127.0.0.1:${PORT}:5432 ${IMAGE}
`;

describe.runIf(whyNoEngine() === null)("a project's compose file beside a real Docker Engine", () => {
  let engine: TestEngine;
  let home: string;
  let machine: Machine;
  let changes: Changes;

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), "aksara-compose-"));
    const shop = path.join(home, "shop");
    const plugins = path.join(home, ".docker", "cli-plugins");
    for (const folder of [shop, plugins]) await mkdir(folder, { recursive: true });
    await writeFile(path.join(shop, "compose.yaml"), COMPOSE_FILE);
    await writeFile(path.join(plugins, "docker-compose"), PLUGIN);
    await chmod(path.join(plugins, "docker-compose"), 0o755);
    engine = await startEngine();
    await importImage(engine, IMAGE);
    changes = {
      environment: {
        HOME: home,
        DOCKER_HOST: engine.host,
        DB_PASSWORD: PASSWORD,
        PATH: `${process.env.ENGINE_PROGRAMS}:${process.env.PATH}`,
      },
      projectFolder: () => shop,
      paths: { clusters: home, programs: home, socketDirectories: [home] },
    };
    machine = thisMachine(changes);
  });
  afterAll(async () => {
    await engine?.kill();
    await rm(home, { recursive: true, force: true });
  });

  it("is brought up by what the card shows, and goes on as its container's card", async () => {
    const { find, registry } = await scanHere(home, changes);
    const card = find(CARD) as Server;
    expect(card).toMatchObject({ state: "stopped", canStart: true, credentialsKnown: true });

    const containers = createContainerControl(machine);
    const commands = createCommands({
      registry,
      privateServer: {} as PrivateServer,
      controls: [containers, createComposeControl(machine, containers)],
    });
    const preview = await commands.preview(CARD, "start");
    if (!preview.ok) throw new Error(preview.error.message);
    expect(preview.value.commands).toEqual([card.startCommand]);
    const lines: string[] = [];
    const emit = ({ line }: CommandOutput): void => void lines.push(line);
    expect(await commands.run(preview.value.id, { emit, signal: never })).toEqual({
      ok: true,
      value: { serverId: "docker:shop-db-1" },
    });
    expect(lines[0]).toBe(`asked for: compose -f ${home}/shop/compose.yaml up -d db`);
    expect(registry.get(CARD)).toBeNull();
    expect(registry.get("docker:shop-db-1")?.server).toMatchObject({ state: "running", label: "Docker · shop/db" });
  });

  it("has no card of its own while its container is there, running or stopped", async () => {
    // Servers that other tests left in these namespaces are known by their ports alone.
    const ids = async () =>
      (await scanHere(home, changes)).outcome.servers.map(({ id }) => id).filter((id) => !id.startsWith("port:"));
    expect(await ids()).toEqual(["docker:shop-db-1"]);
    await engine.docker("stop", "-t", "0", "shop-db-1");
    expect(await ids()).toEqual(["docker:shop-db-1"]);
    await engine.docker("rm", "-v", "shop-db-1");
    expect(await ids()).toEqual([CARD]);
  });
});
