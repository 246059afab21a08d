import { expect, it } from "vitest";
import { type ProjectTexts, recogniseProject } from "./recognise";

const NOTHING: ProjectTexts = { pyproject: null, requirements: null, main: null, settings: null, env: null };

it.each<[string, Partial<ProjectTexts>, string]>([
  ["a dependency", { pyproject: '[project]\ndependencies = ["uvicorn", "aksara-framework>=0.7"]' }, "pyproject.toml"],
  ["its extras", { pyproject: "[project]\ndependencies = ['Aksara_Framework[studio]>=0.7']" }, "pyproject.toml"],
  ["the older name", { pyproject: '[project]\ndependencies = [\n  "aksara",\n]' }, "pyproject.toml"],
  ["Poetry's table", { pyproject: '[tool.poetry.dependencies]\naksara-framework = "^0.7"' }, "pyproject.toml"],
  ["a requirement", { requirements: "uvicorn\naksara-framework~=0.7 # app\n" }, "requirements.txt"],
  ["an import", { main: "import os\nfrom aksara import (\n  Aksara,\n)\n" }, "main.py"],
  ["the settings", { settings: "from aksara.conf import configure, settings\n" }, "settings.py"],
  ["a variable", { env: "export AKSARA_DEBUG=1\n" }, ".env"],
])("recognises an Aksara project by %s", (_what, texts, file) => {
  const { isAksara, reason } = recogniseProject({ ...NOTHING, ...texts });
  expect(isAksara).toBe(true);
  expect(reason).toContain(file);
});

it.each<[string, Partial<ProjectTexts>]>([
  ["nothing at all", {}],
  ["another package", { pyproject: '[project]\ndependencies = ["aksara-lang", "myaksara"]' }],
  ["its own name only", { pyproject: '[project]\nname = "aksara"\ndependencies = []\n' }],
  ["a dependency switched off", { pyproject: '[project]\ndependencies = [\n# "aksara-framework",\n]' }],
  ["a requirement switched off", { requirements: "#aksara\nfastapi\naksara-lang\n" }],
  ["a module of like name", { main: "from aksara_tools import x\nimport aksaras\n" }],
  ["a switched-off variable", { env: "# AKSARA_DEBUG=1\nDATABASE_URL=x\n" }],
])("does not take %s for one", (_what, texts) => {
  const { isAksara, reason } = recogniseProject({ ...NOTHING, ...texts });
  expect(isAksara).toBe(false);
  expect(reason).toMatch(/^None of .* names aksara\.$/);
});
