import { err, type Problem, problem, type Result } from "../../shared/domain/result";

/** A question's answer; a main process that broke counts as a failure like any other. */
export async function answered<T>(asking: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await asking;
  } catch (reason) {
    return err(broken(reason));
  }
}

/** What a call that main did not answer means to the person. */
export const broken = (reason: unknown): Problem =>
  problem("unexpected", reason instanceof Error ? reason.message : String(reason));

/** A problem as running text: what is, then what to do. */
export const inWords = ({ message, next }: Pick<Problem, "message" | "next">): string =>
  [message, next].filter(Boolean).join(" ");
