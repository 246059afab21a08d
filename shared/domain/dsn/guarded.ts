import { isSecretParameter } from "./libpq-keywords";

const shown = (parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, isSecretParameter(name) ? "***" : value]),
  );

/**
 * Parameters that keep their secrets (sslpassword, oauth_client_secret, ...) out of every accidental print: JSON and
 * Node's console show `***`. Reading one by its name gives the value; a copy made by spreading is not guarded.
 */
export function guarded(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own = { ...parameters };
  const print = { value: () => shown(own), enumerable: false };
  return Object.defineProperties(own, { toJSON: print, [Symbol.for("nodejs.util.inspect.custom")]: print });
}
