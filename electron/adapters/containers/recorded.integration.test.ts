import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onlyIn, playBack, type Served, serve } from "../../../e2e/containers/serve";
import { SITUATIONS } from "../../../e2e/containers/situations";
import { endpointText } from "../../../shared/domain/endpoint";
import type { Scan } from "../../../shared/domain/server";
import { createScan } from "../../use-cases/scan";
import { createServerRegistry, type ServerRegistry } from "../../use-cases/server-registry";
import { thisMachine } from "../detect/machine";
import { containersSource } from "./source";

const never = new AbortController().signal;

/**
 * Containers that ran on another computer: their answers are real, their ports are not here. The probe stands in for
 * them; it says PostgreSQL answers, as it did there.
 */
async function scanRecorded(served: Served, home: string) {
  const machine = thisMachine({
    environment: { HOME: home, DOCKER_HOST: `unix://${served.socketPath}` },
    files: onlyIn([home, served.socketPath]),
    probe: async () => ({ kind: "postgresql" }),
  });
  const registry = createServerRegistry();
  const sources = [containersSource(machine)];
  const scan = createScan({
    registry,
    sources,
    probe: machine.probe,
    osUser: "me",
    localhost: async () => ["127.0.0.1"],
  });
  return { scan: await scan.run({ emit: () => undefined, signal: never }), registry };
}

/** What the two engines tell differently about the same containers, as recorded. */
const ENGINES = [
  { engine: "docker-20.10", origin: "docker", title: "Docker", differing: {} },
  {
    engine: "podman-4.3",
    origin: "podman",
    title: "Podman",
    differing: {
      // It keeps no word about the start that failed; the port's conflict tells it.
      "st-conflict": { actions: ["start"] },
      // Looked at between two tries, it called the container running.
      "st-restart": { state: "running", cause: null },
    },
  },
] as const;

describe.each(ENGINES)(
  "answers recorded from $engine, played back by a small server",
  ({ engine, origin, title, differing }) => {
    let served: Served;
    let home: string;
    let found: { readonly scan: Scan; readonly registry: ServerRegistry };

    beforeAll(async () => {
      home = await mkdtemp(path.join(tmpdir(), "aksara-home-"));
      served = await serve(playBack(engine));
      found = await scanRecorded(served, home);
    });
    afterAll(async () => {
      await served.close();
      await rm(home, { recursive: true, force: true });
    });

    const cardOf = (name: string) => found.scan.servers.find(({ id }) => id === `${origin}:${name}`);

    it.each(SITUATIONS.map((situation) => [situation.name, situation] as const))("reads %s", (name, situation) => {
      const card = cardOf(name);
      if (situation.card === null) return expect(card).toBeUndefined();
      const expected = { ...situation.card, ...(differing as Readonly<Record<string, object>>)[name] };
      expect(card).toMatchObject({
        origin,
        state: expected.state,
        label: `${title} · ${expected.label ?? name}`,
        credentialsKnown: expected.credentials ?? true,
        actions: expected.actions ?? [],
        cause: expected.cause ?? null,
      });
      if (expected.at[0] === "chosen") expect(card?.endpoints).toMatchObject([{ host: "127.0.0.1" }]);
      else expect(card?.endpoints.map(endpointText)).toEqual(expected.at);
    });

    it("finds no card twice and nothing to complain of", () => {
      expect(found.scan.servers).toHaveLength(SITUATIONS.filter(({ card }) => card !== null).length);
      expect(found.scan.problems).toEqual([]);
    });

    it("keeps passwords out of everything that leaves main and in the ways to sign in", () => {
      expect(JSON.stringify(found.scan)).not.toMatch(/p@ss=w/);
      const accesses = found.registry.get(`${origin}:run-special`)?.accesses ?? [];
      expect(accesses.map((access) => access.kind === "wire" && [access.user, access.password?.reveal()])).toEqual([
        ["us-er", "p@ss=w:o/r d#$\"'"],
      ]);
    });

    it("asks for the list once, without a version, and describes candidates only", () => {
      expect(served.requests.filter((line) => line.includes("/containers/json"))).toEqual([
        "GET /containers/json?all=1",
      ]);
      expect(served.requests.filter((line) => /^GET \/containers\/\w+\/json$/.test(line))).toHaveLength(
        SITUATIONS.length,
      );
    });
  },
);
