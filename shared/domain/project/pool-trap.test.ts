import { expect, it } from "vitest";
import { keepsOwnPoolSizes } from "./pool-trap";

it("sees whether main.py passes pool sizes on", () => {
  expect(keepsOwnPoolSizes("app = Aksara(database_url=settings.database_url)")).toBe(true);
  expect(keepsOwnPoolSizes("app = Aksara(\n  # max_pool_size=3\n)")).toBe(true);
  expect(keepsOwnPoolSizes("app = Aksara(max_pool_size=settings.pool_max_size)")).toBe(false);
  expect(keepsOwnPoolSizes("app = FastAPI()")).toBe(false);
});
