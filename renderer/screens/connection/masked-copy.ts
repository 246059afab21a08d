import type { CopyFormat } from "../../../shared/domain/dsn";
import { isSecretParameter } from "../../../shared/domain/dsn/libpq-keywords";
import type { Target } from "../../../shared/domain/target";

/** Always as many dots, so that they do not tell the length. */
const DOTS = "••••••••";

/** A format's text with dots for every secret: written with a stand-in that no format spells otherwise. */
export function masked(format: CopyFormat, target: Target, password: string | null): string {
  const { text } = format.write(target, password);
  let standIn = "secret0";
  while (text.includes(standIn)) standIn += "0";
  const parameters = Object.entries(target.parameters).map(([name, value]): [string, string] => [
    name,
    isSecretParameter(name) ? standIn : value,
  ]);
  const hidden = format.write(
    { ...target, parameters: Object.fromEntries(parameters) },
    password === null ? null : standIn,
  );
  return hidden.text.replaceAll(standIn, DOTS);
}
