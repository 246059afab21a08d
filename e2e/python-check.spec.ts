import { createServer } from "node:net";
import { expect, test } from "@playwright/test";
import { createProject, type ProjectFixture } from "./app/projects";
import { virtualEnvironment } from "./app/virtual-environment";
import { ConnectionPage } from "./pages/connection";
import { startPostgres, type TestServer } from "./servers/postgres";

let server: TestServer;
let project: ProjectFixture;
test.beforeAll(async () => {
  server = await startPostgres({ version: 17 });
  project = createProject("desk");
});
test.afterAll(async () => {
  project.remove();
  await server.remove();
});

const openCheck = async (screen: ConnectionPage): Promise<void> =>
  screen.window.button("Check with the project’s own Python").click();

test("the project's own asyncpg is asked, after the command was shown, and its answer stands beside ours", async () => {
  virtualEnvironment(project.path);
  const screen = await ConnectionPage.open({ project: project.path });
  await screen.string.fill(`${server.dsn()}?connect_timeout=10`);
  await screen.window.button("Test and continue").click();
  await expect(screen.window.heading("How many connections?")).toBeVisible();
  await screen.window.goTo("Connection");
  await openCheck(screen);
  await expect(screen.page.getByRole("region", { name: "The command" })).toContainText("-I -c");
  await expect(screen.page.getByText("project’s own Python")).toHaveCount(1);
  await expect(screen.page.locator("h2:empty")).toHaveCount(0);
  await expect(screen.page.getByRole("region", { name: "The command" })).not.toContainText(server.password);
  await screen.page.getByRole("button", { name: /^Check with Python/ }).click();
  await expect(screen.page.getByText("The two do not agree.")).toBeVisible();
  await expect(screen.page.getByText("UndefinedObjectError").first()).toBeVisible();
  await screen.page.getByText("The two do not agree.").scrollIntoViewIfNeeded();
  await screen.window.launched.screenshot("python-check-light");
  await screen.string.fill(server.dsn());
  await screen.page.getByRole("button", { name: /^Check with Python/ }).click();
  await expect(screen.page.getByText("Connects", { exact: true }).first()).toBeVisible();
  await screen.close();
});

test("a server that says nothing is waited for, and the wait can be cancelled", async () => {
  const own = createProject("waiting");
  virtualEnvironment(own.path);
  const silent = createServer((socket) => void socket.on("error", () => {}).resume());
  await new Promise<void>((resolve) => void silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const screen = await ConnectionPage.open({ project: own.path });
  await screen.string.fill(`postgresql://u:p@127.0.0.1:${typeof address === "object" ? address?.port : 0}/d`);
  await openCheck(screen);
  await screen.page.getByRole("button", { name: /^Check with Python/ }).click();
  await expect(screen.page.getByText(/^Connecting with Python · \d+ s$/)).toBeVisible();
  const card = screen.page.locator(".python-check");
  await card.getByRole("button", { name: "Cancel" }).click();
  await expect(card.getByText("The check was stopped.")).toBeVisible();
  await expect(card.getByRole("button", { name: /^Check again with Python/ })).toBeEnabled();
  await screen.close();
  await new Promise((resolve) => silent.close(resolve));
  own.remove();
});

test("a project without a Python that has asyncpg is told what to install", async () => {
  const bare = createProject("bare");
  const screen = await ConnectionPage.open({ project: bare.path, env: { PATH: "/nonexistent" } });
  await openCheck(screen);
  await expect(screen.page.getByText(/asyncpg/).last()).toBeVisible();
  await expect(screen.page.getByRole("button", { name: /^Check with Python/ })).toHaveCount(0);
  await screen.close();
  bare.remove();
});
