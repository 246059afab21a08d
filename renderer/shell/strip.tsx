import { Eye, EyeOff } from "lucide-react";
import { Button } from "../design/button";
import { CopyButton, UriText } from "../design/code";
import { Pill } from "../design/status";
import { type Live, useConnection } from "../state/connection";

function LivePill({ live }: { readonly live: Live }) {
  switch (live.kind) {
    case "none":
      return <Pill tone="quiet">No connection yet</Pill>;
    case "untested":
      return <Pill tone="quiet">Not tested</Pill>;
    case "testing":
      return (
        <Pill tone="accent" busy>
          Testing
        </Pill>
      );
    case "connected":
      return <Pill tone="ok">Connected{live.durationMs === null ? "" : ` · ${Math.round(live.durationMs)} ms`}</Pill>;
    case "failed":
      return <Pill tone="fail">{live.title}</Pill>;
  }
}

/** The string being built and what is known of it, on every screen. */
export function Strip() {
  const { dsn, live, revealed, setRevealed } = useConnection();
  return (
    <section className="strip" aria-label="The connection being built">
      <span className="strip-live" role="status" title={live.kind === "failed" ? live.title : undefined}>
        <LivePill live={live} />
      </span>
      <span className="grow truncate selectable">
        {dsn === "" ? (
          <span className="mono secondary">postgresql://</span>
        ) : (
          <UriText text={dsn} revealed={revealed} />
        )}
      </span>
      {dsn === "" ? null : (
        <>
          <Button
            size="small"
            tone="quiet"
            icon={revealed ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
            onClick={() => setRevealed(!revealed)}
          >
            {revealed ? "Hide" : "Reveal"}
          </Button>
          <CopyButton text={dsn} tone="quiet" />
        </>
      )}
    </section>
  );
}
