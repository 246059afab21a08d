import { access } from "node:fs/promises";
import path from "node:path";
import type { Server } from "../../shared/domain/server";

/** Whether a server of this computer comes up as a standby (manual, "Standby Server Operation"); false where its data cannot be read. */
export async function isStandby({ dataDirectory }: Server): Promise<boolean> {
  if (dataDirectory === null) return false;
  return access(path.join(dataDirectory, "standby.signal")).then(
    () => true,
    () => false,
  );
}
