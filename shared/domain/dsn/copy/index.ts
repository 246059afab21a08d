import { asyncpgCode } from "./asyncpg-code";
import type { CopyFormat } from "./copy-format";
import { jdbc } from "./jdbc";
import { keywordValue } from "./keyword-value";
import { psql } from "./psql";
import { sqlalchemy } from "./sqlalchemy";
import { uri } from "./uri";

export type { Copied, CopyFormat } from "./copy-format";

/** All formats in the order they are offered; a new one is a file of its own and a line here. */
export const copyFormats: readonly CopyFormat[] = [uri, keywordValue, psql, asyncpgCode, sqlalchemy, jdbc];
