import { expect, it } from "vitest";
import { evidenceRows } from "./evidence";

it("writes names and values in words", () => {
  expect(evidenceRows({ schemaOwner: "postgres", mayCreate: false, superuser: true, detail: null, bytes: "" })).toEqual(
    [
      { name: "schema owner", value: "postgres" },
      { name: "may create", value: "no" },
      { name: "superuser", value: "yes" },
      { name: "detail", value: "none" },
      { name: "bytes", value: "none" },
    ],
  );
});

it("flattens lists and nested facts, each with its path", () => {
  expect(
    evidenceRows({
      addresses: ["127.0.0.1", "::1"],
      parameters: [],
      attempts: [
        { address: "::1", errno: "ECONNREFUSED" },
        { address: "127.0.0.1", errno: null },
      ],
      certificate: { subject: "CN=host" },
    }),
  ).toEqual([
    { name: "addresses", value: "127.0.0.1, ::1" },
    { name: "parameters", value: "none" },
    { name: "attempts 1 · address", value: "::1" },
    { name: "attempts 1 · errno", value: "ECONNREFUSED" },
    { name: "attempts 2 · address", value: "127.0.0.1" },
    { name: "attempts 2 · errno", value: "none" },
    { name: "certificate · subject", value: "CN=host" },
  ]);
});
