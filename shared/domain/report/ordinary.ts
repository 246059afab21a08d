import { LIBPQ_KEYWORDS } from "../dsn/libpq-keywords";
import { SSLMODES } from "../target";

/** Names and words that everybody has: they say nothing about anybody, and reports are made of them. */
const WORDS = `postgres postgresql template0 template1 public pg_catalog pg_toast information_schema $user localhost
  password user username server host hostname port role database dbname schema table connection string name value
  app apps api web www db data test tests dev development staging prod production local root admin administrator main
  default true false yes none null all any auto certain likely possible pass warn fail skip running stopped starting
  paused broken uninitialised unreachable read-write read-only primary standby prefer-standby replication
  aksara aksara-db asyncpg libpq psql pgbouncer docker podman private custom trust reject peer ident md5 scram-sha-256
  scram-sha-256-plus latest system utf8 utf-8 www-data nobody somebody guest home`.split(/\s+/);

const ORDINARY = new Set([...WORDS, ...SSLMODES, ...LIBPQ_KEYWORDS.keys()]);

/** True for what may stay in a report even where somebody took it as a name or a password. */
export const isOrdinary = (text: string): boolean => {
  const word = text.trim().toLowerCase();
  return ORDINARY.has(word) || /^\*+$/.test(word) || (word.length < 4 && !/[\p{L}\p{N}]/u.test(word));
};
