import type { DiagnoseReport, Diagnosis, Remedy } from "../../../shared/domain/diagnosis";
import { Button } from "../../design/button";
import { CodeBlock, CopyButton } from "../../design/code";
import { Card } from "../../design/page";
import { Banner } from "../../design/status";
import { useDiagnose } from "../../state/diagnose";

const CONFIDENCE: Readonly<Record<Diagnosis["confidence"], string>> = {
  certain: "",
  likely: "Most likely: ",
  possible: "Possibly: ",
};

/** "Most likely: the password ..." without a second capital in the middle. */
function headline({ confidence, title }: Diagnosis): string {
  const word = CONFIDENCE[confidence];
  return word === "" || /^most likely|^possibly/i.test(title)
    ? title
    : word + title.charAt(0).toLowerCase() + title.slice(1);
}

function CopyRemedy({ remedy }: { readonly remedy: Remedy }) {
  const text = [...remedy.commands, ...remedy.sql].join("\n");
  return (
    <div className="copy-remedy">
      <div className="card-head">
        <span className="secondary">{remedy.title}</span>
        {text ? <CopyButton text={text} /> : null}
      </div>
      {text ? <CodeBlock label={remedy.title} text={text} /> : null}
    </div>
  );
}

function Remedies({ remedies }: { readonly remedies: readonly Remedy[] }) {
  const choose = useDiagnose((state) => state.choose);
  const pressed = remedies.filter(({ kind }) => kind !== "copy");
  return (
    <>
      {pressed.length > 0 ? (
        <div className="remedies">
          {pressed.map((remedy, index) => (
            <Button
              key={remedy.id}
              size="small"
              tone={index === 0 ? "primary" : "plain"}
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

/** The cause, its proof and its remedies; what else it could be; what to know besides. */
export function DiagnosisCards({ report }: { readonly report: DiagnoseReport }) {
  const { diagnosis, alternatives, warnings } = report;
  return (
    <>
      {diagnosis ? (
        <section className="card diagnosis" aria-label="Cause">
          <h2>{headline(diagnosis)}</h2>
          <p className="secondary selectable">
            {diagnosis.explanation}
            {diagnosis.asyncpgException ? (
              <>
                {" "}
                asyncpg calls this <code>{diagnosis.asyncpgException}</code>.
              </>
            ) : null}
          </p>
          <Remedies remedies={diagnosis.remedies} />
        </section>
      ) : null}
      {report.ok && warnings.length === 0 ? <Banner tone="ok">The string is good as it is.</Banner> : null}
      {alternatives.length > 0 ? (
        <Card title="Could also be">
          <div className="stack">
            {alternatives.map((one) => (
              <div key={one.id}>
                <b>{one.title}</b>
                <p className="secondary selectable">{one.explanation}</p>
                <Remedies remedies={one.remedies} />
              </div>
            ))}
          </div>
        </Card>
      ) : null}
      {warnings.length > 0 ? (
        <Card title="Worth knowing">
          <div className="stack">
            {warnings.map((warning) => (
              <Banner key={`${warning.id} ${warning.message}`} tone="warn">
                {warning.message}
              </Banner>
            ))}
          </div>
        </Card>
      ) : null}
    </>
  );
}
