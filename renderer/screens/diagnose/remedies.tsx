import type { Diagnosis, Remedy } from "../../../shared/domain/diagnosis";
import { Button } from "../../design/button";
import { CodeBlock, CopyButton } from "../../design/code";
import { useMending } from "../../state/mending";
import { rightsText } from "./rights";

function CopyRemedy({ remedy }: { readonly remedy: Remedy }) {
  const text = [...remedy.commands, ...remedy.sql].join("\n");
  return (
    <div className="copy-remedy">
      <div className="card-head">
        <span className="secondary">
          {remedy.title}
          {text && remedy.needs !== "nothing" ? ` · ${rightsText(remedy.needs)}` : ""}
        </span>
        {text ? <CopyButton text={text} /> : null}
      </div>
      {text ? <CodeBlock label={remedy.title} text={text} /> : null}
    </div>
  );
}

interface RemediesProps {
  readonly diagnosis: Diagnosis;
  /** The cause's own first remedy stands out; those of other possible causes do not. */
  readonly leading: boolean;
}

/** What mends a cause: by a press, or by hand. `run` remedies end in "…": what runs is shown first. */
export function Remedies({ diagnosis: { remedies }, leading }: RemediesProps) {
  const { choose, mending } = useMending();
  const pressed = remedies.filter(({ kind }) => kind !== "copy");
  const chosen = "remedy" in mending ? mending.remedy.id : null;
  return (
    <>
      {pressed.length > 0 ? (
        <div className="remedies">
          {pressed.map((remedy, index) => (
            <Button
              key={remedy.id}
              size="small"
              tone={leading && index === 0 && chosen === null ? "primary" : "plain"}
              aria-pressed={remedy.kind === "run" ? remedy.id === chosen : undefined}
              disabled={mending.kind === "running"}
              onClick={() => void choose(remedy)}
            >
              {remedy.title}
              {remedy.kind === "run" ? "…" : ""}
            </Button>
          ))}
        </div>
      ) : null}
      {remedies
        .filter(({ kind }) => kind === "copy")
        .map((remedy) => (
          <CopyRemedy key={remedy.id} remedy={remedy} />
        ))}
    </>
  );
}
