import { RefreshCw } from "lucide-react";
import { Button } from "../../design/button";
import { CancelButton } from "../../design/cancel-button";
import { useElapsed } from "../../design/elapsed";
import { Banner, Working } from "../../design/status";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { usePool } from "../../state/pool";

function Going() {
  const cancel = usePool((state) => state.cancel);
  const seconds = useElapsed();
  return (
    <>
      <Working>{`Reading the server${seconds > 0 ? ` · ${seconds} s` : ""}`}</Working>
      <CancelButton onCancel={cancel} tone="quiet" />
    </>
  );
}

/** Reads the numbers anew; while it does, how long it takes and a way to stop it. */
export function Refresh() {
  const { reading, read } = usePool();
  const dsn = useConnection((state) => state.dsn);
  if (dsn === "") return null;
  if (reading.kind === "reading") return <Going />;
  return (
    <Button tone="quiet" icon={<RefreshCw size={15} aria-hidden />} onClick={() => void read(dsn)}>
      Refresh
    </Button>
  );
}

/** Why there are no numbers of the server, and the next step. */
export function WithoutNumbers() {
  const { reading, read } = usePool();
  const { dsn } = useConnection();
  const goTo = useApp((state) => state.goTo);
  if (dsn === "") {
    return (
      <Banner
        action={
          <Button size="small" onClick={() => goTo("connection")}>
            To the connection
          </Button>
        }
      >
        <b>There is no connection yet,</b> so the sizes are the preset’s own.
      </Banner>
    );
  }
  if (reading.kind !== "failed") return null;
  return (
    <Banner
      tone="warn"
      action={
        <span className="row">
          <Button size="small" onClick={() => void read(dsn)}>
            Try again
          </Button>
          <Button size="small" onClick={() => goTo("diagnose")}>
            Diagnose
          </Button>
        </span>
      }
    >
      <b>{reading.message}</b> {reading.next}{" "}
      {reading.facts ? "The numbers below were read before." : "The sizes below are the preset’s own."}
    </Banner>
  );
}
