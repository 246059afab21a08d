import { ShieldAlert, ShieldCheck } from "lucide-react";
import type { EnvPreview } from "../../../shared/domain/project-types";
import { CopyButton } from "../../design/code";
import { Banner } from "../../design/status";
import { useExport } from "../../state/export";
import { gitSays } from "./git-says";

const isExample = (preview: EnvPreview): boolean => preview.path.endsWith(".example");

/** What is written besides the string. */
export function FileOptions({ preview }: { readonly preview: EnvPreview }) {
  const { withPool, ignore, setWithPool, setIgnore } = useExport();
  return (
    <div className="row export-options">
      <label className="row">
        <input type="checkbox" checked={withPool} onChange={(event) => setWithPool(event.target.checked)} />
        Also write the pool sizes
      </label>
      {preview.gitIgnored === false && !preview.tracked && !isExample(preview) ? (
        <label className="row">
          <input type="checkbox" checked={ignore} onChange={(event) => setIgnore(event.target.checked)} />
          Add .env to .gitignore
        </label>
      ) : null}
    </div>
  );
}

/** What a person should know before it is written: git, who can read it, the backup, what beats it. */
export function FileFacts({ preview }: { readonly preview: EnvPreview }) {
  const ignore = useExport((state) => state.ignore);
  const { safe, title, rest, command } = gitSays(preview, ignore);
  const Glyph = safe ? ShieldCheck : ShieldAlert;
  return (
    <>
      {isExample(preview) ? null : (
        <div className={safe ? "banner" : "banner banner-warn"}>
          <Glyph size={17} aria-hidden color={safe ? "var(--ok)" : "var(--warn)"} />
          <div className="grow selectable">
            <b>{title}</b> {command ? <code>{command}</code> : null} {rest}
          </div>
          {command ? <CopyButton text={command} /> : null}
        </div>
      )}
      {preview.shadowedBy ? (
        <Banner tone="warn">
          <b>{preview.shadowedBy} is set in the environment and beats this file.</b> Unset it where the app starts, or
          the app keeps its value.
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
