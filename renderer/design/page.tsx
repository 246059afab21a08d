import type { ReactNode } from "react";

interface PageProps {
  readonly title: string;
  readonly lead: ReactNode;
  /** Quiet actions, bottom left. */
  readonly quiet?: ReactNode;
  /** Secondary and the one primary action, bottom right, in this order. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every screen: title, one line, the content, actions at the bottom. */
export function Page({ title, lead, quiet, actions, children }: PageProps) {
  return (
    <main className="page" aria-label={title}>
      <div className="page-body">
        <header className="page-head">
          <h1>{title}</h1>
          <p>{lead}</p>
        </header>
        <div className="stack">{children}</div>
      </div>
      <footer className="page-foot">
        <div className="page-foot-left">{quiet}</div>
        {actions}
      </footer>
    </main>
  );
}

interface CardProps {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled surface. */
export function Card({ title, aside, children }: CardProps) {
  return (
    <section className="card">
      {title || aside ? (
        <div className="card-head">
          <h2>{title}</h2>
          <span className="secondary">{aside}</span>
        </div>
      ) : null}
      {children}
    </section>
  );
}
