import { withoutComments } from "./python-code";

/**
 * True when main.py builds `Aksara(...)` without pool sizes, as a generated one does: its own 5 and 20 then count, not
 * the settings' (aksara/app.py).
 */
export function keepsOwnPoolSizes(main: string): boolean {
  const code = withoutComments(main);
  return /\bAksara\s*\(/.test(code) && !/\bm(?:ax|in)_pool_size\s*=/.test(code);
}
