import { BookOpen, Check, Database, Settings, Stethoscope } from "lucide-react";
import type { ReactNode } from "react";
import { type Screen, STEPS, type Step, useApp } from "../state/app";
import { ProjectChip } from "./project-chip";

const TITLES: Readonly<Record<Step, string>> = {
  server: "Server",
  database: "Database",
  connection: "Connection",
  pool: "Pool",
  export: "Export",
};

interface ItemProps {
  readonly screen: Screen;
  readonly title: string;
  readonly mark: ReactNode;
}

function RailItem({ screen, title, mark }: ItemProps) {
  const current = useApp((state) => state.screen === screen);
  const goTo = useApp((state) => state.goTo);
  return (
    <button
      type="button"
      className="rail-item"
      aria-current={current ? "page" : undefined}
      title={title}
      onClick={() => goTo(screen)}
    >
      {mark}
      <span className="rail-label">{title}</span>
    </button>
  );
}

/** The rail: five steps that can be revisited, the tools, the project. */
export function Sidebar() {
  const done = useApp((state) => state.done);
  return (
    <nav className="rail" aria-label="Steps">
      <div className="brand">
        <span className="brand-mark">
          <Database size={15} aria-hidden />
        </span>
        <span className="rail-label">
          <b>Aksara</b>
          <span className="secondary">Database setup</span>
        </span>
      </div>
      {STEPS.map((step, index) => (
        <RailItem
          key={step}
          screen={step}
          title={TITLES[step]}
          mark={
            done.has(step) ? (
              <span className="step-mark step-mark-done">
                <Check size={11} strokeWidth={3.5} aria-label="done" />
              </span>
            ) : (
              <span className="step-mark" aria-hidden>
                {index + 1}
              </span>
            )
          }
        />
      ))}
      <p className="rail-heading">Tools</p>
      <RailItem screen="diagnose" title="Diagnose" mark={<Stethoscope size={17} aria-hidden />} />
      <RailItem screen="install" title="Install guide" mark={<BookOpen size={17} aria-hidden />} />
      <RailItem screen="settings" title="Settings" mark={<Settings size={17} aria-hidden />} />
      <ProjectChip />
    </nav>
  );
}
