import { copies } from "../../diagnose/remedies";
import { capital, type WordTable, where } from "./word";

const copy = (...args: Parameters<typeof copies>) => copies(...args).remedy;

/** The string, the host's name, the way to the port, and what answers there. */
export const reachWords: WordTable = {
  "read.unsupported-scheme": {
    title: () => "The string begins with a scheme this driver does not take",
    explanation: () =>
      "asyncpg and libpq take postgresql:// and postgres://. Names like postgresql+asyncpg:// are SQLAlchemy's.",
  },
  "read.invalid": {
    title: () => "The connection string cannot be read",
    explanation: () =>
      "A part of it is not what belongs there, most often a port that is no number or a character of the password that is not encoded.",
  },
  "read.invalid-parameter-value": {
    title: ({ parameter }) => `The string gives ${parameter ?? "a parameter"} a value that does not exist`,
    explanation: () => "sslmode, for example, is one of disable, allow, prefer, require, verify-ca, verify-full.",
  },
  "read.unknown-parameter": {
    title: ({ parameter }) =>
      parameter
        ? `The string holds a parameter that the driver does not know: ${parameter}`
        : "The string holds a parameter that the driver does not know",
    explanation: () =>
      "Parameters differ by driver: libpq refuses those it does not know, and SQLAlchemy hands each of them to asyncpg as an argument.",
    remedies: ({ parameter }) => [copy("drop-parameter", `Take ${parameter ?? "it"} out of the string`)],
  },
  "read.unencoded-credentials": {
    title: () => "Most likely: the password holds a character that must be encoded",
    explanation: () =>
      "The host name in the error holds the end of a password. A raw @, :, /, # or ? ends the password too early.",
  },
  "resolve.not-found": {
    title: ({ host }) => (host ? `There is no host called "${host}"` : "The host's name has no address"),
    explanation: () => "It is misspelt, or it only exists in another network or inside a container.",
  },
  "resolve.temporary": {
    title: ({ host }) => `The name service does not answer${host ? ` for "${host}"` : ""}`,
    explanation: () => "No network, no VPN, or a name server that is down. The name itself may be right.",
  },
  "reach.refused": {
    title: (names) => (names.host ? `Nothing listens on ${where(names)}` : "Nothing listens where the string points"),
    explanation: () =>
      "The computer answers and refuses: no server runs there, or it listens on another port or address.",
  },
  "reach.server-stopped": {
    title: () => "The server's container is not running",
    explanation: () => "It has ended. Its own log says why.",
    remedies: () => [copy("read-container-log", "Read its log", { commands: ["docker logs --tail 50 <container>"] })],
  },
  "reach.timeout": {
    title: (names) => `${capital(where(names))} does not answer in time`,
    explanation: () =>
      "A firewall drops the connection, a VPN is missing, the address is wrong, or the server is too busy to answer.",
  },
  "reach.unreachable": {
    title: (names) => `No way leads to ${where(names)}`,
    explanation: ({ host }) =>
      host?.includes(":")
        ? "The address is an IPv6 one and this network has no IPv6. Providers often offer another name that has IPv4 (a pooler)."
        : "This computer's network has no route to that address: no network, no VPN, or a wrong address.",
  },
  "reach.socket-missing": {
    title: () => "There is no socket where the string points",
    explanation: () => "The server is not running, keeps its socket in another folder, or uses another port.",
  },
  "reach.socket-denied": {
    title: () => "This user may not open the server's socket",
    explanation: () => "The folder of the socket, or the socket itself, is closed to the user the app runs as.",
  },
  "speak.not-postgresql": {
    title: (names) => `What answers at ${where(names)} is not PostgreSQL`,
    explanation: () => "Its first bytes are none that PostgreSQL sends. The port belongs to something else.",
  },
  "speak.closed": {
    title: (names) => `${capital(where(names))} ended the connection without a word`,
    explanation: () =>
      "It is restarting, has crashed, is out of connections, or a proxy before it closed. Its log says which.",
  },
  "speak.silent": {
    title: (names) => `${capital(where(names))} accepts the connection and says nothing`,
    explanation: () =>
      "A paused container, a stopped process that still holds its port, a half-dead proxy, or no PostgreSQL at all.",
  },
};
