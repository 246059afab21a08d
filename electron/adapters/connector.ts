import type { SqlConnector } from "../use-cases/ports";
import { createPsqlConnector } from "./psql-session";

/** One connector for every kind of access: `wire` for addresses, psql for peer authentication as another account. */
export function createConnector({ wire }: { readonly wire: SqlConnector }): SqlConnector {
  const psql = createPsqlConnector();
  return {
    connect: (access, database, options) =>
      access.kind === "psql" ? psql.connect(access, database, options) : wire.connect(access, database, options),
  };
}
