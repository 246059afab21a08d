import { describe, expect, it } from "vitest";
import { POSTGRES_VERSIONS, startPostgres } from "../../../e2e/servers/postgres";
import { settingKind } from "./server-settings";

const KINDS: Readonly<Record<string, string>> = {
  user: "session",
  backend: "session",
  superuser: "superuser",
  "superuser-backend": "superuser",
  sighup: "server",
  postmaster: "server",
  internal: "server",
};

describe.each(POSTGRES_VERSIONS)("the settings of PostgreSQL %s", (version) => {
  it("are known, each with who may set it", async () => {
    const server = await startPostgres({ version });
    try {
      const rows = await server.sql("postgres", "SELECT name, context FROM pg_settings");
      expect(rows.filter(({ name, context }) => settingKind(String(name)) !== KINDS[String(context)])).toEqual([]);
      expect(rows.length).toBeGreaterThan(300);
    } finally {
      await server.remove();
    }
  });
});
