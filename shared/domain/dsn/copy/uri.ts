import { formatUri } from "../format";
import type { CopyFormat } from "./copy-format";

/** `postgresql://...` for libpq, asyncpg and node-postgres. */
export const uri: CopyFormat = {
  id: "uri",
  title: "URI",
  write: (target, password) => ({ text: formatUri(target, password), notes: [] }),
};
