import { advisePool, PRESETS } from "../../shared/domain/pool";
import { UsageError } from "../args";
import type { Command } from "../command";
import { findDsn } from "../dsn-source";

export const pool: Command = {
  name: "pool",
  usage: "pool [DSN] [--dsn-stdin] [--instances N] [--workers N] [--preset P] [--json]",
  summary: "Says how many connections each pool may have on this server.",
  async run({ args, terminal, app }) {
    const presetId = args.text("preset") ?? "development";
    const preset = PRESETS.find(({ id }) => id === presetId);
    if (!preset) throw new UsageError(`--preset is one of ${PRESETS.map(({ id }) => id).join(", ")}`);
    const instances = args.count("instances", 1, 10_000);
    const workers = args.count("workers", 1, 10_000);
    const dsn = await findDsn(args, terminal, app);
    const facts = dsn ? await app.readPool(dsn, terminal.signal) : null;
    const advice = advisePool({ facts: facts?.ok ? facts.value : null, instances, workers, preset: preset.id });
    const problem = facts && !facts.ok ? facts.error : null;
    if (terminal.json) terminal.document({ ...advice, measurement: null, problem });
    else {
      if (problem) terminal.progress(problem.message);
      terminal.line(
        `min ${advice.recommendation.min}, max ${advice.recommendation.max} for each of ${advice.pools} pools`,
      );
      terminal.line(advice.formula);
      for (const warning of advice.warnings) terminal.line(`! ${warning}`);
    }
    return problem || !advice.recommendation.fits ? 1 : 0;
  },
};
