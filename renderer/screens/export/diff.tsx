import type { DiffLine } from "../../../shared/domain/project-types";

const MARKS: Readonly<Record<DiffLine["kind"], string>> = { keep: " ", remove: "-", add: "+" };
const SPOKEN: Readonly<Record<DiffLine["kind"], string>> = { keep: "", remove: "removed: ", add: "added: " };

/** The change as text, as it is shown: secrets masked. */
export const diffText = (diff: readonly DiffLine[]): string =>
  diff.map(({ kind, text }) => `${MARKS[kind]} ${text}`).join("\n");

/** The file line by line: what stays, what goes, what comes. */
export function Diff({ diff }: { readonly diff: readonly DiffLine[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="card diff selectable" aria-label="What changes" tabIndex={0}>
      {diff.map(({ kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity beyond its place
        <div key={index} className={`diff-line diff-${kind}`}>
          <span aria-hidden>{MARKS[kind]}</span>
          <span className="visually-hidden">{SPOKEN[kind]}</span>
          <span className="diff-text">{text === "" ? "\u00a0" : text}</span>
        </div>
      ))}
    </section>
  );
}
