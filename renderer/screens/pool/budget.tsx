import type { PoolAdvice, PoolFacts } from "../../../shared/domain/pool-types";
import { Notes } from "../../design/notes";
import { Card } from "../../design/page";
import { Pill } from "../../design/status";

/** "6 pools × 14 = 84". */
const poolsText = ({ pools, recommendation: { max, total } }: PoolAdvice): string =>
  `${pools} ${pools === 1 ? "pool" : "pools"} × ${max} = ${total}`;

function Bar({ server, advice }: { readonly server: PoolFacts; readonly advice: PoolAdvice }) {
  const { recommendation } = advice;
  const kept = server.superuserReserved + server.reserved;
  const whole = Math.max(server.maxConnections, kept + server.inUse + recommendation.total);
  const part = (count: number): string => `${(count / whole) * 100}%`;
  const spare = Math.max(0, whole - kept - server.inUse - recommendation.total);
  const text = poolsText(advice);
  return (
    <div
      className="budget-bar"
      role="img"
      aria-label={`${kept} reserved, ${server.inUse} in use, ${text}, ${spare} spare, of ${server.maxConnections}`}
    >
      <span className="budget-kept" style={{ width: part(kept) }} title={`${kept} reserved by the server`} />
      <span className="budget-used" style={{ width: part(server.inUse) }} title={`${server.inUse} in use now`}>
        {server.inUse / whole > 0.08 ? `${server.inUse} in use` : ""}
      </span>
      <span
        className={recommendation.fits ? "budget-pools" : "budget-pools budget-over"}
        style={{ width: part(recommendation.total) }}
        title={text}
      >
        {recommendation.total / whole > 0.18 ? text : ""}
      </span>
      <span className="budget-spare" style={{ width: part(spare) }} title={`${spare} spare`} />
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
