import { APPEARS, command, type InstallGuide, lines, page, words } from "./guide";

/** Versions Homebrew has a formula for, newest first. */
const BREW: readonly number[] = [18, 17, 16, 15, 14];

/** Homebrew, on macOS and Linux. */
export const homebrew: InstallGuide = {
  id: "homebrew",
  title: "Homebrew",
  summary: "One command, no administrator. Your macOS user is the server's administrator, without a password.",
  versions: BREW,
  asks: false,
  fits: ({ platform, programs }) =>
    programs.includes("brew") ? (platform === "darwin" ? 3 : 2) : platform === "darwin" ? 1 : 0,
  steps: ({ programs }, { version }) => [
    ...(programs.includes("brew")
      ? []
      : [page("Install Homebrew", "Its page has the one line to paste into Terminal.", "homebrew", "Open brew.sh")]),
    command(`Install PostgreSQL ${version}`, null, "brew", ["install", `postgresql@${version}`]),
    command("Start it, now and at every login", "Without the background service: pg_ctl start.", "brew", [
      "services",
      "start",
      `postgresql@${version}`,
    ]),
    APPEARS,
  ],
};

export const postgresApp: InstallGuide = {
  id: "postgres-app",
  title: "Postgres.app",
  summary: "An app with PostgreSQL in it: drag it to Applications, press Initialize. Nothing else is changed.",
  versions: [],
  asks: false,
  fits: ({ platform, programs }) => (platform === "darwin" ? (programs.includes("brew") ? 2 : 3) : 0),
  steps: () => [
    page("Download it", "Open the file and move Postgres to Applications.", "postgres-app", "Open postgresapp.com"),
    command("Open it", "Then press Initialize. The elephant in the menu bar shows that it runs.", "open", [
      "-a",
      "Postgres",
    ]),
    words(
      "Allow this app when Postgres.app asks",
      "Since version 2.7 it asks before a program connects without a password. Its question may stand behind this window.",
    ),
    APPEARS,
  ],
};

export const windowsInstaller: InstallGuide = {
  id: "windows-installer",
  title: "Installer",
  summary: "EDB's graphical installer for Windows. It asks for a password for the user postgres: keep it at hand.",
  versions: [],
  asks: false,
  fits: ({ platform }) => (platform === "win32" ? 3 : 0),
  steps: () => [
    page("Download it", "Choose the newest version for Windows x86-64.", "postgresql-windows", "Open postgresql.org"),
    words(
      "Run it and keep what it offers",
      "Port 5432, the default locale. Write the password down: it is the one this app asks for as administrator's.",
    ),
    words("Stack Builder is not needed", "Untick it on the last page."),
    APPEARS,
  ],
};

export const winget: InstallGuide = {
  id: "winget",
  title: "winget",
  summary: "The same installer by one command. Windows asks for an administrator.",
  versions: [18, 17, 16, 15, 14, 13],
  asks: false,
  fits: ({ platform, programs }) => (platform === "win32" ? (programs.includes("winget") ? 2 : 1) : 0),
  steps: (_machine, { version }) => [
    command(`Install PostgreSQL ${version}`, "Windows asks for an administrator itself.", "winget", [
      "install",
      "--id",
      `PostgreSQL.PostgreSQL.${version}`,
      "--exact",
      "--accept-package-agreements",
      "--accept-source-agreements",
    ]),
    words(
      "Change the password",
      "A silent installation may leave the well-known password postgres. Change it before other people share this network.",
    ),
    APPEARS,
  ],
};

export const wsl: InstallGuide = {
  id: "wsl",
  title: "WSL 2",
  summary: "Linux inside Windows, for apps that run there. The server is then inside WSL, as the app is.",
  versions: [],
  asks: false,
  fits: ({ platform, programs }) => (platform === "win32" ? (programs.includes("wsl") ? 2 : 1) : 0),
  steps: ({ programs }) => [
    ...(programs.includes("wsl")
      ? []
      : [
          page(
            "Install WSL",
            "In PowerShell as administrator: wsl --install, then start the computer anew.",
            "wsl-install",
            "Open Microsoft's page",
          ),
        ]),
    lines(
      "Install PostgreSQL inside it",
      "In the terminal of your Linux distribution.",
      "sudo apt-get update",
      "sudo apt-get install -y postgresql postgresql-contrib",
      "sudo service postgresql start",
    ),
    words(
      "Run this app where your app runs",
      "For an app inside WSL, run this app's command line there: localhost is another computer on the two sides.",
    ),
  ],
};
