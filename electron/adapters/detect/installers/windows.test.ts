import { afterEach, describe, expect, it } from "vitest";
import { dataDirectory } from "../../../../e2e/machines/data";
import { lookForInstallations } from "../../../../e2e/machines/look";
import { describeMachine } from "../../../../e2e/machines/tree";

/*
 * Windows cannot be had here. Trees and registry dumps are built from EDB's installer guide, pg_ctl's manual page
 * (register) and the documented output of `reg query`; none was seen on a real machine.
 */

type Tree = Awaited<ReturnType<typeof describeMachine>>;
let machine: Tree | null = null;
afterEach(async () => {
  await machine?.remove();
  machine = null;
});

type Described = Parameters<typeof describeMachine>[0];
async function windows(more: Omit<Described, "platform" | "home" | "uid">) {
  machine = await describeMachine({ platform: "win32", home: "C:\\Users\\ada", uid: null, ...more });
  return lookForInstallations(machine);
}

const REG = "C:\\Windows\\System32\\reg.exe";
const ROOT = "C:\\Program Files\\PostgreSQL\\17";
const INSTALLATIONS = [
  "",
  "HKEY_LOCAL_MACHINE\\SOFTWARE\\PostgreSQL\\Installations\\postgresql-x64-17",
  `    Base Directory    REG_SZ    ${ROOT}`,
  `    Data Directory    REG_SZ    ${ROOT}\\data`,
  "    Version    REG_SZ    17.6-1",
  "    Service ID    REG_SZ    postgresql-x64-17",
  "",
  "HKEY_LOCAL_MACHINE\\SOFTWARE\\PostgreSQL\\Services\\postgresql-x64-17",
  "    Display Name    REG_SZ    postgresql-x64-17 - PostgreSQL Server 17",
  `    Data Directory    REG_SZ    ${ROOT}\\data`,
  "    Port    REG_DWORD    0x1538",
  "",
].join("\r\n");
const SERVICES = [
  "",
  "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\postgresql-x64-17",
  `    ImagePath    REG_EXPAND_SZ    "${ROOT}\\bin\\pg_ctl.exe" runservice -N "postgresql-x64-17" -D "${ROOT}\\data" -w`,
  "",
  "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\shop-db",
  '    ImagePath    REG_EXPAND_SZ    "D:\\pg\\bin\\pg_ctl.exe" runservice -N "shop-db" -D "D:\\shop data"',
  "",
  "End of search: 2 match(es) found.",
].join("\r\n");

const tools = {
  [`${REG} query HKLM\\SOFTWARE\\PostgreSQL /s /reg:64`]: INSTALLATIONS,
  [`${REG} query HKLM\\SYSTEM\\CurrentControlSet\\Services /s /d /f runservice`]: SERVICES,
};

describe("Windows services", () => {
  it("are found by EDB's keys and by their ImagePath, one card a data directory, started by an administrator", async () => {
    const found = await windows({
      tools,
      files: {
        [`${ROOT}\\bin\\postgres.exe`]: "",
        ...dataDirectory(`${ROOT}\\data`, { version: "17" }, "\\"),
        "D:\\pg\\bin\\postgres.exe": "",
        ...dataDirectory("D:\\shop data", { version: "15", port: 5440, pid: 4321 }, "\\"),
      },
      processes: { 4321: "unknown" },
      answers: ["127.0.0.1:5440"],
    });
    expect(found.scan.servers.map(({ id }) => id).sort()).toEqual(["edb:postgresql-x64-17", "windows-service:shop-db"]);
    expect(found.server("edb:postgresql-x64-17")).toMatchObject({
      label: "EDB · PostgreSQL 17",
      version: "17.6",
      state: "stopped",
      endpoints: [{ host: "127.0.0.1", port: 5432 }],
      startCommand: "Start-Service postgresql-x64-17",
      canStart: false,
    });
    expect(found.server("windows-service:shop-db")).toMatchObject({
      state: "running",
      version: "15",
      endpoints: [{ host: "127.0.0.1", port: 5440 }],
    });
  });

  it("are found in Program Files where the registry does not tell", async () => {
    const found = await windows({
      files: { [`${ROOT}\\bin\\postgres.exe`]: "", ...dataDirectory(`${ROOT}\\data`, { version: "17" }, "\\") },
    });
    expect(found.server("edb:17")).toMatchObject({ state: "stopped", startCommand: null, actions: [] });
  });

  it("says what is missing when a service's data directory is gone", async () => {
    const found = await windows({ tools, files: { [`${ROOT}\\bin\\postgres.exe`]: "" } });
    expect(found.server("edb:postgresql-x64-17")).toMatchObject({ state: "broken", cause: "missing-data-directory" });
  });

  it("have their names quoted for PowerShell, and folders whose letters got lost are said, not looked for", async () => {
    const odd = [
      "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Ada's db",
      '    ImagePath    REG_EXPAND_SZ    "D:\\pg\\bin\\pg_ctl.exe" runservice -N "x" -D "D:\\data"',
      "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\lost",
      '    ImagePath    REG_EXPAND_SZ    "D:\\pg\\bin\\pg_ctl.exe" runservice -N "lost" -D "D:\\M\ufffdller"',
    ].join("\r\n");
    const found = await windows({
      tools: { [`${REG} query HKLM\\SYSTEM\\CurrentControlSet\\Services /s /d /f runservice`]: odd },
      files: { "D:\\pg\\bin\\postgres.exe": "", ...dataDirectory("D:\\data", { version: "17" }, "\\") },
    });
    expect(found.server("windows-service:Ada's db").startCommand).toBe("Start-Service 'Ada''s db'");
    expect(found.scan.servers).toHaveLength(1);
    expect(found.scan.problems).toMatchObject([{ source: "windows-services", kind: "unreadable" }]);
  });

  it("survive a registry dump that is garbage", async () => {
    const garbage = `HKEY_LOCAL_MACHINE\\\u0000\r\n    Data Directory    REG_SZ\r\n    =    REG_\r\n${"x".repeat(200_000)}`;
    const found = await windows({
      tools: Object.fromEntries(Object.keys(tools).map((line) => [line, garbage])),
      files: {},
    });
    expect(found.scan).toMatchObject({ servers: [], problems: [] });
  });
});

describe("packages of the person's own", () => {
  it("Scoop starts and initialises without an administrator", async () => {
    const root = "C:\\Users\\ada\\scoop\\apps\\postgresql\\current";
    const found = await windows({ files: { [`${root}\\bin\\postgres.exe`]: "" } });
    expect(found.server("scoop:postgresql")).toMatchObject({ state: "uninitialised", canStart: true });
  });

  it("Chocolatey's portable package", async () => {
    const root = "C:\\ProgramData\\chocolatey\\lib\\postgresql17\\tools\\pgsql";
    const found = await windows({
      files: { [`${root}\\bin\\postgres.exe`]: "", ...dataDirectory(`${root}\\data`, { version: "17" }, "\\") },
    });
    expect(found.server("chocolatey:postgresql17")).toMatchObject({ state: "stopped", version: "17" });
  });
});
