import writeFileAtomic from "write-file-atomic";
import { err, ok, problem, type Result } from "../../shared/domain/result";

/** Writes a report in one go, readable for its owner only. */
export async function writeReportFile(path: string, text: string): Promise<Result<null>> {
  try {
    await writeFileAtomic(path, text, { mode: 0o600 });
    return ok(null);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? null;
    return err(
      problem("unwritable", `The report cannot be written there (${code ?? "no reason given"}).`, {
        code,
        next: "Choose another folder.",
      }),
    );
  }
}
