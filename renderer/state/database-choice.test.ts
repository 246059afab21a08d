import { expect, it } from "vitest";
import { problem } from "../../shared/domain/result";
import {
  canPlan,
  firstChoice,
  generalProblems,
  isUntouched,
  passwordProblem,
  withExisting,
  withName,
} from "./database-choice";

const proposal = { database: "shop", role: "shop", password: "generated", encodings: [] };
const first = firstChoice("apt:15/main", proposal);

it("asks for the password of a role that exists instead of sending a generated one", () => {
  const used = withExisting(first, "role");
  expect(used).toMatchObject({ onRole: "use", password: "" });
  expect(withExisting({ ...used, password: "typed" }, "role").password).toBe("typed");
});

it("gives the generated password back when the role is new again", () => {
  const used = { ...withExisting(first, "role"), password: "typed" };
  expect(withName(used, "role", "shop_2", "generated")).toMatchObject({
    role: "shop_2",
    onRole: "create",
    password: "generated",
  });
});

it("keeps a password the person typed for a new role while its name changes", () => {
  expect(withName({ ...first, password: "mine" }, "role", "other", "generated").password).toBe("mine");
});

it("takes an existing database as it is: no locale to choose; a new name means a new one", () => {
  const used = withExisting({ ...first, locale: "C.UTF-8" }, "database");
  expect(used).toMatchObject({ onDatabase: "use", locale: null });
  expect(withName(used, "database", "other", "generated")).toMatchObject({ database: "other", onDatabase: "create" });
});

it("knows names nobody changed from names somebody did", () => {
  const proposed = { ...proposal, projectPath: "/code/shop" };
  expect(isUntouched({ ...first, password: "other" }, proposed)).toBe(true);
  expect(isUntouched({ ...first, role: "other" }, proposed)).toBe(false);
});

it("does not ask a server about names PostgreSQL would not take", () => {
  expect(canPlan(first)).toBe(true);
  expect(canPlan({ ...first, database: "" })).toBe(false);
  expect(canPlan({ ...first, role: "x".repeat(64) })).toBe(false);
});

it("finds the problems that stand at no field", () => {
  const standby = problem("no-permission", "This server is a read-only standby.");
  expect(generalProblems([problem("exists", "There.", { field: "role" }), standby])).toEqual([standby]);
});

it("does not blame an empty password that was just asked for", () => {
  const problems = [problem("invalid-input", "The role needs a password.", { field: "password" })];
  expect(passwordProblem(withExisting(first, "role"), problems)).toBeNull();
  expect(passwordProblem({ ...first, password: "" }, problems)).toBe("The role needs a password.");
});
