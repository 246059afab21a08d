import { describe, expect, it } from "vitest";
import { onlyForLibpq, setInString, startupSettings } from "./startup";

describe("parameters of a string on the way to the server", () => {
  it("sends what asyncpg sends and libpq does not know, beside libpq's own two", () => {
    const sent = {
      application_name: "x",
      options: "-c a=b",
      search_path: "x",
      ssl: "true",
      pool_timeout: "30",
      "my.app": "1",
    };
    const kept = {
      sslmode: "require",
      sslrootcert: "/x",
      connect_timeout: "5",
      channel_binding: "prefer",
      service: "s",
      krbsrvname: "p",
    };
    expect(startupSettings({ ...sent, ...kept, work_mem: "" })).toEqual(sent);
  });

  it("names those only libpq understands", () => {
    const names = ["connect_timeout", "channel_binding", "keepalives", "gssencmode"];
    const others = { application_name: "x", options: "", sslmode: "require", search_path: "x", nosuch: "1" };
    expect(onlyForLibpq({ ...Object.fromEntries(names.map((name) => [name, "1"])), ...others })).toEqual(names);
  });

  it.each([
    [{ search_path: "x" }, "search_path"],
    [{ options: "-c search_path=x" }, "options"],
    [{ options: "-csearch_path=x -c a=b" }, "options"],
    [{ options: "--search-path=x" }, "options"],
    [{ options: "-c work_mem=search_path" }, null],
    [{ application_name: "search_path" }, null],
  ])("knows where %o sets search_path", (parameters, expected) => {
    expect(setInString(parameters, "search_path")).toBe(expected);
  });
});
