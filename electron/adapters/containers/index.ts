export { createContainerControl } from "./control";
export { watchEngines } from "./events";
export { containersSource } from "./source";
