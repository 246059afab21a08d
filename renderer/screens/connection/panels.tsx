import { AlertTriangle, Check, Info } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { driverSummary, type WorthKnowing, worthKnowing } from "../../../shared/domain/dsn";
import { Card } from "../../design/page";

const GLYPHS = { warn: AlertTriangle, ok: Check, info: Info } as const;
const SPOKEN = { warn: "Warning", ok: "Fine", info: "Note" } as const;

/** The text with its words of code set as code. */
function Worded({ text, words }: Pick<WorthKnowing, "text" | "words">): ReactNode {
  let rest = text;
  const parts: ReactNode[] = [];
  for (const word of words) {
    const at = rest.indexOf(word);
    if (at < 0) continue;
    parts.push(rest.slice(0, at), <code key={parts.length}>{word}</code>);
    rest = rest.slice(at + word.length);
  }
  return (
    <span>
      {parts}
      {rest}
    </span>
  );
}

/** What the driver will make of the string, and what a person should know about it. */
export function Panels({ dsn }: { readonly dsn: string }) {
  if (dsn === "") {
    return (
      <Card title="What asyncpg will do">
        <p className="secondary">
          Nothing yet. Start from one of the examples below, paste a string, or fill in the fields.
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
              <dd className={label === "Encrypt" ? undefined : "mono"}>{value}</dd>
            </Fragment>
          ))}
        </dl>
      </Card>
      <Card title="Worth knowing">
        {knowing.length === 0 ? <p className="secondary">Nothing stands out.</p> : null}
        <ul className="knowing selectable">
          {knowing.map(({ tone, text, words }) => {
            const Glyph = GLYPHS[tone];
            return (
              <li key={text} className={`knowing-${tone}`}>
                <Glyph size={14} aria-label={SPOKEN[tone]} />
                <Worded text={text} words={words} />
              </li>
            );
          })}
        </ul>
      </Card>
    </div>
  );
}
