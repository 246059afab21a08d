import {
  Boxes,
  Cable,
  ChevronDown,
  ChevronUp,
  Container,
  Cpu,
  FileText,
  Link,
  type LucideIcon,
  Network,
  Package,
  Sprout,
  TerminalSquare,
} from "lucide-react";
import { useState } from "react";
import { endpointText, isSocket } from "../../../shared/domain/endpoint";
import type { Origin, Server, ServerAction, ServerState } from "../../../shared/domain/server";
import { Button, IconButton } from "../../design/button";
import { Pill, type Tone } from "../../design/status";
import { Evidence } from "./evidence";

const ICONS: Readonly<Partial<Record<Origin, LucideIcon>>> = {
  private: Sprout,
  docker: Container,
  podman: Container,
  compose: Container,
  socket: Cable,
  listener: Network,
  process: Cpu,
  windows: Network,
  env: FileText,
  "pg-environment": TerminalSquare,
  "service-file": Boxes,
  custom: Link,
};

const STATES: Readonly<Record<ServerState, readonly [Tone, string]>> = {
  running: ["ok", "Running"],
  starting: ["accent", "Starting"],
  stopped: ["quiet", "Stopped"],
  paused: ["warn", "Paused"],
  broken: ["fail", "Broken"],
  uninitialised: ["warn", "Not initialised"],
  unreachable: ["fail", "Unreachable"],
  "no-permission": ["warn", "No permission"],
};

const SHADOWED: readonly [Tone, string] = ["warn", "Shadowed"];

/** Causes that say more than the state they come with. */
const CAUSES: Readonly<Record<string, readonly [Tone, string] | undefined>> = {
  "timed-out": ["fail", "Timed out"],
  "port-not-published": ["warn", "Not published"],
};

interface ServerCardProps {
  readonly server: Server;
  readonly selected: boolean;
  /** What keeps this server from its port, or null. */
  readonly conflict: string | null;
  /** It runs, and under localhost another server answers on its port. */
  readonly shadowed: boolean;
  /** Part of a conflict that is being shown. */
  readonly marked: boolean;
  readonly onSelect: () => void;
  readonly onUse: () => void;
  readonly onAction: (action: ServerAction) => void;
}

/** Words that begin a sentence with a capital and are no names. */
const OPENING = /^(A|An|Another|Disabled|Enabled|It|Its|Nobody|Process|Started|The|Your)\b/;

/** A single sentence in a line of facts stands there as one of them: without its full stop and its capital. */
const asFact = (text: string): string =>
  /\.\s/.test(text) ? text : text.replace(/\.$/, "").replace(OPENING, (word) => word.toLowerCase());

const ACTION_NAMES: Readonly<Record<ServerAction, string>> = {
  start: "Start",
  stop: "Stop",
  delete: "Delete",
  initialise: "Initialise",
  unpause: "Unpause",
  publish: "Publish the port",
};

/** One server: what it is, where it answers, its state, and what can be done with it. */
export function ServerCard({
  server,
  selected,
  conflict,
  shadowed,
  marked,
  onSelect,
  onUse,
  onAction,
}: ServerCardProps) {
  const Icon = ICONS[server.origin] ?? Package;
  const [tone, word] = shadowed ? SHADOWED : (CAUSES[server.cause ?? ""] ?? STATES[server.state]);
  const [open, setOpen] = useState(false);
  const where = server.endpoints.find((endpoint) => !isSocket(endpoint)) ?? server.endpoints[0];
  const others = server.actions.filter((action) => action !== "start");
  const classes = ["card", "server-card", selected ? "card-selected" : "", marked ? "server-card-marked" : ""];
  return (
    <li
      className={classes.filter(Boolean).join(" ")}
      aria-label={server.label}
      aria-current={selected ? "true" : undefined}
    >
      <button type="button" className="server-card-press" aria-label={`Choose ${server.label}`} onClick={onSelect} />
      <span className="icon-well">
        <Icon size={18} strokeWidth={1.75} aria-hidden />
      </span>
      <div className="grow server-card-text">
        <b>{server.label}</b>
        <p className="secondary selectable">
          {server.version ? `PostgreSQL ${server.version}` : "PostgreSQL"}
          {where && endpointText(where) !== server.label ? (
            <>
              {" · "}
              <code>{endpointText(where)}</code>
            </>
          ) : null}
          {server.credentialsKnown ? " · signs in without asking" : null}
          {conflict ? ` · ${conflict}` : null}
          {server.reason ? ` · ${asFact(server.reason)}` : null}
        </p>
        {server.remedy ? <p className="secondary selectable server-remedy">{server.remedy}</p> : null}
      </div>
      <div className="server-card-actions">
        <Pill tone={tone}>{word}</Pill>
        {(server.evidence ?? []).length > 0 ? (
          <IconButton
            label={`${open ? "Hide" : "Show"} the details of ${server.label}`}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? <ChevronUp size={15} /> : <ChevronDown size={15} />}
          </IconButton>
        ) : null}
        {others.map((action) => (
          <Button key={action} size="small" tone="quiet" onClick={() => onAction(action)}>
            {ACTION_NAMES[action]}
          </Button>
        ))}
        {server.actions.includes("start") ? (
          <Button size="small" onClick={() => onAction("start")}>
            Start
          </Button>
        ) : null}
        {server.state === "running" ? (
          <Button size="small" tone={selected ? "primary" : "plain"} onClick={onUse}>
            Use
          </Button>
        ) : null}
      </div>
      {open ? <Evidence server={server} /> : null}
    </li>
  );
}
