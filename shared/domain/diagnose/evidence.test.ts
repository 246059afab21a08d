import { expect, it } from "vitest";
import type { Rung } from "../diagnosis";
import { evidenceRows, evidenceText } from "./evidence";

const rung = (evidence: Rung["evidence"]): Rung => ({
  id: "reach",
  status: "fail",
  startMs: 1.04,
  durationMs: 0.915086,
  summary: "127.0.0.1:1 refused",
  evidence,
});

/** The rows below the time, as "name: value, value". */
const rows = (evidence: Rung["evidence"]): readonly string[] =>
  evidenceRows(rung(evidence))
    .slice(1)
    .map(({ name, values }) => `${name}: ${values.join(", ")}`);

it("writes names and values in words", () => {
  expect(rows({ schemaOwner: "postgres", mayCreate: false, superuser: true, detail: null, bytes: "" })).toEqual([
    "schema owner: postgres",
    "may create: no",
    "superuser: yes",
    "detail: none",
    "bytes: none",
  ]);
});

it("keeps the entries of a list apart and gives nested facts their path", () => {
  expect(evidenceRows(rung({ addresses: ["127.0.0.1", "::1"] }))[1]).toEqual({
    name: "addresses",
    values: ["127.0.0.1", "::1"],
  });
  expect(rows({ parameters: [], certificate: { subject: "CN=host", names: ["a", "b"] } })).toEqual([
    "parameters: none",
    "certificate · subject: CN=host",
    "certificate · names: a, b",
  ]);
});

it("writes each of several attempts in one row, without what it lacks, its time rounded", () => {
  const attempts = [
    { address: "::1", port: 1, errno: "ECONNREFUSED", durationMs: 0.9150860011577606 },
    { address: "127.0.0.1", port: 1, errno: null, durationMs: 1250 },
  ];
  expect(rows({ attempts })).toEqual([
    "attempt 1: address ::1, port 1, errno ECONNREFUSED, duration 0.9 ms",
    "attempt 2: address 127.0.0.1, port 1, duration 1.3 s",
  ]);
});

it("counts characters from 1, as the Connection screen does", () => {
  expect(rows({ position: 16 })).toEqual(["character: 17"]);
});

it("is copied as text that says the rung, its outcome, its place in time and every row", () => {
  expect(evidenceText(rung({ errno: "ECONNREFUSED" }))).toBe(
    "Reach the port: failed\n127.0.0.1:1 refused\ntime: 0.9 ms, from 1.0 ms to 2.0 ms\nerrno: ECONNREFUSED",
  );
});
