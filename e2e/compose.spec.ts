import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { createProject, type ProjectFixture } from "./app/projects";
import { AppWindow } from "./pages/window";

const COMPOSE = `name: ticket-desk
services:
  db:
    image: postgis/postgis:17-3.5
    environment: { POSTGRES_USER: desk, POSTGRES_PASSWORD: "\${DB_PASSWORD:-s3cret-word}" }
    ports: ["127.0.0.1:5477:5432"]
`;

let folder: string;
let project: ProjectFixture;
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aksara-compose-"));
  project = createProject("ticket_desk");
  project.write("compose.yaml", COMPOSE);
});
test.afterEach(() => {
  project.remove();
  rmSync(folder, { recursive: true, force: true });
});

test("a database of the project's compose file is a card that brings it up by the line it shows", async () => {
  // Stands in for Compose, which would fetch an image.
  const program = path.join(folder, "docker-compose");
  writeFileSync(
    program,
    `#!/bin/sh\necho "$@" > "${folder}/argv"\necho " db Pulling"\necho "no route to registry" >&2\nexit 18\n`,
  );
  chmodSync(program, 0o755);
  const env = { PATH: `${folder}:${process.env.PATH}`, DOCKER_CONFIG: folder };
  const window = await AppWindow.open({ project: project.path, env });
  await window.scanned();
  const card = window.card("Compose · ticket-desk/db");
  await expect(card).toContainText("PostgreSQL 17 · 127.0.0.1:5477");
  await expect(card).toContainText("Described in compose.yaml as the service db, and not up");
  await expect(card).toContainText("Stopped");
  await expect(window.page.getByRole("main")).not.toContainText("s3cret-word");
  await card.getByRole("button", { name: "Show the details" }).click();
  await expect(card).toContainText(`${project.path}/compose.yaml`);
  await window.launched.screenshot("compose-card-light");

  await card.getByRole("button", { name: "Start" }).click();
  const dialog = window.page.getByRole("dialog");
  const line = `docker-compose -f ${project.path}/compose.yaml up -d db`;
  await expect(dialog.locator("pre")).toHaveText(line);
  await dialog.getByRole("button", { name: "Run" }).click();
  await expect(dialog.getByRole("alert")).toContainText("did not come up");
  await expect(dialog.getByRole("alert")).toContainText("no route to registry. Mend what it says, then try again.");
  await expect(dialog).toContainText("db Pulling");
  await window.launched.screenshot("compose-failed-light");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(card).toContainText("Stopped");
  await window.close();
});
