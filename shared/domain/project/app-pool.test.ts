import { expect, it } from "vitest";
import { appPool, type PoolTexts } from "./app-pool";

const PASSES = "app = Aksara(min_pool_size=settings.pool_min_size, max_pool_size=settings.pool_max_size)";

it.each<[string, PoolTexts, Record<string, string>, number, string]>([
  ["a number in main.py", { main: "Aksara(\n  max_pool_size = 7,\n)" }, {}, 7, "max_pool_size=7 in main.py"],
  [
    "no number in main.py, whatever .env says",
    { main: "Aksara(url)", env: "AKSARA_POOL_SIZE=9" },
    {},
    20,
    "Aksara's own 20",
  ],
  ["a number that is commented out", { main: "Aksara(\n  # max_pool_size=7\n)" }, {}, 20, "Aksara's own 20"],
  ["a number main.py works out", { main: "Aksara(max_pool_size=cores * 2)" }, {}, 20, "works its number out"],
  ["the settings, by .env", { main: PASSES, env: "AKSARA_POOL_MAX_SIZE=9" }, {}, 9, "AKSARA_POOL_MAX_SIZE=9 in .env"],
  [
    "the first name",
    { main: PASSES, env: "AKSARA_POOL_MAX_SIZE=9\nAKSARA_POOL_SIZE=8" },
    {},
    8,
    "AKSARA_POOL_SIZE=8 in .env",
  ],
  [
    "the first name that is not empty",
    { main: PASSES, env: "AKSARA_POOL_SIZE=\nAKSARA_POOL_MAX_SIZE=9" },
    {},
    9,
    "in .env",
  ],
  [
    "an exported name before .env",
    { main: PASSES, env: "AKSARA_POOL_SIZE=8" },
    { AKSARA_POOL_SIZE: "6" },
    6,
    "in this environment",
  ],
  [
    "an exported empty name, which python-dotenv leaves",
    { main: PASSES, env: "AKSARA_POOL_SIZE=8" },
    { AKSARA_POOL_SIZE: "" },
    20,
    "own 20",
  ],
  [
    "a bad number, not the next name",
    { main: PASSES, env: "AKSARA_POOL_SIZE=many\nAKSARA_POOL_MAX_SIZE=9" },
    {},
    20,
    "AKSARA_POOL_SIZE in .env is no number",
  ],
  [
    "configure() first",
    { main: PASSES, settings: "configure(pool_max_size=4)", env: "AKSARA_POOL_SIZE=8" },
    {},
    4,
    "in settings.py",
  ],
  ["the settings without a main.py", { env: "AKSARA_POOL_SIZE=1_0" }, {}, 10, "AKSARA_POOL_SIZE=10 in .env"],
  ["Aksara's own without anything", {}, {}, 20, "Aksara's own 20"],
])("takes the size from %s", (_what, texts, environment, value, from) => {
  expect(appPool(texts, environment).max).toMatchObject({ value, from: expect.stringContaining(from) });
});

it("says which setting to change", () => {
  expect(appPool({ main: "Aksara(url)" }, {}).max.setting).toEqual({ name: "max_pool_size", place: "Aksara()" });
  expect(appPool({ main: PASSES }, {}).max.setting).toEqual({ name: "AKSARA_POOL_MAX_SIZE", place: ".env" });
  expect(appPool({ main: PASSES }, {}).min.setting).toEqual({ name: "AKSARA_POOL_MIN_SIZE", place: ".env" });
});

it("tells of a variable that main.py does not pass on", () => {
  const env = "AKSARA_POOL_SIZE=9\n";
  expect(appPool({ main: "Aksara(url)", env }, {}).unused).toBe("AKSARA_POOL_SIZE in .env");
  expect(appPool({ main: PASSES, env }, {}).unused).toBeNull();
});

it("counts the processes that uvicorn starts", () => {
  const main = 'Aksara(url)\nuvicorn.run("main:app", workers=4)';
  expect(appPool({ main }, { WEB_CONCURRENCY: "2" }).workers).toEqual({ count: 4, from: "workers=4 in main.py" });
  expect(appPool({ main: "Aksara(url)" }, { WEB_CONCURRENCY: "2" }).workers?.count).toBe(2);
  expect(appPool({ main: "pool = Pool(workers=4)" }, {}).workers).toBeNull();
});
