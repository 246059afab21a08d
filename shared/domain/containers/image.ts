/**
 * Repositories that hold a PostgreSQL server, without registry, "library/", tag and digest. Each says where the version
 * stands in its tags: first ("15.4-alpine"), behind "pg" ("latest-pg16"), or nowhere.
 */
const REPOSITORIES: Readonly<Record<string, "first" | "pg" | "nowhere">> = {
  postgres: "first",
  "postgis/postgis": "first",
  "timescale/timescaledb": "pg",
  "timescale/timescaledb-ha": "pg",
  "pgvector/pgvector": "pg",
  "ankane/pgvector": "nowhere",
  "bitnami/postgresql": "first",
  "bitnamilegacy/postgresql": "first",
  "supabase/postgres": "first",
  "paradedb/paradedb": "pg",
  "pgrouting/pgrouting": "first",
  "kartoza/postgis": "first",
  "citusdata/citus": "pg",
};

interface ImageName {
  /** "postgres", "postgis/postgis", "team/my-db". */
  readonly repository: string;
  readonly tag: string | null;
}

/** Takes an image's name apart as an engine's API writes it; null for a bare image id. */
export function parseImage(text: string): ImageName | null {
  if (/^(sha256:)?[0-9a-f]{12,64}$/.test(text)) return null;
  const name = text.replace(/@.*$/s, "");
  const tag = /:([^/:]+)$/.exec(name)?.[1] ?? null;
  const path = (tag === null ? name : name.slice(0, -tag.length - 1)).split("/");
  // A registry is told from a name by its dot, its port, or by being localhost (the reference grammar of OCI images).
  if (path.length > 1 && /[.:]|^localhost$/.test(path[0] ?? "")) path.shift();
  if (path.length > 1 && path[0] === "library") path.shift();
  return { repository: path.join("/"), tag };
}

/** True when the image is known to hold a PostgreSQL server. */
export function isPostgresImage(text: string): boolean {
  const image = parseImage(text);
  return image !== null && Object.hasOwn(REPOSITORIES, image.repository);
}

/** PostgreSQL's version in an image's tag: "15" for postgis/postgis:15-3.4, "16" for timescaledb:latest-pg16; else null. */
export function versionOfImage(text: string): string | null {
  const image = parseImage(text);
  const where = image && REPOSITORIES[image.repository];
  if (!image?.tag || !where) return null;
  const behind = /(?:^|[-_])pg(\d+(?:\.\d+)?)/.exec(image.tag)?.[1];
  const first = where === "first" ? /^v?(\d+(?:\.\d+)?)/.exec(image.tag)?.[1] : undefined;
  return behind ?? first ?? null;
}
