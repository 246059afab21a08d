import { describe, expect, it } from "vitest";
import { isPostgresImage, parseImage, versionOfImage } from "./image";

describe("images of PostgreSQL", () => {
  it.each([
    ["postgres", null],
    ["postgres:15", "15"],
    ["postgres:17.2-alpine3.20", "17.2"],
    ["docker.io/library/postgres:16@sha256:0123", "16"],
    ["registry.example:5000/library/postgres:14", "14"],
    ["postgis/postgis:15-3.4", "15"],
    ["docker.io/postgis/postgis:15-3.4", "15"],
    ["timescale/timescaledb:latest-pg16", "16"],
    ["timescale/timescaledb-ha:pg16.2-ts2.14", "16.2"],
    ["pgvector/pgvector:0.8.0-pg17", "17"],
    ["bitnami/postgresql:16.3.0-debian-12-r1", "16.3"],
    ["supabase/postgres:15.1.0.147", "15.1"],
    ["citusdata/citus:12.1", null],
  ])("%s holds a server of version %s", (image, version) => {
    expect(isPostgresImage(image)).toBe(true);
    expect(versionOfImage(image)).toBe(version);
  });

  it.each([
    "redis:7",
    "team/postgres:15",
    "postgres-exporter",
    "edoburu/pgbouncer",
    "toString",
    "localhost:5000/team/db",
  ])("%s is not known to hold one", (image) => {
    expect(isPostgresImage(image)).toBe(false);
    expect(versionOfImage(image)).toBeNull();
  });

  it("takes an id for no name", () => {
    expect(parseImage("sha256:8c56aabbccdd")).toBeNull();
    expect(parseImage("e88d729acfdd65c1b8da8435642fa6be59d526812310fc1cbb65e5874eb3c775")).toBeNull();
  });
});
