export { type AsyncpgValues, type Environment, readAsAsyncpg } from "./asyncpg";
export { type Copied, type CopyFormat, copyFormats } from "./copy";
export type { DsnError } from "./error";
export { type Explanation, explain, explainPasted } from "./explain";
export {
  type AppliedField,
  applyField,
  applyKeyword,
  type ConnectionFields,
  doubtfulKeywords,
  type FieldName,
  keywordFault,
  keywordOf,
  readFields,
  readKeywords,
} from "./fields";
export { formatUri } from "./format";
export { type LocalServers, localhostWarning } from "./localhost-warning";
export { ALL_PARAMETERS, answersSearch, type ParameterFacts, parameterFacts } from "./parameter-facts";
export { mendUnencoded, type ParameterNote, type ParsedDsn, parseConnectionString } from "./parse";
export { maskUri, type UriPart, type UriPartKind, uriParts } from "./parts";
export { fromPasted, type Pasted, stringIn } from "./pasted";
export { encodePart } from "./percent";
export { type ReaderId, type ReaderRow, readerRows } from "./reader-rows";
export { type FilledTarget, resolveTarget, showTarget } from "./resolve";
export { type Scenario, scenarios } from "./scenarios";
export { asyncpgWarnings, type WorthKnowing, worthKnowing } from "./summary";
export type { Mend } from "./unencoded";
