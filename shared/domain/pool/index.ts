export { advisePool, type PoolWish } from "./advise";
export { type Bound, type Budget, budgetOf } from "./budget";
export { PRESETS, presetOf } from "./presets";
