import { DEFAULT_PORT, type Endpoint } from "../endpoint";
import { err, ok, type Result } from "../result";
import { type Credentials, Secret, SSLMODES, type Sslmode } from "../target";
import { type DsnError, dsnError } from "./error";
import { guarded } from "./guarded";
import { isSocketHost } from "./libpq-addresses";
import { optionFault, valueFaultIn } from "./option-checks";
import { type DsnValues, readValues } from "./read-values";

/** Keywords that have a place of their own in a Target. */
export const TARGET_KEYWORDS: ReadonlySet<string> = new Set(["user", "password", "host", "port", "dbname", "sslmode"]);

/** Reads a port as libpq does; null when it is none of 1 to 65535. */
export function readPort(text: string): number | null {
  const trimmed = text.trim();
  const port = /^\+?0*\d{1,5}$/.test(trimmed) ? Number(trimmed) : 0;
  return port >= 1 && port <= 65535 ? port : null;
}

/** A host as an endpoint: one that starts with "/" is a socket folder, one with "@" an abstract socket. */
export const toEndpoint = (host: string, port: number): Endpoint =>
  isSocketHost(host) ? { socketDirectory: host, port } : { host, port };

function readHosts(read: DsnValues): Result<readonly Endpoint[], DsnError> {
  const hostText = read.values.get("host") ?? "";
  const ports: number[] = [];
  for (const [index, one] of (read.values.get("port") ?? "").split(",").entries()) {
    const port = one === "" ? DEFAULT_PORT : readPort(one);
    if (port === null) {
      const at = read.portsAt[index] ?? read.positions.get("port") ?? null;
      const next = "PostgreSQL's own port is 5432.";
      return err(dsnError("read.invalid", "The port is not a number from 1 to 65535.", at, next));
    }
    ports.push(port);
  }
  if (hostText === "") return ok([]);
  const hosts = hostText.split(",");
  return ok(hosts.map((host, index) => toEndpoint(host, ports[ports.length === 1 ? 0 : index] ?? DEFAULT_PORT)));
}

/** What libpq would refuse among the values before it connects; a service may yet say what goes with them. */
function refused(read: DsnValues): DsnError | null {
  const fault = read.values.has("service") ? valueFaultIn(read.values) : optionFault(read.values);
  if (!fault) return null;
  const id = fault.keyword === "port" ? "read.invalid" : "read.invalid-parameter-value";
  return dsnError(id, fault.message, read.positions.get(fault.keyword) ?? null, fault.next);
}

/** Turns libpq's values into a Target and its password; checks what libpq would check before it connects. */
export function toCredentials(read: DsnValues): Result<Credentials, DsnError> {
  if (read.lossyAt !== null) {
    return err(
      dsnError(
        "read.invalid",
        "Some %XX escapes are not UTF-8 text.",
        read.lossyAt,
        "Encode the text as UTF-8, for example é as %C3%A9.",
      ),
    );
  }
  const hosts = readHosts(read);
  if (!hosts.ok) return hosts;
  const fault = refused(read);
  if (fault) return err(fault);
  const parameters = [...read.values].filter(([name]) => !TARGET_KEYWORDS.has(name));
  const port = read.values.get("port") ?? "";
  // A port without a host belongs to the default host; a Target has no place for it but here.
  if (hosts.value.length === 0 && port !== "") parameters.unshift(["port", port]);
  const filled = (name: string) => read.values.get(name) || null;
  const password = filled("password");
  return ok({
    target: {
      hosts: hosts.value,
      user: filled("user"),
      database: filled("dbname"),
      sslmode: SSLMODES.find((mode) => mode === read.values.get("sslmode")) ?? (null as Sslmode | null),
      parameters: guarded(Object.fromEntries(parameters)),
    },
    password: password === null ? null : new Secret(password),
  });
}

/** Reads a string by libpq's rules alone, without asking why it may have gone wrong. */
export function readTarget(text: string): Result<Credentials & { readonly form: DsnValues["form"] }, DsnError> {
  const read = readValues(text);
  if (!read.ok) return read;
  const credentials = toCredentials(read.value);
  return credentials.ok ? ok({ ...credentials.value, form: read.value.form }) : credentials;
}
