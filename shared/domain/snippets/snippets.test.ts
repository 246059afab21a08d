import { expect, it } from "vitest";
import { nextCommands, SNIPPETS } from "./index";

const input = { min: 5, max: 14, projectName: "Ticket Desk" };
const textOf = (id: string): string => SNIPPETS.find((snippet) => snippet.id === id)?.text(input) ?? "";

it("offers each snippet under a name of its own", () => {
  expect(SNIPPETS.map(({ title }) => title)).toEqual(["configure()", "Aksara()", "docker compose", "Health check"]);
  expect(new Set(SNIPPETS.map(({ id }) => id)).size).toBe(SNIPPETS.length);
});

it("sizes configure() by its own names", () => {
  expect(textOf("configure")).toContain("pool_min_size=5,\n    pool_max_size=14,");
});

it("passes the sizes of the settings to Aksara(), which has others by default", () => {
  expect(textOf("aksara")).toContain("min_pool_size=settings.pool_min_size,");
  expect(textOf("aksara")).toContain("max_pool_size=settings.pool_max_size,");
});

it("keeps the string out of the compose file, under a name compose takes", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: compose fills it in.
  expect(textOf("compose")).toContain('DATABASE_URL: "${DATABASE_URL}"');
  expect(textOf("compose")).toContain('name: "ticket-desk"');
  expect(textOf("compose")).not.toContain("postgresql://");
});

it("names the commands that follow in their order", () => {
  expect(nextCommands()).toEqual(["aksara makemigrations --app app.models", "aksara migrate", "aksara dev"]);
});
