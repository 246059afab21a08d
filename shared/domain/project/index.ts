export {
  ignoresPoolSettings,
  PROJECT_FILES,
  type ProjectFile,
  type ProjectTexts,
  type Recognition,
  recogniseProject,
} from "./recognise";
export { type Shadow, shadowOf } from "./shadow";
