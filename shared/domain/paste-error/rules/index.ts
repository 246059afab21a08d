import type { TextRule } from "../text-rule";
import { libpqRules } from "./libpq";
import { otherDriverRules } from "./other-drivers";
import { poolerRules } from "./pooler";
import { prismaRules } from "./prisma";
import { databaseRules, serverRules, signInRules } from "./session";
import { containerRules, startRules } from "./start";
import { systemRules } from "./system";

/** In each family the first rule that fits a line speaks; families speak side by side. */
export const FAMILIES: readonly (readonly TextRule[])[] = [
  poolerRules,
  signInRules,
  serverRules,
  databaseRules,
  startRules,
  containerRules,
  libpqRules,
  systemRules,
  prismaRules,
  otherDriverRules,
];
