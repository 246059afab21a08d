export { createComposeControl } from "./compose-control";
export { composePorts, composeSource, outsideOf } from "./compose-source";
export { createReadContainerLog } from "./container-log";
export { createContainerControl } from "./control";
export { watchEngines } from "./events";
export { containersSource } from "./source";
