import { advisePool } from "../../shared/domain/pool";
import { ok, type Problem } from "../../shared/domain/result";
import { CANCELLED, type Teller } from "./auto-tell";
import { type AutoNeeds, type Draft, type EnvChoice, POOL, type SetupWish, WRITE } from "./auto-types";

/** Sizes the pool for the string and writes both to `.env`; a dry run stops at the preview. */
export async function writeEnv(
  needs: AutoNeeds,
  wish: SetupWish,
  draft: Draft,
  dsn: string,
  teller: Teller,
): Promise<Problem | null> {
  const sized = await teller.step(POOL, async () => {
    // A dry run's string leads nowhere yet; a server that does not tell its limits is no reason to stop either.
    const facts = wish.dryRun ? null : await needs.readPool(dsn, teller.signal);
    const advice = advisePool({
      facts: facts?.ok ? facts.value : null,
      instances: 1,
      workers: 1,
      preset: wish.preset ?? "development",
    });
    return ok({ value: advice, message: `${advice.recommendation.min} to ${advice.recommendation.max} connections` });
  });
  if (!sized.ok) return sized.error;
  draft.pool = sized.value;
  const { min, max } = sized.value.recommendation;
  const choice: EnvChoice = { dsn, pool: { min, max }, file: ".env", ignore: true };
  if (wish.dryRun) {
    const preview = await needs.exports.preview(choice);
    draft.preview = preview.ok ? preview.value : null;
    teller.announce(WRITE);
    return preview.ok ? null : preview.error;
  }
  const written = await teller.step(WRITE, async () => {
    const preview = await needs.exports.preview(choice);
    if (!preview.ok) return preview;
    draft.preview = preview.value;
    if (teller.signal.aborted) return { ok: false, error: CANCELLED };
    const done = await needs.exports.write(preview.value.id);
    return done.ok ? ok({ value: done.value, message: done.value.path }) : done;
  });
  if (!written.ok) return written.error;
  draft.written = written.value;
  return null;
}
