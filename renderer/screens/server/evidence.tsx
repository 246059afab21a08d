import { Fragment } from "react";
import type { Server } from "../../../shared/domain/server";
import { CodeBlock, CopyButton } from "../../design/code";

/** What was seen of a server, to read and to copy as one text. */
export function Evidence({ server }: { readonly server: Server }) {
  const evidence = server.evidence ?? [];
  const whole = evidence.map(({ label, text }) => `${label}: ${text}`).join("\n");
  return (
    <section className="server-evidence selectable" aria-label={`Details of ${server.label}`}>
      <dl className="facts">
        {evidence
          .filter(({ kind }) => kind !== "log")
          .map(({ label, text }) => (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd className="mono">{text}</dd>
            </Fragment>
          ))}
      </dl>
      {evidence
        .filter(({ kind }) => kind === "log")
        .map(({ label, text }) => (
          <Fragment key={label}>
            <p className="secondary">{label}</p>
            <CodeBlock label={label} text={text} />
          </Fragment>
        ))}
      <div className="row">
        <CopyButton text={whole} label="Copy details" />
      </div>
    </section>
  );
}
