import { Fragment } from "react";
import { driverSummary, parseConnectionString, worthKnowing } from "../../../shared/domain/dsn";
import { Notes } from "../../design/notes";
import { Card } from "../../design/page";

/** Rows whose value is a sentence; the others are names and settings, set as code. */
const IN_WORDS: readonly string[] = ["Encrypt", "Refuses", "Unclear"];

const isCode = (label: string, value: string): boolean => !IN_WORDS.includes(label) && value !== "nothing else";

/** What the driver will make of the string, and what a person should know about it. */
export function Panels({ dsn }: { readonly dsn: string }) {
  if (dsn === "" || !parseConnectionString(dsn).ok) {
    return (
      <Card title="What asyncpg will do">
        <p className="secondary">
          {dsn === ""
            ? "Nothing yet. Start from one of the examples below, paste a string, or fill in the fields."
            : "That is said here as soon as the string can be read. The fault is pointed at above."}
        </p>
      </Card>
    );
  }
  const knowing = worthKnowing(dsn);
  return (
    <div className="panels">
      <Card title="What asyncpg will do">
        <dl className="facts selectable">
          {driverSummary(dsn).map(({ label, value }) => (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd className={isCode(label, value) ? "mono" : undefined}>{value}</dd>
            </Fragment>
          ))}
        </dl>
      </Card>
      <Card title="Worth knowing">
        {knowing.length === 0 ? <p className="secondary">Nothing stands out.</p> : <Notes notes={knowing} />}
      </Card>
    </div>
  );
}
