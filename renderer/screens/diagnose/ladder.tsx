import { AlertTriangle, Check, ChevronRight, LoaderCircle, Minus, X } from "lucide-react";
import { useId, useState } from "react";
import { evidenceRows, evidenceText, STATUS_WORDS } from "../../../shared/domain/diagnose/evidence";
import { timeLine, timeText } from "../../../shared/domain/diagnose/time-line";
import { RUNG_IDS, RUNG_TITLES, type Rung, type RungId } from "../../../shared/domain/diagnosis";
import { CopyButton } from "../../design/code";

const GLYPHS = { pass: Check, warn: AlertTriangle, fail: X, skip: Minus } as const;

/** What each rung looks at, shown before a climb. */
const LOOKS_AT: Readonly<Record<RungId, string>> = {
  read: "every part of the string, the way asyncpg reads it",
  resolve: "the host’s addresses",
  reach: "a way to the port, on each address",
  speak: "what answers there",
  encrypt: "TLS and the certificate, as sslmode wants it",
  authenticate: "the user and the password",
  database: "whether the database opens",
  privileges: "whether the role may create tables",
  capacity: "how many connections are free",
};

function Evidence({ rung, id }: { readonly rung: Rung; readonly id: string }) {
  return (
    <section className="rung-evidence" id={id} aria-label={`Evidence: ${RUNG_TITLES[rung.id]}`}>
      <dl className="selectable">
        {evidenceRows(rung).map(({ name, values }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">
              {values.map((value, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a list may hold the same entry twice
                <span key={index}>{index < values.length - 1 ? `${value}, ` : value}</span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <CopyButton text={evidenceText(rung)} tone="quiet" />
    </section>
  );
}

interface RungRowProps {
  readonly id: RungId;
  readonly rung: Rung | null;
  /** Stands where a rung without an outcome has nothing to say of its own. */
  readonly words: string;
  /** This rung is being climbed now. */
  readonly next: boolean;
  readonly bar: { readonly left: number; readonly width: number } | null;
}

function RungRow({ id, rung, words, next, bar }: RungRowProps) {
  const [open, setOpen] = useState(false);
  const evidenceId = useId();
  const status = rung?.status ?? "skip";
  const Glyph = next ? LoaderCircle : GLYPHS[status];
  const shown = rung && Object.keys(rung.evidence).length > 0 ? rung : null;
  return (
    <li className={next ? "rung rung-next" : `rung rung-${status}`}>
      <button
        type="button"
        className="rung-row"
        aria-expanded={shown ? open : undefined}
        aria-controls={shown && open ? evidenceId : undefined}
        disabled={!shown}
        title={shown ? `${open ? "Hide" : "Show"} the evidence` : undefined}
        onClick={() => setOpen(!open)}
      >
        <span className="rung-glyph">
          <Glyph
            size={11}
            strokeWidth={3}
            role="img"
            className={next ? "spinner" : undefined}
            aria-label={next ? "running" : rung ? STATUS_WORDS[status] : "not yet climbed"}
          />
        </span>
        <span className="rung-title">{RUNG_TITLES[id]}</span>
        <span className="rung-summary">{rung ? rung.summary : words}</span>
        <span className="rung-line" aria-hidden>
          {bar ? (
            <span
              className="rung-bar"
              style={{ left: `min(${bar.left}%, 100% - var(--least))`, width: `${bar.width}%` }}
            />
          ) : null}
        </span>
        <span className="rung-time">{rung && bar ? timeText(rung.durationMs) : ""}</span>
        <ChevronRight size={14} aria-hidden className="rung-chevron" />
      </button>
      {open && shown ? <Evidence rung={shown} id={evidenceId} /> : null}
    </li>
  );
}

interface LadderProps {
  readonly rungs: readonly Rung[];
  readonly state: "idle" | "running" | "done" | "stopped";
}

/** The nine rungs on one time line; each opens its evidence. */
export function Ladder({ rungs, state }: LadderProps) {
  const { bars, endMs } = timeLine(rungs);
  const nextId = state === "running" ? RUNG_IDS.find((id) => !rungs.some((rung) => rung.id === id)) : undefined;
  const words = (id: RungId): string =>
    state === "idle" || id === nextId ? LOOKS_AT[id] : state === "running" ? "" : "not reached";
  return (
    <section className="card ladder-card">
      <ol className="ladder" aria-label="Rungs">
        {RUNG_IDS.map((id) => (
          <RungRow
            key={id}
            id={id}
            rung={rungs.find((rung) => rung.id === id) ?? null}
            words={words(id)}
            next={id === nextId}
            bar={bars.get(id) ?? null}
          />
        ))}
      </ol>
      {bars.size > 0 ? (
        <p className="rung-row rung-axis" aria-hidden>
          <span>0</span>
          <span>{timeText(endMs)}</span>
        </p>
      ) : null}
    </section>
  );
}
