/** Names of the three channels between window and main; kept apart so that preload bundles nothing else. */
export const CALL_CHANNEL = "aksara:call";
export const START_CHANNEL = "aksara:start";
export const JOB_CHANNEL = "aksara:job";
