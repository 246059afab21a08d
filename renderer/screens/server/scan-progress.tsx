import { CancelButton } from "../../design/cancel-button";
import { useElapsed } from "../../design/elapsed";
import { Working } from "../../design/status";
import { useServers } from "../../state/servers";

/** What the scan is doing now, for how long, and a way to stop it. */
export function ScanProgress({ done, total }: { readonly done: number; readonly total: number }) {
  const cancel = useServers((state) => state.cancel);
  const seconds = useElapsed();
  return (
    <span className="scan-progress">
      <Working>
        Looking…{total > 0 ? ` ${done} of ${total} places` : ""}
        {seconds > 0 ? ` · ${seconds} s` : ""}
      </Working>
      <CancelButton size="small" tone="quiet" onCancel={cancel} />
    </span>
  );
}
