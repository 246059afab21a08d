import { AlertTriangle, Check, CircleAlert, Info, LoaderCircle, Minus } from "lucide-react";
import type { ReactNode } from "react";

export type Tone = "ok" | "warn" | "fail" | "accent" | "quiet";

const GLYPHS = { ok: Check, warn: AlertTriangle, fail: CircleAlert, accent: LoaderCircle, quiet: Minus } as const;

/** A state in a word, a colour and a glyph, so that it never rests on colour alone. */
export function Pill({
  tone,
  busy = false,
  children,
}: {
  readonly tone: Tone;
  readonly busy?: boolean;
  readonly children: ReactNode;
}) {
  const Glyph = busy ? LoaderCircle : GLYPHS[tone];
  return (
    <span className={tone === "quiet" ? "pill" : `pill pill-${tone}`}>
      <Glyph size={12} strokeWidth={2.5} aria-hidden className={busy ? "spinner" : undefined} />
      {children}
    </span>
  );
}

interface BannerProps {
  readonly tone?: "info" | "ok" | "warn" | "fail";
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A message in place. Failures are announced to screen readers at once. */
export function Banner({ tone = "info", action, children }: BannerProps) {
  const Glyph = { info: Info, ok: Check, warn: AlertTriangle, fail: CircleAlert }[tone];
  return (
    <div className={tone === "info" ? "banner" : `banner banner-${tone}`} role={tone === "fail" ? "alert" : "status"}>
      <Glyph size={17} aria-hidden />
      <div className="grow selectable">{children}</div>
      {action}
    </div>
  );
}

/** Turning circle beside words that say what is happening. */
export function Working({ children }: { readonly children: ReactNode }) {
  return (
    <span className="row secondary" role="status">
      <LoaderCircle size={15} className="spinner" aria-hidden />
      {children}
    </span>
  );
}
