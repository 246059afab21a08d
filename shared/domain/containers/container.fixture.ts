import { type Container, readContainer } from "./container";

/** A running container of postgres:15 as Docker describes it, with changes, for tests of rules. */
export function aContainer(changes: Partial<Container> = {}): Container {
  const read = readContainer({
    Id: "a".repeat(64),
    Name: "/db",
    Image: `sha256:${"b".repeat(64)}`,
    State: { Status: "running", Running: true, ExitCode: 0, StartedAt: "2026-11-23T00:00:00Z" },
    HostConfig: { NetworkMode: "default", RestartPolicy: { Name: "no" } },
    Config: { Image: "postgres:15", Env: ["POSTGRES_PASSWORD=s3cret-word", "PG_MAJOR=15"], Cmd: ["postgres"] },
    NetworkSettings: { Ports: { "5432/tcp": [{ HostIp: "127.0.0.1", HostPort: "5432" }] } },
  });
  if (!read) throw new Error("the fixture is no container");
  return { ...read, ...changes };
}
