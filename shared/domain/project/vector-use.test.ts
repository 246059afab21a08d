import { expect, it } from "vitest";
import { vectorUse } from "./vector-use";

it.each([
  ["requirements.txt", "aksara-framework\npgvector>=0.3\n", "requirements.txt lists pgvector"],
  ["pyproject.toml", '[project]\ndependencies = ["pgvector"]\n', "pyproject.toml lists pgvector"],
  ["app/models.py", "embedding = fields.Vector(dimensions=3)\n", "app/models.py uses fields.Vector"],
  ["models.py", "from aksara.fields import String, Vector\n", "models.py uses fields.Vector"],
])("a project says in %s that it stores vectors", (file, text, says) => {
  expect(vectorUse({ "main.py": null, [file]: text })).toBe(says);
});

it.each([
  ["requirements.txt", "# pgvector\npgvector-tools\n"],
  ["pyproject.toml", '[project]\nname = "pgvector"\n'],
  ["main.py", "# embedding = fields.Vector()\nfrom geometry import Vector\nv = Vector(1, 2)\n"],
])("%s without Aksara's vectors says nothing", (file, text) => {
  expect(vectorUse({ [file]: text })).toBeNull();
});
