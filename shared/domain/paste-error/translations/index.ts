import { de } from "./de";
import { es } from "./es";
import { fr } from "./fr";
import { it } from "./it";
import { ja } from "./ja";
import { ko } from "./ko";
import { pl } from "./pl";
import { ptBr } from "./pt-br";
import { ru } from "./ru";
import { sv } from "./sv";
import { tr } from "./tr";
import { uk } from "./uk";
import { zhCn } from "./zh-cn";

/** What servers, libpq and the C library say in other languages, by their English text. Adding a language is adding a file. */
export const TRANSLATIONS: readonly Readonly<Record<string, string>>[] = [
  de,
  es,
  fr,
  it,
  ja,
  ko,
  pl,
  ptBr,
  ru,
  sv,
  tr,
  uk,
  zhCn,
];
