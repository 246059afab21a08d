import { expect, it } from "vitest";
import { freeNameAfter } from "./free-name";

it("counts on from a name that ends in a number", () => {
  expect(freeNameAfter("shop")).toBe("shop_2");
  expect(freeNameAfter("shop_2")).toBe("shop_3");
  expect(freeNameAfter("shop_99")).toBe("shop_100");
});

it("keeps numbers that belong to the name", () => {
  expect(freeNameAfter("web2")).toBe("web2_2");
});
