import "./install.css";
import { ArrowLeft } from "lucide-react";
import { useEffect } from "react";
import type { InstallGuide, InstallMachine } from "../../../shared/domain/install/guide";
import { guidesFor } from "../../../shared/domain/install/guides";
import { Button } from "../../design/button";
import { Card, Page } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { useApp } from "../../state/app";
import { useInstall } from "../../state/install";
import { useServers } from "../../state/servers";
import { CommandDialog } from "../server/command-dialog";
import { ChoiceForm } from "./choice-form";
import { Steps } from "./steps";

const SYSTEMS = { darwin: "macOS", linux: "Linux", win32: "Windows", other: "this computer" } as const;

/** What fits is said in a word beside each way. */
const FITS = ["", "after something else is installed", "works here", "first choice here"] as const;

function Ways({ machine, chosen }: { readonly machine: InstallMachine; readonly chosen: InstallGuide }) {
  const choose = useInstall((state) => state.choose);
  const guides = guidesFor(machine);
  const groups = [
    { title: "For this computer", guides: guides.filter((guide) => guide.fits(machine) > 0) },
    { title: "For other systems", guides: guides.filter((guide) => guide.fits(machine) === 0) },
  ];
  return (
    <nav className="install-ways" aria-label="Ways to install">
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <p className="install-heading">{group.title}</p>
          {group.guides.map((guide) => (
            <button
              key={guide.id}
              type="button"
              className="install-way"
              aria-current={guide.id === chosen.id ? "true" : undefined}
              onClick={() => choose(guide.id)}
            >
              <b>{guide.title}</b>
              <span className="secondary">{FITS[guide.fits(machine)]}</span>
            </button>
          ))}
        </section>
      ))}
    </nav>
  );
}

/** The server that came to run since the guide was opened. */
function Appeared() {
  const ranBefore = useInstall((state) => state.ranBefore);
  const { servers, select } = useServers();
  const { goTo, markDone } = useApp();
  const server = servers.find(
    ({ id, state, origin }) => state === "running" && origin !== "custom" && !ranBefore.has(id),
  );
  if (!server) return null;
  const use = (): void => {
    select(server.id);
    markDone("server");
    goTo("database");
  };
  return (
    <Banner
      tone="ok"
      action={
        <Button size="small" tone="primary" onClick={use}>
          Use it
        </Button>
      }
    >
      <b>{server.label} runs.</b> It was not there when this page was opened.
    </Banner>
  );
}

/** How to get a PostgreSQL onto this computer: the way that fits it first, the others one press away. */
export function InstallScreen() {
  const { project, goTo } = useApp();
  const { machine, guideId, choice, open } = useInstall();
  const name = project?.name ?? null;
  useEffect(() => void open(name), [open, name]);
  const chosen = machine ? (guidesFor(machine).find(({ id }) => id === guideId) ?? guidesFor(machine)[0]) : undefined;
  const system = machine ? SYSTEMS[machine.platform] : "";
  return (
    <Page
      title="Install guide"
      lead={
        machine
          ? `For ${machine.isWsl ? "Linux in WSL" : system}. A server that starts to run is noticed by itself.`
          : "Looking at this computer."
      }
      quiet={
        <Button tone="quiet" icon={<ArrowLeft size={15} aria-hidden />} onClick={() => goTo("server")}>
          Back to the servers
        </Button>
      }
    >
      <Appeared />
      {machine && chosen ? (
        <div className="install">
          <Ways machine={machine} chosen={chosen} />
          <Card title={chosen.title}>
            <div className="stack">
              <p className="secondary">{chosen.summary}</p>
              {chosen.asks || chosen.versions.length > 0 ? <ChoiceForm guide={chosen} /> : null}
              <Steps guide={chosen} machine={machine} choice={versioned(chosen, choice)} />
            </div>
          </Card>
        </div>
      ) : (
        <Working>Looking at this computer</Working>
      )}
      <CommandDialog />
    </Page>
  );
}

/** A version that this way cannot install is its newest one. */
const versioned = <C extends { readonly version: number }>(guide: InstallGuide, choice: C): C =>
  guide.versions.length === 0 || guide.versions.includes(choice.version)
    ? choice
    : { ...choice, version: guide.versions[0] ?? choice.version };
