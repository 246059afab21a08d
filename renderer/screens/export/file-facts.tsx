import { ShieldAlert, ShieldCheck } from "lucide-react";
import type { EnvPreview } from "../../../shared/domain/project-types";
import { Banner } from "../../design/status";
import { useExport } from "../../state/export";

function GitFact({ preview }: { readonly preview: EnvPreview }) {
  if (preview.tracked) {
    return (
      <>
        <b>Git tracks this file.</b> The password would go into the next commit: <code>git rm --cached .env</code> takes
        it out.
      </>
    );
  }
  if (preview.gitIgnored === true) return <b>Ignored by git</b>;
  if (preview.gitIgnored === false) return <b>Not ignored by git</b>;
  return <b>No git here</b>;
}

/** What a person should know before it is written: git, who can read it, the backup, what beats it. */
export function FileFacts({ preview }: { readonly preview: EnvPreview }) {
  const { withPool, ignore, setWithPool, setIgnore } = useExport();
  const example = preview.path.endsWith(".example");
  const safe = preview.gitIgnored !== false && !preview.tracked;
  const Glyph = safe ? ShieldCheck : ShieldAlert;
  return (
    <>
      <div className="row export-options">
        <label className="row">
          <input type="checkbox" checked={withPool} onChange={(event) => setWithPool(event.target.checked)} />
          Also write the pool sizes
        </label>
        {preview.gitIgnored === false && !preview.tracked && !example ? (
          <label className="row">
            <input type="checkbox" checked={ignore} onChange={(event) => setIgnore(event.target.checked)} />
            Add .env to .gitignore
          </label>
        ) : null}
      </div>
      {example ? null : (
        <div className="banner">
          <Glyph size={17} aria-hidden color={safe ? "var(--ok)" : "var(--warn)"} />
          <div className="grow selectable">
            <GitFact preview={preview} />
            {` · mode ${preview.mode}${preview.mode === "600" ? ", readable only by you" : ""}.`}
            {preview.backup ? (
              <>
                {" "}
                The old file is kept as <code>{preview.backup.split(/[/\\]/).at(-1)}</code>.
              </>
            ) : null}
          </div>
        </div>
      )}
      {preview.shadowedBy ? (
        <Banner tone="warn">
          <b>{preview.shadowedBy} beats this file.</b> Unset it, or the app keeps its value.
        </Banner>
      ) : null}
      {preview.warnings.map((warning) => (
        <Banner key={warning} tone="warn">
          {warning}
        </Banner>
      ))}
    </>
  );
}
