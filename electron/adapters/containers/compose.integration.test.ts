import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onlyIn, serve } from "../../../e2e/containers/serve";
import { scanHere } from "../../../e2e/machines/scan";
import type { Answer } from "../../../shared/domain/detect/answer";
import { thisMachine } from "../detect/machine";
import { createComposeControl } from "./compose-control";

/* Compose files as people write them; engines are stand-ins that list what the test says. */

const CARD = "compose:shop/db";
const FILE = `services:
  db:
    image: postgres:17
    environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: "\${DB_PASSWORD}" }
    ports: ["127.0.0.1:5455:5432"]
  web: { build: . }
`;

let home: string;
let shop: string;
const closing: (() => unknown)[] = [];
const put = (name: string, text: string): Promise<void> => writeFile(path.join(shop, name), text);

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "aksara-compose-"));
  shop = path.join(home, "shop");
  await mkdir(path.join(shop, "backend"), { recursive: true });
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await rm(home, { recursive: true, force: true });
});

interface Options {
  readonly project?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly answer?: Answer["kind"];
}

const changes = ({ project = shop, environment = {}, answer = "refused" }: Options = {}) => ({
  environment: { HOME: home, PATH: path.join(home, "bin"), ...environment },
  projectFolder: () => project,
  files: onlyIn([home, environment.DOCKER_HOST?.replace("unix://", "") ?? home]),
  probe: async (): Promise<Answer> => ({ kind: answer }),
  // Listeners of this computer, which would answer that probe, stay out of the picture.
  paths: { clusters: home, programs: home, socketDirectories: [home], proc: path.join(home, "proc") },
});

async function look(options: Options = {}) {
  const { outcome, find } = await scanHere(home, changes(options));
  return { card: find(CARD), ids: outcome.servers.map(({ id }) => id), problems: outcome.problems };
}

async function engine(answer: RequestListener): Promise<Readonly<Record<string, string>>> {
  const served = await serve(answer);
  closing.push(served.close);
  return { DOCKER_HOST: `unix://${served.socketPath}` };
}

const lists = (labels: Readonly<Record<string, string>>): RequestListener =>
  function list(request, response) {
    const container = { Id: "c".repeat(64), Names: ["/shop-db-1"], Image: "busybox", State: "exited", Labels: labels };
    response.end(request.url?.startsWith("/containers/json") ? JSON.stringify([container]) : "{}");
  };
const COMPOSED = { "com.docker.compose.project": "shop", "com.docker.compose.service": "db" };

/** Programs that are there to be found; nothing here runs them. */
async function installs(...files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(path.dirname(path.join(home, file)), { recursive: true });
    await writeFile(path.join(home, file), "");
    await chmod(path.join(home, file), 0o755);
  }
}

describe("a compose file that is not up", () => {
  it("is a stopped server with its address, version and the line that brings it up", async () => {
    await put("compose.yaml", FILE);
    const { card, problems } = await look();
    const line = `docker compose -f ${shop}/compose.yaml up -d db`;
    expect(problems).toEqual([]);
    expect(card).toMatchObject({
      origin: "compose",
      label: "Compose · shop/db",
      version: "17",
      state: "stopped",
      endpoints: [{ host: "127.0.0.1", port: 5455 }],
      reason: "Described in compose.yaml as the service db, and not up.",
      actions: ["start"],
      startCommand: line,
      canStart: false,
      credentialsKnown: false,
      remedy: `Docker Compose was not found here: install Docker with it, then run ${line}.`,
    });
    expect(card?.evidence?.[0]).toEqual({ kind: "path", label: "Compose file", text: `${shop}/compose.yaml` });
  });

  it("is found from a folder below, with its override file, and takes the variables of the .env beside it", async () => {
    await put("docker-compose.yml", FILE);
    await put(
      "docker-compose.override.yml",
      "services: { db: { ports: !override ['5456:5432'], image: 'postgres:18' } }",
    );
    await put(".env", "DB_PASSWORD=s3cret-word\n");
    await put("backend/.env", "DB_PASSWORD=\n");
    const { card } = await look({ project: path.join(shop, "backend") });
    expect(card).toMatchObject({ version: "18", credentialsKnown: true });
    expect(card?.startCommand).toBe(
      `docker compose -f ${shop}/docker-compose.yml -f ${shop}/docker-compose.override.yml up -d db`,
    );
    expect(JSON.stringify(card)).not.toContain("s3cret-word");
  });

  it("is in a file that another includes, each read once", async () => {
    await mkdir(path.join(shop, "infra"));
    await put("compose.yaml", "include: [infra/db.yaml, compose.yaml]");
    await put("infra/db.yaml", `include: [../compose.yaml]\n${FILE}`);
    const { card, problems } = await look();
    expect({ problems, start: card?.startCommand }).toEqual({
      problems: [],
      start: `docker compose -f ${shop}/compose.yaml up -d db`,
    });
    await put("compose.yaml", "include: [gone.yaml]");
    expect((await look()).problems).toMatchObject([{ message: `${shop}/gone.yaml cannot be read: it is missing.` }]);
  });

  it("is what COMPOSE_FILE names", async () => {
    await put("compose.yaml", "services: {}");
    await put("db.yaml", FILE);
    await put(".env", "COMPOSE_FILE=db.yaml\n");
    expect((await look()).card?.startCommand).toContain(`-f ${shop}/db.yaml up`);
  });

  it.each([
    ["docker's plugin", ["bin/docker", ".docker/cli-plugins/docker-compose"], "docker compose"],
    ["the program of its own", ["bin/docker-compose"], "docker-compose"],
    ["Podman's", ["bin/podman-compose"], "podman-compose"],
  ])("can be brought up by %s", async (_, files, words) => {
    await put("compose.yaml", FILE);
    await installs(...files);
    const { card } = await look();
    const line = `${words} -f ${shop}/compose.yaml up -d db`;
    expect(card).toMatchObject({ startCommand: line, canStart: true, remedy: null });
    const machine = thisMachine(changes());
    const control = createComposeControl(machine, { run: () => Promise.reject(new Error("nothing runs yet")) });
    const plan = card && (await control.plan(card, "start"));
    expect(plan).toMatchObject({ ok: true, value: { commands: [line], runnable: true } });
    await put("compose.yaml", FILE.replace("  db:", "  database:"));
    const ran = card && (await control.run(card, "start", () => undefined, new AbortController().signal));
    expect(ran).toMatchObject({ ok: false, error: { kind: "not-found" } });
  });

  it("says that its port is not published where it is not", async () => {
    await put("compose.yaml", "services: { db: { image: postgres } }");
    const { card } = await look();
    expect(card).toMatchObject({ endpoints: [], reason: expect.stringContaining("It publishes no port") });
  });
});

describe("a .env that names the address of a service", () => {
  it("is that service's card: bringing it up is what makes the string work", async () => {
    await put("compose.yaml", FILE);
    await put(".env", "DATABASE_URL=postgresql://shop:s3cret-word@localhost:5455/shop\n");
    const { card, ids } = await look();
    expect(ids).toEqual([CARD]);
    expect(card).toMatchObject({ state: "stopped", credentialsKnown: true, actions: ["start"] });
  });
});

describe("a .env that names a service as containers know it", () => {
  // A single word without a network may also be a resolver's silence: the remedy is the same.
  it.each([
    ["with the address it has from here", FILE, "from here write 127.0.0.1:5455."],
    ["that is not published", "services: { db: { image: postgres } }", "publish its port to reach it."],
  ])("is told %s", async (_, file, words) => {
    await put("compose.yaml", file);
    await put(".env", "DATABASE_URL=postgresql://shop:s3cret-word@db:5432/shop\n");
    const { find } = await scanHere(home, { ...changes(), probe: async () => ({ kind: "unreachable" }) });
    expect(find("env:DATABASE_URL")).toMatchObject({
      state: "unreachable",
      remedy: `db is a service of compose.yaml, and only containers know it by that name: ${words}`,
    });
  });
});

describe("a compose file whose service has a container", () => {
  it("is that container's card, if it runs or not", async () => {
    await put("compose.yaml", FILE);
    expect((await look({ environment: await engine(lists(COMPOSED)) })).card).toBeUndefined();
  });

  it("is not taken for up by a one-off command, or by another project's service", async () => {
    await put("compose.yaml", FILE);
    const oneOff = { ...COMPOSED, "com.docker.compose.oneoff": "True" };
    expect((await look({ environment: await engine(lists(oneOff)) })).card).toBeDefined();
    const other = { ...COMPOSED, "com.docker.compose.project": "other" };
    expect((await look({ environment: await engine(lists(other)) })).card).toBeDefined();
  });

  it("is left to its port where the engine gives no list and the port answers; else nobody knows", async () => {
    await put("compose.yaml", FILE);
    const environment = await engine((_, response) => {
      response.statusCode = 500;
      response.end();
    });
    expect((await look({ environment })).card?.reason).toContain("does not say whether it is up");
    expect((await look({ environment, answer: "postgresql" })).card).toBeUndefined();
  });
});

describe("a compose file that cannot be read", () => {
  const complaints = async () => (await look()).problems;
  it.each([
    ["no YAML", "services: [", /compose\.yaml cannot be read: .+ \(line \d\)\.$/],
    ["binary", "services:\0", /compose\.yaml cannot be read: it holds binary data, not text\.$/],
    ["gigantic", `# ${"x".repeat(300_000)}`, /compose\.yaml cannot be read: it is larger than 256 KB\.$/],
    ["with an unknown tag", "services: !!js/function 'x'", /compose\.yaml cannot be read: unknown tag/],
  ])("is one line: %s", async (_, text, message) => {
    await put("compose.yaml", text);
    expect(await complaints()).toMatchObject([
      { source: "compose", kind: "unreadable", message: expect.stringMatching(message) },
    ]);
  });

  it("is one line: a link that leads back to itself", async () => {
    await symlink("compose.yaml", path.join(shop, "compose.yaml"));
    expect(await complaints()).toMatchObject([{ message: expect.stringContaining("leads back to itself") }]);
  });

  it("is no trouble when it is empty, nests its aliases, or names services in control characters", async () => {
    await put("compose.yaml", "");
    expect(await look()).toMatchObject({ problems: [] });
    const nested = Array.from({ length: 40 }, (_, at) => `x${at + 1}: &x${at + 1} [*x${at}, *x${at}]`).join("\n");
    await put("compose.yaml", `x0: &x0 [a]\n${nested}\nservices: { db: { image: postgres, ports: *x40 } }\n`);
    expect((await look()).card).toMatchObject({ endpoints: [] });
    await put("compose.yaml", 'services: { "d\\nb": { image: postgres } }');
    const { ids, problems } = await look();
    expect({ ids, problems }).toEqual({ ids: ["compose:shop/d?b"], problems: [] });
  });
});
