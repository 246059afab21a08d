import type { Failure } from "../facts";
import { edits, type RemedyDraft } from "../remedies";
import type { Situation } from "../situation";

/**
 * Poolers and providers' proxies send severity, code and message, never the routine that PostgreSQL always sends; and
 * they speak English only, so their words may decide.
 */
export const isProxyFailure = ({ sqlstate, routine }: Failure): boolean => sqlstate !== null && routine === null;
export const isProxy = (s: Situation): boolean => isProxyFailure(s.failure);

/** A server that detection knows on the same host: its own port takes what the pooler does not. */
export const straight = ({ around: { elsewhere } }: Situation): readonly RemedyDraft[] =>
  elsewhere
    ? [edits("use-server", `Go straight to ${elsewhere.label}, without the pooler`, { endpoint: elsewhere.endpoint })]
    : [];
