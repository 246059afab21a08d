import { expect, test } from "@playwright/test";
import { createProject, type ProjectFixture, STUDIO_TOKEN } from "./app/projects";
import { judge, whyNoJudges } from "./judges";
import { AppWindow } from "./pages/window";
import { createDebianCluster, type DebianCluster, whyNoDebianCluster } from "./servers/debian-cluster";
import { startPostgres, type TestServer } from "./servers/postgres";

const judges = whyNoJudges();

/** The real readers' word on what was written: python-dotenv reads it, asyncpg creates a table with it. */
function prove(project: ProjectFixture, user: string): void {
  if (judges !== null) throw new Error(judges);
  const judgement = judge(`${project.path}/.env`);
  expect(judgement).toMatchObject({ rows: 1, user, database: user, token: STUDIO_TOKEN });
}

/** Chooses a server and signs in to it as its administrator. */
async function signInTo(window: AppWindow, server: TestServer): Promise<void> {
  await window.scanned();
  await window.card(String(server.port)).getByRole("button", { name: "Use", exact: true }).click();
  await window.password("Administrator’s password").fill(server.password);
  await window.button("Sign in").click();
}

/** Goes on from a created database to the written file; with `pictures`, takes one of each screen on the way. */
async function walkToWrittenEnv(window: AppWindow, project: ProjectFixture, pictures = ""): Promise<void> {
  const picture = async (name: string): Promise<void> => {
    if (pictures !== "") await window.launched.screenshot(`${pictures}-${name}`);
  };
  await expect(window.page.getByText("The new role signs in and may create tables.")).toBeVisible();
  await picture("database");
  await window.button("Continue").click();
  await expect(window.heading("The connection string")).toBeVisible();
  await picture("connection");
  await window.button("Test and continue").click();
  await expect(window.heading("How many connections?")).toBeVisible();
  await expect(window.page.getByText(/Fits, \d+ spare/)).toBeVisible();
  await picture("pool");
  await window.button("Continue").click();
  await expect(window.heading("Write it to your project")).toBeVisible();
  await expect(window.page.getByRole("region", { name: "What changes" })).toBeVisible();
  await picture("export");
  await window.button("Write .env").click();
  await expect(window.page.getByText(`${project.path}/.env is written.`)).toBeVisible();
  await expect(window.page.getByText("aksara migrate", { exact: false }).first()).toBeVisible();
}

test.describe("with a server that runs", () => {
  let server: TestServer;
  test.beforeAll(async () => {
    server = await startPostgres({ version: 16 });
  });
  test.afterAll(() => server.remove());

  test("first-time set-up: found, signed in, created, tested, sized, written, and asyncpg agrees", async () => {
    const project = createProject("ticket_desk");
    const window = await AppWindow.open({ project: project.path });
    await window.scanned();
    const card = window.card(String(server.port));
    await expect(card.getByText("Running")).toBeVisible();
    await window.launched.screenshot("walk-server");
    await card.getByRole("button", { name: "Use", exact: true }).click();

    await expect(window.heading("A database for ticket_desk")).toBeVisible();
    await window.field("User").fill(server.superuser);
    await window.password("Administrator’s password").fill("not this one");
    await window.button("Sign in").click();
    await expect(window.page.getByRole("alert")).toContainText("rejects this password");
    await window.password("Administrator’s password").fill(server.password);
    await window.button("Sign in").click();

    await expect(window.field("Database")).toHaveValue("ticket_desk");
    await expect(window.page.getByRole("table", { name: "What will run" })).toContainText("CREATE ROLE");
    await window.button("Create").click();
    await walkToWrittenEnv(window, project, "walk");
    prove(project, "ticket_desk");
    expect(project.read(".env")).toContain("AKSARA_POOL_MAX_SIZE=5");
    await window.close();
    project.remove();
  });

  test("an existing role and database are said at their field, with another name one press away", async () => {
    await server.sql("postgres", "CREATE ROLE shop LOGIN");
    await server.sql("postgres", "CREATE DATABASE shop");
    const project = createProject("shop");
    const window = await AppWindow.open({ project: project.path });
    await signInTo(window, server);
    await expect(window.field("Database")).toBeVisible();
    await window.field("Database").fill("shop");
    await window.field("Owner (the role your app signs in as)").fill("shop");
    await expect(window.button("Use it")).toHaveCount(2);
    await expect(window.button("Create")).toBeDisabled();
    await window.page
      .getByRole("button", { name: /^Take shop_/ })
      .first()
      .click();
    await expect(window.button("Use it")).toHaveCount(1);
    await window.page.getByRole("button", { name: /^Take shop_/ }).click();
    await window.button("Create").click();
    await expect(window.page.getByText("The new role signs in and may create tables.")).toBeVisible();
    expect(await server.sql("postgres", "SELECT datname FROM pg_database WHERE datname = 'shop'")).toHaveLength(1);
    await window.close();
    project.remove();
  });

  test("a step that fails stops the plan and says why; what the plan made, and only that, is taken back", async () => {
    const project = createProject("half");
    const window = await AppWindow.open({ project: project.path });
    await signInTo(window, server);
    await expect(window.button("Create")).toBeEnabled();
    // Somebody else is quicker: the name is taken between the plan and its run.
    await server.sql("postgres", "CREATE DATABASE half");
    await window.button("Create").click();
    await expect(window.page.getByRole("alert")).toContainText(/half/);
    expect(await server.sql("postgres", "SELECT 1 AS one FROM pg_roles WHERE rolname = 'half'")).toHaveLength(1);
    await window.button("Undo what was made").click();
    await expect(window.page.getByText("What this plan made is gone again.")).toBeVisible();
    expect(await server.sql("postgres", "SELECT 1 AS one FROM pg_roles WHERE rolname = 'half'")).toHaveLength(0);
    expect(await server.sql("postgres", "SELECT 1 AS one FROM pg_database WHERE datname = 'half'")).toHaveLength(1);
    await window.close();
    project.remove();
  });

  test("names that PostgreSQL would not take are said as they are typed, odd ones are quoted and work", async () => {
    const project = createProject("odd");
    const window = await AppWindow.open({ project: project.path });
    await signInTo(window, server);
    const database = window.field("Database");
    await expect(database).toBeVisible();
    await database.fill("x".repeat(64));
    await expect(window.page.getByRole("alert")).toContainText("63");
    await expect(window.button("Create")).toBeDisabled();
    await database.fill('my "data" бд');
    await window.button("Create").click();
    await expect(window.page.getByText("The new role signs in and may create tables.")).toBeVisible();
    expect(await window.string()).toContain("my%20%22data%22%20%D0%B1%D0%B4");
    await window.close();
    project.remove();
  });
});

test("a server that dies halfway: said in words, and the app goes on", async () => {
  const server = await startPostgres({ version: 18 });
  const project = createProject("halfway");
  const window = await AppWindow.open({ project: project.path });
  await signInTo(window, server);
  await expect(window.button("Create")).toBeEnabled();
  await server.stop();
  await window.button("Create").click();
  await expect(window.page.getByRole("alert")).toBeVisible();
  await server.start();
  await window.button("Try again").click();
  await expect(window.page.getByText("The new role signs in and may create tables.")).toBeVisible();
  await window.close();
  await server.remove();
  project.remove();
});

test.describe("with a stopped Debian cluster", () => {
  const why = whyNoDebianCluster();
  // biome-ignore lint/suspicious/noSkippedTests: skipped with its reason, and counted, where Debian is not
  test.skip(why !== null, why ?? "");
  let cluster: DebianCluster;
  test.beforeAll(async () => {
    cluster = await createDebianCluster({ running: false });
  });
  test.afterAll(() => cluster.drop());

  test("it is started from its card, after the exact command was shown, and used to the written .env", async () => {
    const project = createProject("invoices");
    const window = await AppWindow.open({ project: project.path });
    await window.scanned();
    const card = window.card(cluster.id.replace("apt:", "apt · cluster "));
    await expect(card.getByText("Stopped")).toBeVisible();
    await card.getByRole("button", { name: "Start", exact: true }).click();
    const dialog = window.page.getByRole("dialog");
    await expect(dialog.locator("pre").first()).toContainText("pg_ctlcluster");
    await dialog.getByRole("button", { name: "Run" }).click();
    await expect(card.getByText("Running")).toBeVisible();
    await card.getByRole("button", { name: "Use", exact: true }).click();
    await expect(window.field("Database")).toHaveValue("invoices");
    await window.button("Create").click();
    await walkToWrittenEnv(window, project);
    prove(project, "invoices");
    await window.close();
    project.remove();
  });
});

test.describe("with nothing at all", () => {
  test("one press: the private server, role, database, proof, pool and .env; found again at the next start, stopped, deleted", async () => {
    const project = createProject("ticket_desk");
    const first = await AppWindow.open({ project: project.path });
    const { home } = first.launched;
    await first.scanned();
    await first.button("Set it all up for me").click();
    const dialog = first.page.getByRole("dialog");
    await expect(dialog.getByText("now holds a connection string that signs in and may create tables.")).toBeVisible({
      timeout: 30_000,
    });
    await first.launched.screenshot("auto-done-light");
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(first.heading("Write it to your project")).toBeVisible();
    prove(project, "ticket_desk");
    await first.launched.app.close();

    const second = await AppWindow.open({ project: project.path, home });
    await second.scanned();
    const card = second.card("Private PostgreSQL 18");
    await expect(card.getByText("Running")).toBeVisible();
    await card.getByRole("button", { name: "Stop" }).click();
    await second.page.getByRole("dialog").getByRole("button", { name: "Run" }).click();
    await expect(card.getByText("Stopped")).toBeVisible();
    await card.getByRole("button", { name: "Delete" }).click();
    const asked = second.page.getByRole("dialog");
    await expect(asked).toContainText(/private|postgres/i);
    await asked.getByRole("button", { name: "Delete" }).click();
    await expect(
      second.page.getByRole("region", { name: "Private PostgreSQL 18" }).getByRole("button", { name: "Create" }),
    ).toBeVisible();
    await second.close();
    home.remove();
    project.remove();
  });

  test("the private server can be made by its own card", async () => {
    const window = await AppWindow.open();
    await window.scanned();
    await window.page
      .getByRole("region", { name: "Private PostgreSQL 18" })
      .getByRole("button", { name: "Create" })
      .click();
    const dialog = window.page.getByRole("dialog");
    await expect(dialog.locator("pre").first()).toContainText("initdb");
    await dialog.getByRole("button", { name: "Run" }).click();
    await expect(window.card("Private PostgreSQL 18").getByText("Running")).toBeVisible({ timeout: 30_000 });
    await window.close();
  });
});
