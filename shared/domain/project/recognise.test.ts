import { expect, it } from "vitest";
import { ignoresPoolSettings, type ProjectTexts, recogniseProject } from "./recognise";

it.each<[string, ProjectTexts, string]>([
  ["a dependency", { "pyproject.toml": '[project]\ndependencies = ["uvicorn", "aksara-framework>=0.7"]' }, "pyproject"],
  [
    "its extras",
    { "pyproject.toml": "dependencies = ['Aksara_Framework[studio] ; python_version > \"3\"']" },
    "pyproject",
  ],
  ["the older name", { "pyproject.toml": 'dependencies = ["aksara"]' }, "pyproject"],
  ["Poetry's table", { "pyproject.toml": '[tool.poetry.dependencies]\naksara-framework = "^0.7"' }, "pyproject"],
  ["a requirement", { "requirements.txt": "uvicorn\naksara-framework~=0.7 # app\n" }, "requirements"],
  ["an import", { "main.py": "import os\nfrom aksara import (\n  Aksara,\n)\n" }, "main.py"],
  ["the settings", { "settings.py": "from aksara.conf import configure, settings\n" }, "settings.py"],
  ["a variable", { ".env": "export AKSARA_DEBUG=1\n" }, ".env"],
])("recognises an Aksara project by %s", (_what, texts, file) => {
  const { isAksara, reason } = recogniseProject(texts);
  expect(isAksara).toBe(true);
  expect(reason).toContain(file);
});

it.each<[string, ProjectTexts]>([
  ["nothing at all", {}],
  ["another package's name", { "pyproject.toml": 'dependencies = ["aksara-lang", "myaksara"]' }],
  ["its own name only", { "pyproject.toml": '[project]\nname = "aksara"\n' }],
  ["a dependency switched off", { "pyproject.toml": 'dependencies = [\n# "aksara-framework",\n]' }],
  ["a requirement switched off", { "requirements.txt": "#aksara\nfastapi\naksara-lang\n" }],
  ["a module of like name", { "main.py": "from aksara_tools import x\nimport aksaras\n" }],
  ["a switched-off variable", { ".env": "# AKSARA_DEBUG=1\nDATABASE_URL=x\n" }],
])("does not take %s for one", (_what, texts) => {
  expect(recogniseProject(texts)).toEqual({
    isAksara: false,
    reason: "None of pyproject.toml, requirements.txt, main.py, settings.py, .env names aksara.",
  });
});

it("sees whether main.py passes the pool sizes on", () => {
  expect(ignoresPoolSettings("app = Aksara(database_url=settings.database_url)")).toBe(true);
  expect(ignoresPoolSettings("app = Aksara(\n  # max_pool_size=3\n)")).toBe(true);
  expect(ignoresPoolSettings("app = Aksara(max_pool_size=settings.pool_max_size)")).toBe(false);
  expect(ignoresPoolSettings("app = FastAPI()")).toBe(false);
});
