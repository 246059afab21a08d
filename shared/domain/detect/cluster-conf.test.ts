import { describe, expect, it } from "vitest";
import { clusterSettings, mayListenOn, startMode, wantedEndpoints } from "./cluster-conf";

const settings = (values: Record<string, string>) => clusterSettings(new Map(Object.entries(values)));

describe("clusterSettings", () => {
  it("falls back on Debian's defaults", () => {
    expect(settings({})).toEqual({
      dataDirectory: null,
      port: 5432,
      socketDirectories: ["/var/run/postgresql"],
      listenAddresses: ["localhost"],
      externalPidFile: null,
    });
  });

  it("takes a port out of range for the default", () => {
    expect(["0", "65536", "x", "5433"].map((port) => settings({ port }).port)).toEqual([5432, 5432, 5432, 5433]);
  });
});

describe("wantedEndpoints", () => {
  const wanted = (values: Record<string, string>) => wantedEndpoints(settings(values));

  it("folds every listen address that reaches loopback", () => {
    const socket = { socketDirectory: "/var/run/postgresql", port: 5432 };
    expect(wanted({ listen_addresses: "*" })).toEqual([{ host: "127.0.0.1", port: 5432 }, socket]);
    expect(wanted({ listen_addresses: "10.0.0.5" })).toEqual([socket]);
    expect(wanted({ listen_addresses: "::1, 127.0.0.1" })).toEqual([
      { host: "127.0.0.1", port: 5432 },
      { host: "::1", port: 5432 },
      socket,
    ]);
  });

  it("has nothing when TCP and sockets are off", () => {
    expect(wanted({ listen_addresses: "", unix_socket_directories: "" })).toEqual([]);
  });
});

describe("mayListenOn", () => {
  it("tells the addresses that listen_addresses asks for; a name may stand for any", () => {
    const hosts = (listen_addresses: string) =>
      ["127.0.0.1", "::1"].filter((host) => mayListenOn(settings({ listen_addresses }), host));
    expect(["127.0.0.1", "::1", "0.0.0.0", "::", "10.0.0.5", ""].map(hosts)).toEqual([
      ["127.0.0.1"],
      ["::1"],
      ["127.0.0.1"],
      ["::1"],
      [],
      [],
    ]);
    for (const names of ["*", "localhost", "10.0.0.5, db"]) expect(hosts(names)).toEqual(["127.0.0.1", "::1"]);
  });
});

describe("startMode", () => {
  it("reads the first word that is no comment", () => {
    expect(startMode("# Automatic startup configuration\n#   auto: ...\n\nmanual\n")).toBe("manual");
    expect(startMode("disabled # for now")).toBe("disabled");
    expect([startMode(null), startMode("nonsense")]).toEqual(["auto", "auto"]);
  });
});
