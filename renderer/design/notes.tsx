import "./notes.css";
import { AlertTriangle, Check, Info } from "lucide-react";
import type { ReactNode } from "react";

const GLYPHS = { warn: AlertTriangle, ok: Check, info: Info } as const;
const SPOKEN = { warn: "Warning", ok: "Fine", info: "Note" } as const;

/** One thing worth knowing; `words` of its text are set as code. */
export interface Note {
  readonly tone: keyof typeof GLYPHS;
  readonly text: string;
  readonly words?: readonly string[];
  /** What mends it by one press. */
  readonly action?: ReactNode;
}

function Worded({ text, words = [] }: Pick<Note, "text" | "words">): ReactNode {
  let rest = text;
  const parts: ReactNode[] = [];
  for (const word of words) {
    const at = rest.indexOf(word);
    if (at < 0) continue;
    parts.push(rest.slice(0, at), <code key={parts.length}>{word}</code>);
    rest = rest.slice(at + word.length);
  }
  return (
    <span>
      {parts}
      {rest}
    </span>
  );
}

/** Things worth knowing, each with a glyph and its spoken name; quieter than banners. */
export function Notes({ notes }: { readonly notes: readonly Note[] }) {
  return (
    <ul className="notes selectable">
      {notes.map(({ tone, text, words, action }) => {
        const Glyph = GLYPHS[tone];
        return (
          <li key={text} className={`note-${tone}`}>
            <Glyph size={14} role="img" aria-label={SPOKEN[tone]} />
            <span className="note-body">
              <Worded text={text} words={words} />
              {action}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
