import { at } from "../diagnose/case";
import { freePort } from "../servers/free-port";
import type { RemedyCase } from "./case";

let closed = 0;

/** Another address or port of the same server. */
export const REACH: readonly RemedyCase[] = [
  {
    name: "the other address of this computer",
    expected: "reach.other-loopback",
    remedy: "use-address",
    dsn: (s) => at(s, "app:right").replace("127.0.0.1", "[::1]"),
  },
  {
    name: "the port that answers",
    expected: "reach.wrong-port",
    remedy: "use-port",
    dsn: (s) => at(s, "app:right").replace(String(s.port), String(closed)),
    breaks: async () => {
      closed = await freePort();
      return async () => {};
    },
  },
];
