import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { uriParts } from "../../shared/domain/dsn";
import { call } from "../api";
import { Button, IconButton } from "./button";
import { uriStretches } from "./uri-stretches";

/** A connection string with its parts in colour; the password as dots unless `revealed`. */
export function UriText({ text, revealed = false }: { readonly text: string; readonly revealed?: boolean }) {
  return (
    <span className="mono uri-text">
      {uriStretches(uriParts(text)).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity beyond their place
        <span key={index} className={`part-${part.kind}`}>
          {part.kind === "password" && !revealed ? "••••••••" : part.text}
        </span>
      ))}
    </span>
  );
}

/** Copies a text; `copied` holds for two seconds. */
function useCopy(text: string): { readonly copied: boolean; readonly copy: () => Promise<void> } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return { copied, copy: async () => setCopied((await call("clipboard.copy", { text })).ok) };
}

/** Copies `text` and says so for two seconds. */
export function CopyButton({
  text,
  label = "Copy",
  tone = "plain",
  size = "small",
}: {
  readonly text: string;
  readonly label?: string;
  readonly tone?: "plain" | "quiet" | "primary";
  readonly size?: "normal" | "small";
}) {
  const { copied, copy } = useCopy(text);
  return (
    <Button
      size={size}
      tone={tone}
      icon={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      onClick={copy}
    >
      {copied ? "Copied" : label}
    </Button>
  );
}

/** The same as an icon alone, for the end of a box. */
export function CopyIcon({ text, label }: { readonly text: string; readonly label: string }) {
  const { copied, copy } = useCopy(text);
  return (
    <IconButton label={copied ? "Copied" : label} onClick={copy}>
      {copied ? <Check size={15} /> : <Copy size={15} />}
    </IconButton>
  );
}

/** Commands, SQL or code to read and to copy. */
export function CodeBlock({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <section aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <pre className="code-block" tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}
