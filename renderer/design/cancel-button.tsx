import { useState } from "react";
import { Button } from "./button";

interface CancelButtonProps {
  readonly onCancel: () => void;
  readonly size?: "normal" | "small";
  readonly tone?: "plain" | "quiet";
}

/** Stops work that runs, and says that it is stopping until the work has ended. */
export function CancelButton({ onCancel, size = "normal", tone = "plain" }: CancelButtonProps) {
  const [pressed, setPressed] = useState(false);
  return (
    <Button
      size={size}
      tone={tone}
      aria-disabled={pressed}
      onClick={() => {
        if (pressed) return;
        setPressed(true);
        onCancel();
      }}
    >
      {pressed ? "Stopping" : "Cancel"}
    </Button>
  );
}
