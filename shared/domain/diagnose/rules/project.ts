import type { DiagnosisWarning } from "../../diagnosis";
import type { Shadow } from "../../project";

/** A variable that beats the string of `.env`: which one the app uses, and how to unset it. */
export const shadowWarning = ({ key, from }: Shadow): DiagnosisWarning => ({
  id: "project.shadowed",
  message:
    from === "file"
      ? `${key} stands in .env too and beats DATABASE_URL there: Aksara uses that one. Take one of the two lines out.`
      : `${key} is set in this environment and beats .env: Aksara uses that one. Unset it with: unset ${key} (in PowerShell: Remove-Item Env:${key})`,
});
