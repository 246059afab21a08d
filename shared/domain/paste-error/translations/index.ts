import { cs } from "./cs";
import { de } from "./de";
import { el } from "./el";
import { es } from "./es";
import { fr } from "./fr";
import { he } from "./he";
import { id } from "./id";
import { it } from "./it";
import { ja } from "./ja";
import { ka } from "./ka";
import { ko } from "./ko";
import { pl } from "./pl";
import { ptBr } from "./pt-br";
import { ru } from "./ru";
import { sv } from "./sv";
import { tr } from "./tr";
import type { Translation } from "./translation";
import { uk } from "./uk";
import { zhCn } from "./zh-cn";
import { zhTw } from "./zh-tw";

/** What servers, libpq and the C library say in other languages, by their English text. Adding a language is adding a file. */
export const TRANSLATIONS: readonly Translation[] = [
  cs,
  de,
  el,
  es,
  fr,
  he,
  id,
  it,
  ja,
  ka,
  ko,
  pl,
  ptBr,
  ru,
  sv,
  tr,
  uk,
  zhCn,
  zhTw,
];
