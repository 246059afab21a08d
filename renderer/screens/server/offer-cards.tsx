import { Link, Sprout } from "lucide-react";
import { Button } from "../../design/button";
import { useCommands } from "../../state/commands";

/** The server that ships with the app; `first` marks it where nothing else was found. */
export function PrivateCard({ first }: { readonly first: boolean }) {
  const { showPrivate } = useCommands();
  return (
    <section className={first ? "card offer offer-first" : "card offer"} aria-label="Private PostgreSQL 18">
      <span className="icon-well">
        <Sprout size={18} strokeWidth={1.75} aria-hidden />
      </span>
      <div className="grow">
        <b>Private PostgreSQL 18</b>
        <p className="secondary">Nothing to install. Runs for this user only.</p>
      </div>
      <Button size="small" onClick={() => void showPrivate()}>
        Create
      </Button>
    </section>
  );
}

/** A server that runs on another computer, or that was not found. */
export function SomewhereElseCard({ onEnter }: { readonly onEnter: () => void }) {
  return (
    <section className="card offer" aria-label="Somewhere else">
      <span className="icon-well">
        <Link size={18} strokeWidth={1.75} aria-hidden />
      </span>
      <div className="grow">
        <b>Somewhere else</b>
        <p className="secondary">Paste a connection string or fill in a host.</p>
      </div>
      <Button size="small" onClick={onEnter}>
        Enter
      </Button>
    </section>
  );
}
