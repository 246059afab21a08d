import { AlertTriangle, Check, LoaderCircle, Minus, X } from "lucide-react";
import { useState } from "react";
import { RUNG_IDS, RUNG_TITLES, type Rung, type RungId } from "../../../shared/domain/diagnosis";
import { CodeBlock, CopyButton } from "../../design/code";
import { timeLine } from "./time-line";

const GLYPHS = { pass: Check, warn: AlertTriangle, fail: X, skip: Minus } as const;
const SPOKEN = { pass: "passed", warn: "needs attention", fail: "failed", skip: "not reached" } as const;

const time = (ms: number): string => (ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(1)} ms`);

interface RungRowProps {
  readonly id: RungId;
  readonly rung: Rung | null;
  readonly next: boolean;
  readonly bar: { readonly left: number; readonly width: number } | null;
}

function RungRow({ id, rung, next, bar }: RungRowProps) {
  const [open, setOpen] = useState(false);
  const status = rung?.status ?? "skip";
  const Glyph = next ? LoaderCircle : GLYPHS[status];
  const evidence = rung && Object.keys(rung.evidence).length > 0 ? JSON.stringify(rung.evidence, null, 2) : null;
  return (
    <li className={`rung rung-${status}`}>
      <button
        type="button"
        className="rung-row"
        aria-expanded={evidence ? open : undefined}
        disabled={!evidence}
        title={evidence ? "Show the evidence" : undefined}
        onClick={() => setOpen(!open)}
      >
        <span className="rung-glyph">
          <Glyph
            size={11}
            strokeWidth={3}
            className={next ? "spinner" : undefined}
            aria-label={next ? "running" : SPOKEN[status]}
          />
        </span>
        <span className="rung-title">{RUNG_TITLES[id]}</span>
        <span className="rung-summary selectable">{rung ? rung.summary : next ? "" : "not reached"}</span>
        <span className="rung-line" aria-hidden>
          {bar ? <span className="rung-bar" style={{ left: `${bar.left}%`, width: `${bar.width}%` }} /> : null}
        </span>
        <span className="rung-time">{rung && rung.status !== "skip" ? time(rung.durationMs) : ""}</span>
      </button>
      {open && evidence ? (
        <div className="rung-evidence">
          <CodeBlock label={`Evidence: ${RUNG_TITLES[id]}`} text={evidence} />
          <CopyButton text={evidence} quiet />
        </div>
      ) : null}
    </li>
  );
}

/** The nine rungs on one time line; each opens its evidence. */
export function Ladder({ rungs, running }: { readonly rungs: readonly Rung[]; readonly running: boolean }) {
  const bars = timeLine(rungs);
  const nextId = running ? RUNG_IDS.find((id) => !rungs.some((rung) => rung.id === id)) : undefined;
  return (
    <section className="card">
      <ol className="ladder" aria-label="Rungs">
        {RUNG_IDS.map((id) => (
          <RungRow
            key={id}
            id={id}
            rung={rungs.find((rung) => rung.id === id) ?? null}
            next={id === nextId}
            bar={bars.get(id) ?? null}
          />
        ))}
      </ol>
    </section>
  );
}
