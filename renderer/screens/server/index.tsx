import "./server.css";
import { ArrowRight, RefreshCw, Wand2 } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../../design/button";
import { Page } from "../../design/page";
import { Banner } from "../../design/status";
import { useApp } from "../../state/app";
import { useAuto } from "../../state/auto";
import { useCommands } from "../../state/commands";
import { useSelectedServer, useServers } from "../../state/servers";
import { CommandDialog } from "./command-dialog";
import { conflictOf, isShadowed } from "./conflict-text";
import { Conflicts } from "./conflicts";
import { leadText } from "./lead";
import { PrivateCard, SomewhereElseCard } from "./offer-cards";
import { ScanProgress } from "./scan-progress";
import { ServerCard } from "./server-card";
import { SomewhereElseDialog } from "./somewhere-else-dialog";

/** Id of the words that say why there is no going on. */
const WHY_NOT = "why-not-continue";

/** "Where is PostgreSQL?": what was found, what can be started, and the two offers that always work. */
export function ServerScreen() {
  const { phase, servers, conflicts, problems, selectedId, scan, select } = useServers();
  const { goTo, markDone } = useApp();
  const { show } = useCommands();
  const { run } = useAuto();
  const [asking, setAsking] = useState(false);
  const [port, setPort] = useState<number | null>(null);
  const marked = conflicts.find((conflict) => conflict.port === port)?.servers ?? [];
  const selected = useSelectedServer();
  const ready = selected?.state === "running";
  const whyNot = selected ? `${selected.label} does not run yet` : "Choose a running server first";
  useEffect(() => {
    if (port !== null) document.querySelector(".server-card-marked")?.scrollIntoView({ block: "nearest" });
  }, [port]);
  const use = (id: string): void => {
    select(id);
    markDone("server");
    goTo("database");
  };
  return (
    <Page
      title="Where is PostgreSQL?"
      lead={
        phase.kind === "scanning" ? (
          <ScanProgress done={phase.done} total={phase.total} />
        ) : (
          leadText(phase, servers.length)
        )
      }
      quiet={
        <>
          <Button
            tone="quiet"
            icon={<RefreshCw size={15} aria-hidden />}
            disabled={phase.kind === "scanning"}
            onClick={() => void scan()}
          >
            Scan again
          </Button>
          {ready ? null : (
            <span id={WHY_NOT} className="hint server-hint">
              {whyNot}
            </span>
          )}
        </>
      }
      actions={
        <>
          <Button icon={<Wand2 size={15} aria-hidden />} onClick={() => void run()}>
            Set it all up for me
          </Button>
          <Button
            tone="primary"
            disabled={!ready}
            title={ready ? undefined : whyNot}
            aria-describedby={ready ? undefined : WHY_NOT}
            onClick={() => selected && use(selected.id)}
          >
            Continue <ArrowRight size={15} aria-hidden />
          </Button>
        </>
      }
    >
      {phase.kind === "stopped" ? (
        <Banner tone="warn">
          {phase.message} {servers.length > 0 ? "What is known so far is below." : "Scan again to look everywhere."}
        </Banner>
      ) : null}
      <Conflicts conflicts={conflicts} servers={servers} shown={port} onShow={setPort} />
      {servers.length > 0 ? (
        <ul className="server-list" aria-label="Servers">
          {servers.map((server) => (
            <ServerCard
              key={server.id}
              server={server}
              selected={server.id === selectedId}
              conflict={conflictOf(server, conflicts, servers)}
              shadowed={isShadowed(server, conflicts)}
              marked={marked.includes(server.id)}
              onSelect={() => select(server.id)}
              onUse={() => use(server.id)}
              onAction={(action) => void show(server.id, action)}
            />
          ))}
        </ul>
      ) : null}
      {servers.length === 0 && phase.kind === "done" ? (
        <Banner
          action={
            <Button size="small" onClick={() => goTo("install")}>
              Install guide
            </Button>
          }
        >
          <b>No PostgreSQL was found on this computer.</b> The private one needs no installation: one press creates it,
          for this user only.
        </Banner>
      ) : null}
      <div className="offers">
        {servers.some(({ origin }) => origin === "private") ? null : (
          <PrivateCard first={servers.length === 0 && phase.kind === "done"} />
        )}
        <SomewhereElseCard onEnter={() => setAsking(true)} />
      </div>
      {problems.length > 0 ? (
        <details className="source-problems">
          <summary>
            {problems.length === 1
              ? "One place could not be looked at"
              : `${problems.length} places could not be looked at`}
          </summary>
          <ul>
            {problems.map((problem) => (
              <li key={`${problem.source} ${problem.message}`} className="selectable">
                <b>{problem.source}</b>: {problem.message}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      <CommandDialog />
      {asking ? <SomewhereElseDialog onClose={() => setAsking(false)} /> : null}
    </Page>
  );
}
