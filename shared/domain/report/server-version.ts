import type { DiagnoseReport } from "../diagnosis";
import { leadsTo } from "../endpoint";
import type { Scan } from "../server";

/** "18.4": PostgreSQL as its session said it, else as the server at the string's address was detected; null: not known. */
export function serverVersion(run: DiagnoseReport | null, scan: Scan | null): string | null {
  const said = run?.rungs.find(({ id }) => id === "privileges")?.evidence.version;
  if (typeof said === "string") return said.replace(/^PostgreSQL /, "");
  const hosts = run?.target?.hosts ?? [];
  const found = scan?.servers.filter(({ endpoints }) =>
    endpoints.some((one) => hosts.some((host) => leadsTo(one, host))),
  );
  return found?.find(({ version }) => version !== null)?.version ?? null;
}
