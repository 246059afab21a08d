import { describe, expect, it } from "vitest";
import { containerId, containerName } from "./identity";

describe("the name in a card's id", () => {
  it.each([
    ["docker", "shop-db_1.test", null],
    ["podman", "db", "colima-work"],
  ])("%s:%s of the engine %s is what the id was made of", (origin, name, engine) => {
    expect(containerName(containerId(origin, name, engine))).toBe(name);
  });

  it.each(["apt:15/main", "docker:", "docker:a b", "docker:$(reboot)", "docker:../x", "podman:-x", "xdocker:a"])(
    "is none in %s",
    (id) => {
      expect(containerName(id)).toBeNull();
    },
  );
});
