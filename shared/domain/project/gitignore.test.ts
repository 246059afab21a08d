import { expect, it } from "vitest";
import { ignoring } from "./gitignore";

it("adds a line for each file that has none, in the file's own way", () => {
  expect(ignoring("", [".env"])).toBe(".env\n");
  expect(ignoring("*.pyc\n", [".env", ".env.bak"])).toBe("*.pyc\n.env\n.env.bak\n");
  expect(ignoring("*.pyc", [".env"])).toBe("*.pyc\n.env\n");
  expect(ignoring("*.pyc\r\n", [".env"])).toBe("*.pyc\r\n.env\r\n");
});

it("leaves a file that names them", () => {
  expect(ignoring("/.env\n .env.bak \n", [".env", ".env.bak"])).toBe("/.env\n .env.bak \n");
});
