import { describe, expect, it } from "vitest";
import { parseConnectionString } from "./parse";
import { resolveTarget, showTarget } from "./resolve";
import { scenarios } from "./scenarios";

function credentials(text: string) {
  const parsed = parseConnectionString(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

describe("filling the gaps", () => {
  it("takes the OS user, a database of that name, and prefer", () => {
    expect(resolveTarget(credentials("postgresql://h"), "me")).toEqual({
      endpoints: [{ host: "h", port: 5432 }],
      user: "me",
      database: "me",
      sslmode: "prefer",
    });
  });

  it("takes the database's name from the string's user", () => {
    expect(resolveTarget(credentials("postgresql://u@h:1,i:2?sslmode=disable"), "me")).toEqual({
      endpoints: [
        { host: "h", port: 1 },
        { host: "i", port: 2 },
      ],
      user: "u",
      database: "u",
      sslmode: "disable",
    });
  });

  it("looks in the socket folders and then at localhost when no host is named, on the port that is", () => {
    expect(resolveTarget(credentials("postgresql://:5433/d"), "me").endpoints).toEqual([
      { socketDirectory: "/var/run/postgresql", port: 5433 },
      { socketDirectory: "/tmp", port: 5433 },
      { host: "localhost", port: 5433 },
    ]);
  });

  it("uses hostaddr where there is no host, each with its port, and the socket folder for an empty place", () => {
    expect(resolveTarget(credentials("postgresql:///d?hostaddr=10.0.0.1,10.0.0.2&port=7,8"), "me").endpoints).toEqual([
      { host: "10.0.0.1", port: 7 },
      { host: "10.0.0.2", port: 8 },
    ]);
    expect(resolveTarget(credentials("postgresql://,h:1/d"), "me").endpoints).toEqual([
      { socketDirectory: "/var/run/postgresql", port: 5432 },
      { host: "h", port: 1 },
    ]);
  });
});

describe("showing a target", () => {
  it("says only whether there is a password", () => {
    expect(showTarget(credentials("postgresql://u:p@h/d?sslpassword=q&application_name=a"))).toEqual({
      hosts: [{ host: "h", port: 5432 }],
      user: "u",
      password: "***",
      database: "d",
      sslmode: null,
      parameters: { sslpassword: "***", application_name: "a" },
    });
    expect(showTarget(credentials("postgresql://u@h/d")).password).toBeNull();
  });
});

describe("starting points", () => {
  it("stand in their order with the project's name in them", () => {
    expect(scenarios.map(({ title, apply }) => [title, apply("ticket_desk")])).toEqual([
      ["Local default", "postgresql://localhost/ticket_desk"],
      ["With password", "postgresql://ticket_desk:password@localhost:5432/ticket_desk"],
      ["Remote server", "postgresql://ticket_desk:password@db.example.com:5432/ticket_desk"],
      ["Docker", "postgresql://postgres:postgres@localhost:5432/ticket_desk"],
      ["SSL required", "postgresql://ticket_desk:password@db.example.com:5432/ticket_desk?sslmode=require"],
      ["Unix socket", "postgresql://ticket_desk@%2Fvar%2Frun%2Fpostgresql:5432/ticket_desk"],
    ]);
  });

  it.each(["", "my app/é", "a@b"])("are readable for any name: %j", (name) => {
    for (const { apply } of scenarios) expect(credentials(apply(name)).target.database).toBe(name || "myapp");
  });
});
