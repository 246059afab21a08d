import type { PoolAdvice, PoolFacts } from "../../../shared/domain/pool-types";
import { Notes } from "../../design/notes";
import { Card } from "../../design/page";
import { Pill } from "../../design/status";

/** "6 pools × 14 = 84". */
const poolsText = ({ pools, recommendation: { max, total } }: PoolAdvice): string =>
  `${pools} ${pools === 1 ? "pool" : "pools"} × ${max} = ${total}`;

interface Part {
  readonly kind: "kept" | "used" | "pools" | "over" | "spare";
  readonly count: number;
  readonly text: string;
  /** Share of the bar from which on the words stand in it; null: they never do. */
  readonly wordsFrom: number | null;
}

function partsOf(server: PoolFacts, advice: PoolAdvice, whole: number): readonly Part[] {
  const { total, fits } = advice.recommendation;
  const kept = server.superuserReserved + server.reserved;
  const spare = Math.max(0, whole - kept - server.inUse - total);
  return [
    { kind: "kept", count: kept, text: `${kept} kept by the server`, wordsFrom: null },
    { kind: "used", count: server.inUse, text: `${server.inUse} in use`, wordsFrom: 0.1 },
    { kind: fits ? "pools" : "over", count: total, text: poolsText(advice), wordsFrom: 0.2 },
    { kind: "spare", count: spare, text: `${spare} spare`, wordsFrom: 0.1 },
  ];
}

/** The server's connections as one bar; what is too narrow for its words has them below. */
function Bar({ server, advice }: { readonly server: PoolFacts; readonly advice: PoolAdvice }) {
  const kept = server.superuserReserved + server.reserved;
  const whole = Math.max(server.maxConnections, kept + server.inUse + advice.recommendation.total);
  const parts = partsOf(server, advice, whole);
  const fitsIn = ({ count, wordsFrom }: Part): boolean => wordsFrom !== null && count / whole > wordsFrom;
  const below = parts.filter((part) => part.count > 0 && !fitsIn(part));
  return (
    <div
      role="img"
      aria-label={`${parts.map(({ text }) => text).join(", ")}, of ${server.maxConnections}`}
      className="budget"
    >
      <div className="budget-bar">
        {parts.map((part) => (
          <span key={part.kind} className={`budget-${part.kind}`} style={{ width: `${(part.count / whole) * 100}%` }}>
            {fitsIn(part) ? part.text : ""}
          </span>
        ))}
      </div>
      {below.length === 0 ? null : (
        <ul className="budget-key">
          {below.map(({ kind, text }) => (
            <li key={kind}>
              <i className={`budget-${kind}`} />
              {text}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What the server has, what is taken, what the pools may take, and the arithmetic. */
export function Budget({ advice }: { readonly advice: PoolAdvice }) {
  const { server, recommendation, formula, warnings } = advice;
  const { fits, headroom } = recommendation;
  const verdict = fits ? (
    <Pill tone={headroom === 0 ? "warn" : "ok"}>Fits, {headroom} spare</Pill>
  ) : (
    <Pill tone="fail">Too large by {Math.abs(headroom)}</Pill>
  );
  return (
    <Card
      title={server ? `${server.maxConnections} connections on this server` : "Without the server’s numbers"}
      aside={server ? verdict : null}
    >
      <div className="stack">
        {server ? <Bar server={server} advice={advice} /> : null}
        <p className="secondary selectable">
          {server ? null : `${poolsText(advice)} connections at most. With its numbers the largest pool is `}
          <code>{formula}</code>
        </p>
        {warnings.length > 0 ? <Notes notes={warnings.map((text) => ({ tone: "warn", text }))} /> : null}
      </div>
    </Card>
  );
}

/** Stands in the budget's place while the server's numbers are read for the first time. */
export function BudgetToCome() {
  return (
    <Card title="The connections on this server">
      <div className="stack">
        <div className="budget-waiting" aria-hidden />
        <p className="hint">Reading what the server allows and what is in use.</p>
      </div>
    </Card>
  );
}
