import { statSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { createProject } from "./app/projects";
import { AppWindow } from "./pages/window";

const DSN = "postgresql://ticket_desk:s3cret@localhost:5432/ticket_desk";

test("an existing .env: the exact change is shown, and nothing else in it moves", async () => {
  const before =
    "# keep me\r\nexport DATABASE_URL=postgresql://old\r\n\r\nAKSARA_STUDIO_SECRET_TOKEN='a b'  # token\r\nMULTI=\"one\r\ntwo\"";
  const project = createProject("ticket_desk", { ".env": before });
  const window = await AppWindow.open({ project: project.path });
  await window.goTo("Connection");
  await window.typeString(DSN);
  await window.goTo("Export");
  const change = window.page.getByRole("region", { name: "What changes" });
  await expect(change).toContainText("postgresql://ticket_desk:••••••••@localhost:5432/ticket_desk");
  await expect(change).not.toContainText("s3cret");
  await window.page.getByRole("checkbox", { name: "Also write the pool sizes" }).uncheck();
  await window.button("Write .env").click();
  await expect(window.page.getByText(".env is written.")).toBeVisible();
  expect(project.read(".env")).toBe(before.replace("postgresql://old", DSN));
  expect(project.read(".env.bak")).toBe(before);
  await expect(window.button("Write .env")).toBeDisabled();
  await window.close();
  project.remove();
});

test("a file that changed meanwhile is not overwritten: the new change is shown instead", async () => {
  const project = createProject("ticket_desk", { ".env": "A=1\n" });
  const window = await AppWindow.open({ project: project.path });
  await window.goTo("Connection");
  await window.typeString(DSN);
  await window.goTo("Export");
  await expect(window.page.getByRole("region", { name: "What changes" })).toContainText("A=1");
  project.write(".env", "A=1\nB=2\n");
  await window.button("Write .env").click();
  await expect(window.page.getByRole("alert")).toBeVisible();
  await expect(window.page.getByRole("region", { name: "What changes" })).toContainText("B=2");
  expect(project.read(".env")).toBe("A=1\nB=2\n");
  await window.button("Write .env").click();
  await expect(window.page.getByText(".env is written.")).toBeVisible();
  expect(project.read(".env")).toContain("B=2\n");
  await window.close();
  project.remove();
});

test("a new .env is readable by its owner alone", async () => {
  const project = createProject("fresh", { ".env": null });
  const window = await AppWindow.open({ project: project.path });
  await window.goTo("Connection");
  await window.typeString(DSN);
  await window.goTo("Export");
  await window.button("Write .env").click();
  await expect(window.page.getByText(".env is written.")).toBeVisible();
  expect(statSync(`${project.path}/.env`).mode & 0o777).toBe(0o600);
  await window.close();
  project.remove();
});

test("without a project the screen asks for one, and a folder that is no Aksara project is said to be none", async () => {
  const project = createProject("plain", {
    "pyproject.toml": null,
    "main.py": null,
    "settings.py": null,
    "requirements.txt": null,
    ".env": "X=1\n",
  });
  const window = await AppWindow.open();
  await window.goTo("Connection");
  await window.typeString(DSN);
  await window.goTo("Export");
  await expect(window.page.getByText("No project is open.")).toBeVisible();
  await window.launched.chooseFolder(null);
  await window.page.getByRole("main").getByRole("button", { name: "Choose your project’s folder" }).click();
  await expect(window.page.getByText("No project is open.")).toBeVisible();
  await window.launched.chooseFolder(project.path);
  await window.page.getByRole("main").getByRole("button", { name: "Choose your project’s folder" }).click();
  await expect(window.page.getByText("plain does not look like an Aksara project.")).toBeVisible();
  await expect(window.button("Write .env")).toBeEnabled();
  await window.close();
  project.remove();
});
