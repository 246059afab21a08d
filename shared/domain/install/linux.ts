import { APPEARS, command, type InstallGuide, type InstallMachine, type InstallStep, lines } from "./guide";

/** Versions the PostgreSQL project's own package servers carry. */
const PGDG: readonly number[] = [18, 17, 16, 15, 14, 13];

const has = (machine: InstallMachine, program: "apt-get" | "dnf" | "pacman" | "apk" | "zypper"): boolean =>
  machine.platform === "linux" && machine.programs.includes(program);

/** systemd's line, or the init script's where systemd does not run (containers, WSL 1). */
const start = (machine: InstallMachine, unit: string, script: readonly [string, ...string[]]): InstallStep =>
  machine.systemd
    ? command(
        "Start it, now and at every start of the computer",
        null,
        "systemctl",
        ["enable", "--now", unit],
        "administrator",
      )
    : command("Start it", null, script[0], script.slice(1), "administrator");

/** Debian's packages start their cluster themselves, where systemd runs. */
const startDebian = (machine: InstallMachine): readonly InstallStep[] =>
  machine.systemd
    ? []
    : [
        command(
          "Start it",
          "Without systemd it may not have started.",
          "service",
          ["postgresql", "start"],
          "administrator",
        ),
      ];

/** Debian's and Ubuntu's own packages. */
export const apt: InstallGuide = {
  id: "apt",
  title: "apt",
  summary: "Debian's and Ubuntu's own PostgreSQL. It starts by itself and gets security updates with the system.",
  versions: [],
  asks: false,
  fits: (machine) => (has(machine, "apt-get") ? 3 : 0),
  steps: (machine) => [
    command("Fetch the list of packages", null, "apt-get", ["update"], "administrator"),
    command(
      "Install the server and its extensions",
      "It makes the cluster main and starts it on port 5432, or on the next free one.",
      "apt-get",
      ["install", "-y", "postgresql", "postgresql-contrib"],
      "administrator",
    ),
    ...startDebian(machine),
    APPEARS,
  ],
};

/** apt.postgresql.org: the PostgreSQL project's packages for Debian and Ubuntu. */
export const pgdgApt: InstallGuide = {
  id: "pgdg-apt",
  title: "apt, a version of your choice",
  summary: "The PostgreSQL project's packages for Debian and Ubuntu: every supported version, beside the system's own.",
  versions: PGDG,
  asks: false,
  fits: (machine) => (has(machine, "apt-get") ? 2 : 0),
  steps: (machine, { version }) => [
    command("Install Debian's helper", null, "apt-get", ["install", "-y", "postgresql-common"], "administrator"),
    command(
      "Add the project's package server",
      "The script comes with postgresql-common; it adds apt.postgresql.org and its key.",
      "/usr/share/postgresql-common/pgdg/apt.postgresql.org.sh",
      ["-y"],
      "administrator",
    ),
    command(
      `Install PostgreSQL ${version}`,
      "It makes a cluster of its own and starts it on the next free port.",
      "apt-get",
      ["install", "-y", `postgresql-${version}`],
      "administrator",
    ),
    ...startDebian(machine),
    APPEARS,
  ],
};

/** Fedora's and Red Hat's own packages. */
export const dnf: InstallGuide = {
  id: "dnf",
  title: "dnf",
  summary:
    "Fedora's and Red Hat's own PostgreSQL. It is installed empty: it needs one initialisation before it starts.",
  versions: [],
  asks: false,
  fits: (machine) => (has(machine, "dnf") ? 3 : 0),
  steps: (machine) => [
    command(
      "Install the server",
      null,
      "dnf",
      ["install", "-y", "postgresql-server", "postgresql-contrib"],
      "administrator",
    ),
    command(
      "Initialise it",
      "Once only. It makes /var/lib/pgsql/data.",
      "postgresql-setup",
      ["--initdb"],
      "administrator",
    ),
    start(machine, "postgresql", ["su", "-", "postgres", "-c", "pg_ctl -D /var/lib/pgsql/data start"]),
    APPEARS,
  ],
};

/** yum.postgresql.org: the PostgreSQL project's packages for Red Hat and its kin. */
export const pgdgRpm: InstallGuide = {
  id: "pgdg-rpm",
  title: "dnf, a version of your choice",
  summary: "The PostgreSQL project's packages for Red Hat Enterprise Linux, Rocky, AlmaLinux and Fedora.",
  versions: PGDG,
  asks: false,
  fits: (machine) => (has(machine, "dnf") ? 2 : 0),
  steps: (machine, { version }) => {
    const isFedora = machine.distribution[0] === "fedora";
    const system = isFedora ? `F-${machine.release ?? 43}` : `EL-${machine.release ?? 9}`;
    const name = isFedora ? "fedora" : "redhat";
    const repository = `https://download.postgresql.org/pub/repos/yum/reporpms/${system}-${machine.architecture}/pgdg-${name}-repo-latest.noarch.rpm`;
    return [
      command("Add the project's package server", null, "dnf", ["install", "-y", repository], "administrator"),
      command(
        "Switch the system's own version off",
        "Otherwise dnf hides the project's packages. Where there is no such module it says so, and nothing is lost.",
        "dnf",
        ["-qy", "module", "disable", "postgresql"],
        "administrator",
      ),
      command(
        `Install PostgreSQL ${version}`,
        null,
        "dnf",
        ["install", "-y", `postgresql${version}-server`, `postgresql${version}-contrib`],
        "administrator",
      ),
      command(
        "Initialise it",
        `Once only. It makes /var/lib/pgsql/${version}/data.`,
        `/usr/pgsql-${version}/bin/postgresql-${version}-setup`,
        ["initdb"],
        "administrator",
      ),
      start(machine, `postgresql-${version}`, [
        "su",
        "-",
        "postgres",
        "-c",
        `/usr/pgsql-${version}/bin/pg_ctl -D /var/lib/pgsql/${version}/data start`,
      ]),
      APPEARS,
    ];
  },
};

/** Arch and its kin. */
export const pacman: InstallGuide = {
  id: "pacman",
  title: "pacman",
  summary: "Arch Linux. It is installed empty: it needs one initialisation before it starts.",
  versions: [],
  asks: false,
  fits: (machine) => (has(machine, "pacman") ? 3 : 0),
  steps: (machine) => [
    command("Install the server", null, "pacman", ["-S", "--noconfirm", "postgresql"], "administrator"),
    lines("Initialise it, as its own user", "Once only.", "sudo -iu postgres initdb -D /var/lib/postgres/data"),
    start(machine, "postgresql", ["su", "-", "postgres", "-c", "pg_ctl -D /var/lib/postgres/data start"]),
    APPEARS,
  ],
};

/** Alpine. */
export const apk: InstallGuide = {
  id: "apk",
  title: "apk",
  summary: "Alpine Linux. Its service initialises the server at the first start.",
  versions: [],
  asks: false,
  fits: (machine) => (has(machine, "apk") ? 3 : 0),
  steps: () => [
    command("Install the server", null, "apk", ["add", "postgresql", "postgresql-contrib"], "administrator"),
    command(
      "Start it",
      "The first start makes its data directory.",
      "rc-service",
      ["postgresql", "start"],
      "administrator",
    ),
    command("Start it with the computer", null, "rc-update", ["add", "postgresql"], "administrator"),
    APPEARS,
  ],
};

/** openSUSE and SUSE. */
export const zypper: InstallGuide = {
  id: "zypper",
  title: "zypper",
  summary: "openSUSE and SUSE Linux. Its service initialises the server at the first start.",
  versions: [],
  asks: false,
  fits: (machine) => (has(machine, "zypper") ? 3 : 0),
  steps: (machine) => [
    command(
      "Install the server",
      null,
      "zypper",
      ["--non-interactive", "install", "postgresql-server", "postgresql-contrib"],
      "administrator",
    ),
    start(machine, "postgresql", ["rcpostgresql", "start"]),
    APPEARS,
  ],
};
