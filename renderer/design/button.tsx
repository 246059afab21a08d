import type { ButtonHTMLAttributes, ReactNode } from "react";

type Tone = "plain" | "primary" | "quiet" | "danger";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: Tone;
  readonly size?: "normal" | "small";
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** One press, one thing. `primary` at most once a screen. */
export function Button({ tone = "plain", size = "normal", icon, children, className, ...rest }: ButtonProps) {
  const classes = [
    "button",
    tone === "plain" ? "" : `button-${tone}`,
    size === "small" ? "button-small" : "",
    className,
  ];
  return (
    <button type="button" className={classes.filter(Boolean).join(" ")} {...rest}>
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly label: string;
  readonly children: ReactNode;
}

/** An icon alone; `label` is its name for screen readers and its tooltip. */
export function IconButton({ label, children, ...rest }: IconButtonProps) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} {...rest}>
      {children}
    </button>
  );
}
