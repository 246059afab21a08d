import { describe, expect, it } from "vitest";
import { aContainer } from "./container.fixture";
import { publishPlan } from "./publish";

const base = { client: ["docker"], privatePort: 5432, port: 5433, shell: "posix" } as const;
const planOf = (changes: Parameters<typeof aContainer>[0], more: Partial<Parameters<typeof publishPlan>[0]> = {}) => {
  const plan = publishPlan({ ...base, container: aContainer(changes), ...more });
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
};
const volume = (source: string) =>
  ({ kind: "volume", source, destination: "/var/lib/postgresql/data", writable: true }) as const;

describe("the lines that publish a port", () => {
  it("repeat image, settings, network and volumes, and show no secret", () => {
    const { lines } = planOf({
      environment: new Map([
        ["POSTGRES_USER", "app user"],
        ["POSTGRES_PASSWORD", "s3cret-word"],
        ["UPSTREAM", "postgresql://u:s3cret-word@h/x"],
        ["PGDATA", "/data/pg"],
        ["PATH", "/usr/bin"],
      ]),
      mounts: [
        volume("pgdata"),
        { kind: "bind", source: "/home/me/init", destination: "/docker-entrypoint-initdb.d", writable: false },
      ],
      networkMode: "appnet",
      restartPolicy: "unless-stopped",
    });
    expect(lines.join("\n")).not.toContain("s3cret");
    expect(lines.filter((line) => line.startsWith("export "))).toHaveLength(2);
    expect(lines.slice(-3)).toEqual([
      "docker stop db",
      "docker rename db db-before",
      "docker run -d --name db -e 'POSTGRES_USER=app user' -e POSTGRES_PASSWORD -e UPSTREAM -e PGDATA=/data/pg " +
        "-p 127.0.0.1:5433:5432 --network appnet --restart unless-stopped -v pgdata:/var/lib/postgresql/data " +
        "-v /home/me/init:/docker-entrypoint-initdb.d:ro postgres:15 postgres",
    ]);
  });

  it("say what becomes of the data: on a volume, on one without a name, on none", () => {
    expect(planOf({ mounts: [volume("pgdata")] }).note).toContain("on volumes is kept");
    expect(planOf({ mounts: [volume("c".repeat(64))] }).note).toContain("volume without a name");
    expect(planOf({ mounts: [] }).note).toContain("dump it first");
  });

  it("are the lines of its file for a compose service", () => {
    const labels = new Map([
      ["com.docker.compose.project", "shop"],
      ["com.docker.compose.service", "db"],
      ["com.docker.compose.project.config_files", "/home/me/my shop/compose.yaml"],
    ]);
    expect(planOf({ labels }).lines).toEqual([
      "# In /home/me/my shop/compose.yaml, below services: db:",
      "    ports:",
      '      - "127.0.0.1:5433:5432"',
      "docker compose -p shop -f '/home/me/my shop/compose.yaml' up -d db",
    ]);
  });

  it("are PowerShell's on Windows and lead to the engine that has the container", () => {
    const { lines } = planOf({}, { shell: "powershell", client: ["docker", "-H", "npipe:////./pipe/other"] });
    expect(lines[0]).toMatch(/^\$env:POSTGRES_PASSWORD = \(docker -H npipe:/);
    expect(lines).toContain("docker -H npipe:////./pipe/other stop db");
  });
});
