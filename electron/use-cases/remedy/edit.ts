import type { RemedyAction, TargetEdit } from "../../../shared/domain/diagnose/remedies";
import { formatUri } from "../../../shared/domain/dsn";
import { type Endpoint, sameEndpoint } from "../../../shared/domain/endpoint";
import type { Credentials, Target } from "../../../shared/domain/target";
import type { Climbed } from "../diagnose-climb";

/** The string an edit leads to; null for remedies that do not change it. */
export function editedDsn(
  action: RemedyAction,
  credentials: Credentials | null,
  climbed: Climbed | null,
): string | null {
  if (action.kind === "replace") return action.dsn;
  return action.kind === "edit" ? withEdit(action.edit, credentials, climbed) : null;
}

/** The string with an edit made; null where there is none to edit. */
export function withEdit(edit: TargetEdit, credentials: Credentials | null, climbed: Climbed | null): string | null {
  if (!credentials) return null;
  const from = climbed?.request.endpoint ?? null;
  const target = editTarget(credentials.target, edit, from);
  // Another role has another password; this one would only be refused.
  const password = edit.user === undefined ? (credentials.password?.reveal() ?? null) : null;
  return formatUri(target, password);
}

function editTarget(target: Target, edit: TargetEdit, from: Endpoint | null): Target {
  const dropped = new Set(edit.drop ?? []);
  const { endpoint } = edit;
  const named = target.hosts.some((host) => from !== null && sameEndpoint(host, from));
  const hosts = endpoint
    ? named
      ? target.hosts.map((host) => (from && sameEndpoint(host, from) ? endpoint : host))
      : [endpoint]
    : target.hosts;
  const kept = Object.entries(target.parameters).filter(([name]) => !dropped.has(name));
  return {
    hosts,
    user: edit.user ?? target.user,
    database: edit.database ?? target.database,
    sslmode: edit.sslmode ?? target.sslmode,
    parameters: { ...Object.fromEntries(kept), ...edit.set },
  };
}
