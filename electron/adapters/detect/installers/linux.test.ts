import { afterEach, describe, expect, it } from "vitest";
import { dataDirectory } from "../../../../e2e/machines/data";
import { lookForInstallations } from "../../../../e2e/machines/look";
import { describeMachine } from "../../../../e2e/machines/tree";

/*
 * Other Linux systems than Debian cannot be had here. The trees are built from their packages' documentation
 * (README.rpm-dist, yum.postgresql.org, ArchWiki, Alpine's and openSUSE's packages, NixOS' module, asdf-postgres, mise);
 * none was seen on a real machine.
 */

type Tree = Awaited<ReturnType<typeof describeMachine>>;
let machine: Tree | null = null;
afterEach(async () => {
  await machine?.remove();
  machine = null;
});

type Described = Parameters<typeof describeMachine>[0];
async function linux(more: Omit<Described, "platform" | "home">) {
  machine = await describeMachine({ platform: "linux", home: "/home/ada", uid: 1000, ...more });
  return lookForInstallations(machine);
}

describe("Red Hat packages", () => {
  it("are installed and not initialised at first, each with its own set-up command", async () => {
    const found = await linux({
      files: {
        "/usr/bin/postgres": "",
        "/usr/bin/postgresql-setup": "",
        "/usr/pgsql-17/bin/postgres": "",
      },
    });
    expect(found.server("rpm:postgresql")).toMatchObject({
      state: "uninitialised",
      actions: ["initialise"],
      startCommand: "sudo postgresql-setup --initdb",
      canStart: false,
    });
    expect(found.server("rpm:postgresql-17").startCommand).toBe("sudo /usr/pgsql-17/bin/postgresql-17-setup initdb");
  });

  it("start by their unit, asked for on a desktop", async () => {
    const found = await linux({
      files: {
        "/usr/pgsql-17/bin/postgres": "",
        "/usr/bin/pkexec": "",
        ...dataDirectory("/var/lib/pgsql/17/data", { version: "17", port: 5433 }),
      },
      environment: { PATH: "/usr/bin", DISPLAY: ":0" },
    });
    expect(found.server("rpm:postgresql-17")).toMatchObject({
      state: "stopped",
      startCommand: "pkexec systemctl start postgresql-17",
      canStart: true,
      actions: ["start"],
    });
  });

  it("are broken, not absent, when the data is another version's", async () => {
    const found = await linux({
      files: {
        "/usr/pgsql-17/bin/postgres": "",
        ...dataDirectory("/var/lib/pgsql/17/data", { version: "14" }),
      },
    });
    expect(found.server("rpm:postgresql-17")).toMatchObject({ state: "broken", cause: "incompatible-data" });
  });
});

describe("Debian's packages", () => {
  const programs = { "/usr/lib/postgresql/17/bin/postgres": "", "/usr/lib/postgresql/16/bin/psql": "" };

  it("are installed and not initialised while no cluster was made of them", async () => {
    const found = await linux({ files: { ...programs, "/etc/postgresql": null } });
    expect(found.scan.servers.map(({ id }) => id)).toEqual(["apt:17/main"]);
    expect(found.server("apt:17/main")).toMatchObject({
      state: "uninitialised",
      dataDirectory: "/var/lib/postgresql/17/main",
      reason: "Its data directory /var/lib/postgresql/17/main is not made yet.",
      actions: ["initialise"],
      startCommand: "sudo pg_createcluster 17 main",
      canStart: false,
    });
  });

  it("say that data is there without its configuration", async () => {
    const data = dataDirectory("/var/lib/postgresql/17/main", { version: "17" });
    const found = await linux({ files: { ...programs, ...data } });
    expect(found.server("apt:17/main")).toMatchObject({
      state: "broken",
      cause: "unreadable-configuration",
      reason: "/etc/postgresql/17/main/postgresql.conf cannot be read: it is missing.",
    });
  });

  it("fill an emptied data directory anew where the cluster is configured", async () => {
    const found = await linux({
      files: {
        ...programs,
        "/etc/postgresql/17/shop/postgresql.conf": "data_directory = '/srv/shop data'\n",
        "/srv/shop data": null,
      },
      uid: 0,
    });
    expect(found.scan.servers.map(({ id }) => id)).toEqual(["apt:17/shop"]);
    expect(found.server("apt:17/shop")).toMatchObject({
      state: "uninitialised",
      actions: ["initialise"],
      startCommand: "runuser -u postgres -- /usr/lib/postgresql/17/bin/initdb -D '/srv/shop data'",
      canStart: true,
    });
  });
});

describe("PGDATA", () => {
  it("names a data directory that no installer laid out, with the programs on PATH", async () => {
    const files = { "/nix/profile/bin/postgres": "" };
    const environment = { PGDATA: "/srv/shop/.pg/", PATH: "/usr/bin:/nix/profile/bin" };
    const before = await linux({ files, environment });
    expect(before.server("pgdata:/srv/shop/.pg")).toMatchObject({
      state: "uninitialised",
      startCommand: "/nix/profile/bin/initdb -D /srv/shop/.pg -U postgres",
      canStart: true,
    });
  });

  it("starts by pg_ctl, and is said without programs to start it with", async () => {
    const data = dataDirectory("/srv/pg", { version: "16", port: 5444 });
    const environment = { PGDATA: "/srv/pg", PATH: "/opt/pg/bin" };
    const found = await linux({ files: { ...data, "/opt/pg/bin/postgres": "" }, environment });
    expect(found.server("pgdata:/srv/pg")).toMatchObject({
      label: "PGDATA · /srv/pg",
      version: "16",
      state: "stopped",
      endpoints: [
        { host: "127.0.0.1", port: 5444 },
        { socketDirectory: "/tmp", port: 5444 },
      ],
    });
    await machine?.remove();
    const alone = await linux({ files: data, environment });
    expect(alone.server("pgdata:/srv/pg")).toMatchObject({ state: "stopped", actions: [], startCommand: null });
  });

  it("is the card of the installer that laid the same data out", async () => {
    const data = dataDirectory("/var/lib/postgresql/17/main", { version: "17" });
    const apt = { "/usr/lib/postgresql/17/bin/postgres": "", "/etc/postgresql/17/main/postgresql.conf": "" };
    const found = await linux({ files: { ...data, ...apt }, environment: { PGDATA: "/var/lib/postgresql/17/main" } });
    expect(found.scan.servers.map(({ id }) => id)).toEqual(["apt:17/main"]);
  });

  it("is nothing where it names nothing, and what make install left is found without it", async () => {
    const found = await linux({
      files: { "/usr/local/pgsql/bin/postgres": "", ...dataDirectory("/usr/local/pgsql/data", { version: "18" }) },
      environment: { PGDATA: "relative/data" },
    });
    expect(found.scan.servers.map(({ id, state }) => [id, state])).toEqual([
      ["pgdata:/usr/local/pgsql/data", "stopped"],
    ]);
  });
});

describe("other distributions", () => {
  it("Arch", async () => {
    const found = await linux({ files: { "/usr/bin/postgres": "", "/var/lib/postgres/data": null } });
    expect(found.server("arch:postgresql")).toMatchObject({
      state: "uninitialised",
      startCommand: "sudo -iu postgres initdb -D /var/lib/postgres/data",
    });
  });

  it("Alpine", async () => {
    const found = await linux({
      files: {
        "/usr/libexec/postgresql17/postgres": "",
        ...dataDirectory("/var/lib/postgresql/17/data", { version: "17" }),
      },
      uid: 0,
    });
    expect(found.server("alpine:postgresql17")).toMatchObject({
      state: "stopped",
      startCommand: "rc-service postgresql start",
      canStart: true,
    });
  });

  it("openSUSE, whose newest programs own the one data directory", async () => {
    const found = await linux({
      files: {
        "/usr/lib/postgresql16/bin/postgres": "",
        "/usr/lib/postgresql17/bin/postgres": "",
        ...dataDirectory("/var/lib/pgsql/data", { version: "16" }),
      },
    });
    expect(found.server("opensuse:postgresql")).toMatchObject({ state: "broken", cause: "incompatible-data" });
  });

  it("NixOS", async () => {
    const found = await linux({
      files: { "/run/current-system/sw": null, ...dataDirectory("/var/lib/postgresql/16", { version: "16" }) },
    });
    expect(found.server("nix:16")).toMatchObject({ state: "stopped", version: "16" });
  });
});

describe("version managers", () => {
  it("asdf and mise, each exact version once", async () => {
    const mise = "/home/ada/.local/share/mise/installs/postgres";
    const found = await linux({
      files: {
        "/home/ada/.asdf/installs/postgres/16.4/bin/postgres": "",
        ...dataDirectory("/home/ada/.asdf/installs/postgres/16.4/data", { version: "16" }),
        [`${mise}/17.2/bin/postgres`]: "",
        [`${mise}/17`]: { link: `${mise}/17.2` },
      },
    });
    expect(found.scan.servers.map(({ id }) => id).sort()).toEqual(["asdf:16.4", "mise:17.2"]);
    expect(found.server("asdf:16.4")).toMatchObject({ state: "stopped", version: "16.4" });
    expect(found.server("mise:17.2")).toMatchObject({ state: "uninitialised" });
  });

  it("say of every state why, what was seen, and what to do by a press or by hand", async () => {
    const root = "/home/ada/.asdf/installs/postgres";
    const at = (version: string) => `${root}/${version}/data`;
    const programs = ["11.1", "12.1", "13.1", "14.1", "15.1", "16.1", "17.1", "18.1"];
    const found = await linux({
      files: {
        ...Object.fromEntries(programs.map((version) => [`${root}/${version}/bin/postgres`, ""])),
        ...dataDirectory(at("11.1"), { version: "11", pid: 11, status: "ready" }),
        ...dataDirectory(at("12.1"), { version: "12", pid: 12, status: "starting" }),
        ...dataDirectory(at("13.1"), { version: "13", port: 5440, pid: 13, status: "stopping" }),
        ...dataDirectory(at("14.1"), { version: "14", pid: 99 }),
        ...dataDirectory(at("15.1"), { version: "14" }),
        [`${at("16.1")}/base`]: null,
        [`${at("17.1")}/PG_VERSION`]: "17\n",
      },
      processes: { 11: "postgres", 12: "postgres", 13: "postgres" },
    });
    const cards = programs.map((version) => found.server(`asdf:${version}`));
    expect(cards.map(({ state, cause }) => [state, cause])).toEqual([
      ["running", null],
      ["starting", null],
      ["stopped", null],
      ["broken", "stale-pid-file"],
      ["broken", "incompatible-data"],
      ["broken", "missing-data-directory"],
      ["broken", "unreadable-configuration"],
      ["uninitialised", null],
    ]);
    for (const { id, state, reason, evidence, actions, remedy } of cards.filter((one) => one.state !== "running")) {
      expect([id, state, Boolean(reason), (evidence ?? []).length > 1]).toEqual([id, state, true, true]);
      expect([id, actions.length > 0 || Boolean(remedy)]).toEqual([id, true]);
    }
  });

  it("conda, by its active environment and PGDATA", async () => {
    const found = await linux({
      environment: { CONDA_PREFIX: "/opt/conda/envs/shop", CONDA_DEFAULT_ENV: "shop", PGDATA: "/home/ada/pgdata" },
      files: { "/opt/conda/envs/shop/bin/postgres": "", ...dataDirectory("/home/ada/pgdata", { version: "18" }) },
    });
    expect(found.server("conda:shop")).toMatchObject({ state: "stopped", version: "18" });
  });
});
