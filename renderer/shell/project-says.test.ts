import { expect, it } from "vitest";
import type { Project } from "../../shared/domain/project-types";
import { projectSays } from "./project-says";

const project: Project = {
  path: "/code/shop",
  name: "shop",
  isAksara: true,
  reason: "pyproject.toml lists aksara-framework.",
  envFile: null,
  databaseUrl: null,
  shadowedBy: null,
  writable: true,
};

it("says that it is an Aksara project, or why not", () => {
  expect(projectSays(project)).toBe("Aksara project");
  expect(projectSays({ ...project, isAksara: false, reason: "None of its files names aksara." })).toBe(
    "No Aksara project: none of its files names aksara.",
  );
});

it("says first that nothing can be written there", () => {
  expect(projectSays({ ...project, writable: false })).toBe("This folder cannot be written.");
});
