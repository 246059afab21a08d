import type { ReactNode } from "react";
import type { DiagnoseReport, Diagnosis } from "../../../shared/domain/diagnosis";
import { Notes } from "../../design/notes";
import { Card } from "../../design/page";
import { Remedies } from "./remedies";

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

interface DiagnosisCardsProps {
  readonly report: DiagnoseReport;
  /** The remedy that was chosen, below the cause it mends. */
  readonly remedy: ReactNode;
}

/** The cause, its proof and its remedies; what else it could be; what to know besides. */
export function DiagnosisCards({ report, remedy }: DiagnosisCardsProps) {
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
          <Remedies diagnosis={diagnosis} leading />
        </section>
      ) : null}
      {remedy}
      {alternatives.length > 0 ? (
        <Card title="Could also be">
          <div className="stack">
            {alternatives.map((one) => (
              <div key={one.id}>
                <b>{one.title}</b>
                <p className="secondary selectable">{one.explanation}</p>
                <Remedies diagnosis={one} leading={false} />
              </div>
            ))}
          </div>
        </Card>
      ) : null}
      {warnings.length > 0 ? (
        <Card title="Worth knowing">
          <Notes notes={warnings.map(({ message }) => ({ tone: "warn", text: message }))} />
        </Card>
      ) : null}
    </>
  );
}
