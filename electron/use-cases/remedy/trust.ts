import type { RemedyAction, RemedyDraft } from "../../../shared/domain/diagnose/remedies";
import { isSocket } from "../../../shared/domain/endpoint";
import { err, ok, problem, type Result } from "../../../shared/domain/result";
import type { DiagnoseParts, KeptRun } from "../diagnose";
import { withEdit } from "./edit";
import type { Lack, Prepared, WorkStep } from "./work";

/** Where certificates to trust are kept: in files of their own, which are never written over. */
export interface CertificateFiles {
  /** The file for a certificate of a host, and whether it holds it already. */
  place(host: string, pem: string): Promise<{ readonly path: string; readonly there: boolean }>;
  save(path: string, pem: string): Promise<Result<null>>;
  /** Deletes the file where it still holds just this certificate. */
  remove(path: string, pem: string): Promise<Result<null>>;
}

const NOWHERE = problem("unwritable", "There is no folder here to keep the certificate in.", {
  next: "Save it yourself and name the file with sslrootcert.",
});

/** Finds the file for the certificate and the string that names it. */
export async function prepareTrust(
  { certificates }: Pick<DiagnoseParts, "certificates">,
  run: KeptRun,
  draft: RemedyDraft,
  { anchor }: Extract<RemedyAction, { kind: "trust" }>,
): Promise<Result<Prepared, Lack>> {
  const endpoint = run.climbed?.request.endpoint ?? null;
  if (!certificates || !endpoint || isSocket(endpoint)) return err({ problem: NOWHERE, serverId: null });
  const { path, there } = await certificates.place(endpoint.host, anchor.pem);
  const { id } = draft.remedy;
  const save: WorkStep = {
    shown: {
      id,
      title: `Keep the certificate in ${path}`,
      sql: null,
      command: `# ${anchor.subject ?? "certificate"}, SHA-256 ${anchor.fingerprint}\nsslrootcert=${path}`,
    },
    run: async () => {
      if (there) return ok(null);
      const saved = await certificates.save(path, anchor.pem);
      if (!saved.ok) return saved;
      const shown = { id: `undo-${id}`, title: `Delete ${path}`, sql: null, command: `rm ${path}` };
      return ok({ shown, run: () => certificates.remove(path, anchor.pem) });
    },
  };
  const dsn = withEdit({ set: { sslrootcert: path } }, run.credentials, run.climbed);
  return ok({ as: null, steps: [save], dsn, end: async () => {} });
}
