export { disagreement } from "./agreement";
export { type AppPool, appPool, type PoolSize } from "./app-pool";
export { type NamedUrl, type Shadow, shadowIn, shadowOf, URL_KEYS, type UrlKey, urlInEnv } from "./effective-url";
export { entriesFor, type PoolSizes } from "./entries";
export { type EnvJudged, envWarnings } from "./env-warnings";
export { ignoring } from "./gitignore";
export { type ProjectTexts, type Recognition, recogniseProject } from "./recognise";
export { vectorUse } from "./vector-use";
export { dsnForEnv } from "./written-dsn";
