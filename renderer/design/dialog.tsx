import { type ReactNode, useEffect, useRef } from "react";

interface DialogProps {
  readonly title: string;
  /** Called by Escape; a dialog whose work runs passes nothing and stays. */
  readonly onClose?: () => void;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

/** A question that needs an answer before anything else. Focus stays inside; Escape closes. */
export function Dialog({ title, onClose, actions, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <h2 style={{ fontSize: 16, marginBottom: 10 }}>{title}</h2>
      <div className="stack">{children}</div>
      <div className="dialog-actions">{actions}</div>
    </dialog>
  );
}
