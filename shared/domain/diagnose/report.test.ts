import { describe, expect, it } from "vitest";
import { nameProtocol, showBytes } from "./protocols";
import { shadowWarning } from "./rules/project";
import { parameterWarnings, readerWarnings } from "./warnings";

describe("nameProtocol", () => {
  it.each([
    ["SSH-2.0-OpenSSH_9.2p1 Debian-2", "an SSH server"],
    ["HTTP/1.1 400 Bad Request\r\n", "a web server (HTTP)"],
    ["J\x00\x00\x00\x0a8.0.36\x00", "MySQL or MariaDB"],
    ["-ERR unknown command\r\n", "Redis"],
    ["220 mail.example ESMTP Postfix\r\n", "a mail server (SMTP)"],
    ["\x15\x03\x01\x00\x02\x02\x46", "a server that speaks TLS from the first byte"],
    ["ERROR\r\n", "memcached"],
  ])("%j is %s", (bytes, name) => {
    expect(nameProtocol(bytes)).toBe(name);
  });

  it("gives no name to what it does not know", () => {
    expect(nameProtocol("\x01\x02hello")).toBeNull();
    expect(showBytes("\x01ok")).toBe(".ok");
  });
});

describe("warnings", () => {
  const target = (parameters: Readonly<Record<string, string>>) => ({
    hosts: [],
    user: null,
    database: null,
    sslmode: null,
    parameters,
  });

  it("warns of parameters only asyncpg trips over, and of none it takes", () => {
    const named = (parameters: Readonly<Record<string, string>>) =>
      parameterWarnings(target(parameters)).map((warning) => warning.message.split(" ")[2]);
    expect(named({ connect_timeout: "5", channel_binding: "require" })).toEqual(["connect_timeout", "channel_binding"]);
    expect(named({ application_name: "x", sslrootcert: "/x", options: "-c a=b", search_path: "x" })).toEqual([]);
  });

  it("says which variable beats .env, and how to be rid of it", () => {
    expect(shadowWarning({ key: "DATABASE_URL", from: "process" }).message).toContain("unset DATABASE_URL");
    expect(shadowWarning({ key: "AKSARA_DATABASE_URL", from: "file" }).message).toMatch(
      /^AKSARA_DATABASE_URL stands in/,
    );
  });

  it.each([
    ["postgresql://a:p@h/d", []],
    ["postgresql://a:p#q@h/d", ["read.unencoded-credentials"]],
    ["postgresql://a:p@127.0.0.1,[::1]/d", ["read.invalid"]],
    ["host=h user=a password=p", ["read.unsupported-scheme"]],
    ["postgresql://a:p@h/d?sslmode=verify-full&sslrootcert=system", ["encrypt.root-file-missing"]],
    ["postgresql://a:p@h/d?sslmode=verify-full", []],
    ["postgresql://a:p@h/d?ssl=true&application_name=x", ["database.parameter-unknown"]],
  ])("of %s tells what asyncpg makes otherwise", (dsn, ids) => {
    expect(readerWarnings(dsn).map(({ id }) => id)).toEqual(ids);
  });
});
