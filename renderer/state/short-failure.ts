import type { DiagnoseReport, RungId } from "../../shared/domain/diagnosis";

const WORDS: Readonly<Record<RungId, string>> = {
  read: "Unreadable",
  resolve: "Host not found",
  reach: "Not reachable",
  speak: "Not PostgreSQL",
  encrypt: "Encryption refused",
  authenticate: "Sign-in refused",
  database: "Database refused",
  privileges: "Rights missing",
  capacity: "No room",
};

/** A failed climb in two words, for the bottom strip. */
export function shortFailure({ rungs }: Pick<DiagnoseReport, "rungs">): string {
  const failed = rungs.find(({ status }) => status === "fail");
  return failed ? WORDS[failed.id] : "Does not connect";
}
