import type { PortConflict, Server } from "../../../shared/domain/server";
import { Button } from "../../design/button";
import { Banner } from "../../design/status";
import { conflictAddresses, conflictMeaning, conflictTitle, conflictWayOut } from "./conflict-text";

interface ConflictsProps {
  readonly conflicts: readonly PortConflict[];
  readonly servers: readonly Server[];
  /** The port whose servers are being shown; null for none. */
  readonly shown: number | null;
  readonly onShow: (port: number | null) => void;
}

/** Servers that want one port: which one answers, what happens when it stops and, when shown, what ends it. */
export function Conflicts({ conflicts, servers, shown, onShow }: ConflictsProps) {
  return conflicts.map((conflict) => {
    const isShown = conflict.port === shown;
    return (
      <Banner
        key={conflict.port}
        tone="warn"
        action={
          <Button size="small" aria-expanded={isShown} onClick={() => onShow(isShown ? null : conflict.port)}>
            {isShown ? "Hide" : "Show me"}
          </Button>
        }
      >
        <b>{conflictTitle(conflict)}</b> {conflictMeaning(conflict, servers)}
        {isShown ? (
          <>
            <ul className="conflict-addresses">
              {conflictAddresses(conflict, servers).map((line) => (
                <li key={line} className="selectable">
                  {line}
                </li>
              ))}
            </ul>
            <p>{conflictWayOut(conflict, servers)}</p>
          </>
        ) : null}
      </Banner>
    );
  });
}
