import type { PortConflict, Server } from "../../../shared/domain/server";
import { Button } from "../../design/button";
import { Banner } from "../../design/status";

interface ConflictsProps {
  readonly conflicts: readonly PortConflict[];
  readonly servers: readonly Server[];
  readonly onShow: (ids: readonly string[]) => void;
}

/** Servers that want one port: which one answers, and what happens when it stops. */
export function Conflicts({ conflicts, servers, onShow }: ConflictsProps) {
  const labelOf = (id: string): string => servers.find((server) => server.id === id)?.label ?? id;
  return conflicts.map((conflict) => {
    const others = conflict.servers.filter((id) => id !== conflict.answers).map(labelOf);
    return (
      <Banner
        key={conflict.port}
        tone="warn"
        action={
          <Button size="small" onClick={() => onShow(conflict.servers)}>
            Show me
          </Button>
        }
      >
        <b>
          {conflict.servers.length === 2 ? "Two" : conflict.servers.length} servers want port {conflict.port}.
        </b>{" "}
        {conflict.answers
          ? `${labelOf(conflict.answers)} answers today; if it stops, ${others.join(" or ")} can take the port, with other users and data.`
          : `None answers now; whichever starts first takes it: ${others.join(" or ")}.`}
      </Banner>
    );
  });
}
