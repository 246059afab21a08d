import { execFileSync } from "node:child_process";
import { it } from "vitest";
import { SNIPPETS } from "./index";

const input = { min: 5, max: 14, projectName: "ticket_desk" };

it.each(SNIPPETS.filter(({ language }) => language === "python"))("$title is Python", ({ text }) => {
  execFileSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: text(input) });
});

it.each(SNIPPETS.filter(({ language }) => language === "bash"))("$title is shell", ({ text }) => {
  execFileSync("sh", ["-n"], { input: text(input) });
});
