import { describe, expect, it } from "vitest";
import { packageVersion, versionFromProgram } from "./package-version";

const STATUS = `Package: postgresql-15
Status: install ok installed
Version: 15.18-0+deb12u1
Depends: postgresql-common

Package: postgresql-client-15
Version: 15.17-1

Package: postgresql-16
Version: 2:16.14-1.pgdg120+1
`;

describe("packageVersion", () => {
  it("reads the upstream version of exactly the package asked for", () => {
    expect(packageVersion(STATUS, "postgresql-15")).toBe("15.18");
    expect(packageVersion(STATUS, "postgresql-client-15")).toBe("15.17");
    expect(packageVersion(STATUS, "postgresql-16")).toBe("16.14");
    expect(packageVersion(STATUS, "postgresql")).toBeNull();
  });
});

describe("versionFromProgram", () => {
  it("reads the version where the path tells it", () => {
    expect(versionFromProgram("/usr/lib/postgresql/15/bin/postgres")).toBe("15");
    expect(versionFromProgram("/usr/pgsql-16/bin/postmaster")).toBe("16");
    expect(versionFromProgram("/opt/homebrew/opt/postgresql@17/bin/postgres")).toBe("17");
    expect(versionFromProgram("/usr/bin/postgres")).toBeNull();
  });
});
