import { lookup } from "node:dns/promises";

/** The addresses that `localhost` stands for here, in the order clients try them; both families where nobody says. */
export async function localhostAddresses(): Promise<readonly string[]> {
  const found = await lookup("localhost", { all: true, verbatim: true }).catch(() => []);
  return found.length > 0 ? found.map(({ address }) => address) : ["::1", "127.0.0.1"];
}
