import { expect, it } from "vitest";
import { leadOf } from "./lead";

const facts = {
  version: "16.14",
  maxConnections: 100,
  superuserReserved: 3,
  reserved: 2,
  inUse: 11,
  roleLimit: null,
  databaseLimit: null,
};

it("says the app's side in words and the server's in numbers", () => {
  expect(leadOf(3, 2, facts)).toBe(
    "Three app instances with two workers each. The server allows 100, keeps 5 for itself, and 11 are in use now.",
  );
  expect(leadOf(1, 1, { ...facts, inUse: 1 })).toBe(
    "One app instance with one worker. The server allows 100, keeps 5 for itself, and 1 is in use now.",
  );
  expect(leadOf(12, 40, { ...facts, inUse: 0 })).toContain("12 app instances with 40 workers each.");
});

it("says what is not known", () => {
  expect(leadOf(1, 1, null)).toContain("not known yet");
  expect(leadOf(null, 1, facts)).toContain("How many instances");
});
