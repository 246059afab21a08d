export { DOTS, looksSecret, maskEnv, maskPasswords } from "./mask";
export { type EnvEntry, type EnvMerge, mergeEnv } from "./merge";
export { readEnv, readEnvValue } from "./read";
export { type EnvStatement, scanEnv } from "./scan";
export { envSpelling } from "./spell";
