import { describe, expect, it } from "vitest";
import { uriParts } from "../../shared/domain/dsn";
import { uriStretches } from "./uri-stretches";

describe("the stretches of a string that are painted", () => {
  it("are its parts", () => {
    const parts = uriParts("postgresql://u:p@h1,h2:5/d?sslmode=require");
    expect(uriStretches(parts)).toEqual(parts);
  });

  it("stay few with thousands of hosts, and the password stays one of its own", () => {
    const text = `postgresql://u:secret@${"h:1,".repeat(20_000)}h/d?sslmode=require`;
    const painted = uriStretches(uriParts(text));
    expect(painted.length).toBeLessThan(10);
    expect(painted.map((part) => part.text).join("")).toBe(text);
    expect(painted.find(({ kind }) => kind === "password")?.text).toBe("secret");
    expect(painted.filter(({ text: piece }) => piece.includes("secret"))).toHaveLength(1);
  });
});
