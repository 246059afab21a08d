import "./disclosure.css";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

interface DisclosureProps {
  readonly title: string;
  /** What is inside, in a few words beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** Something that few people need, folded away behind its title; what is inside is made only when it is opened. */
export function Disclosure({ title, aside, children }: DisclosureProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <section className="disclosure" aria-label={title}>
      <div className="disclosure-head">
        <button
          type="button"
          className="disclosure-title"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight size={15} aria-hidden />
          {title}
        </button>
        {aside ? <span className="secondary">{aside}</span> : null}
      </div>
      {isOpen ? (
        <div className="stack" id={id}>
          {children}
        </div>
      ) : null}
    </section>
  );
}
