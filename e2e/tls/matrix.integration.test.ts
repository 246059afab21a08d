import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PostgresVersion, whyUnavailable } from "../servers/postgres";
import { type Cell, cellsFor } from "./cells";
import { type Asker, askInElectron, electronHere } from "./electron";
import { askOurs } from "./ours";
import { type Psql, type PsqlAnswer, psqlWith, whyNoPsql } from "./psql";
import { KINDS, startTlsWorld, type TlsWorld } from "./world";

/** What a diagnosis is about, in the words of psql.ts. */
const ABOUT: readonly (readonly [RegExp, string])[] = [
  [/^encrypt\.(self-signed|unknown-authority|expired|not-yet-valid|revoked|revocation-unknown|unfit)$/, "certificate"],
  [/^encrypt\.name-mismatch$/, "name"],
  [/^encrypt\.root-file-missing$/, "root file"],
  [/^encrypt\.certificate-file$/, "file"],
  [/^encrypt\.not-supported$/, "no TLS"],
  [/^encrypt\.client-certificate-required$/, "client certificate"],
  [/^encrypt\.client-certificate-rejected$/, "client certificate rejected"],
  [/^encrypt\.(protocol|direct-not-supported)$/, "protocol"],
  [/^(encrypt\.required|authenticate\.no-hba-entry)$/, "rule"],
  [/^authenticate\.password-rejected$/, "password"],
  [/^authenticate\.unsupported-method$/, "method"],
  [/^database\.session-attributes$/, "attributes"],
  [/^resolve\.not-found$/, "address"],
  [/^encrypt\.failed$/, "Kerberos"],
];

const kindOf = (ours: string): string => ABOUT.find(([id]) => id.test(ours))?.[1] ?? ours;

/** The judges of a server: psql with that release's libpq, where there is one, and with the newest. */
const JUDGES: Readonly<Partial<Record<PostgresVersion, readonly (15 | 17 | 18)[]>>> = {
  13: [15, 18],
  15: [15, 18],
  17: [17, 18],
  18: [18],
};

const table: string[] = [];
let compared = 0;

const electron = await electronHere();

/** Null where psql comes to the same; otherwise what it comes to. */
function difference(ours: string, judged: PsqlAnswer): string | null {
  if (judged.came !== "refused") return judged.came === ours ? null : judged.came;
  return judged.kinds.includes(kindOf(ours)) ? null : judged.words;
}

for (const version of [13, 15, 17, 18] as const) {
  const missing = whyNoPsql() ?? (await whyUnavailable(version));
  describe.skipIf(missing !== null)(`PostgreSQL ${version}${missing ? ` (${missing})` : ""}`, () => {
    let world: TlsWorld;
    let judges: readonly Psql[];
    let inElectron: Asker | null = null;

    beforeAll(async () => {
      world = await startTlsWorld(version);
      judges = await Promise.all((JUDGES[version] ?? []).map(psqlWith));
      inElectron = electron ? await askInElectron(electron) : null;
    });
    afterAll(async () => {
      inElectron?.end();
      await world?.remove();
    });

    it.skipIf(electron === null)("is asked from Electron as well", () => expect(inElectron).not.toBeNull());

    const stringOf = ({ user, at, query }: Cell): string => {
      const { server, folder } = world;
      const place = at
        .replaceAll("*", `${server.port}`)
        .replaceAll("@silent", `${world.silentPort}`)
        .replaceAll("@socket", encodeURIComponent(server.socketDirectory));
      return `postgresql://${user}@${place}/postgres?${query.replaceAll("@", `${folder}/`)}`;
    };

    describe.each(KINDS)("whose server is: %s", (kind) => {
      beforeAll(() => world.become(kind));
      const cells = cellsFor(version).filter((cell) => cell.server === kind);

      it.each(cells.map((cell) => [`${cell.what} (${cell.user})`, cell] as const))("%s", async (_name, cell) => {
        const home = path.join(world.folder, cell.home);
        const bundle = path.join(world.folder, "ca.crt");
        const dsn = stringOf(cell);
        const able = judges.filter((judge) => judge.libpq >= cell.since);
        const [ours, windows, ...judged] = await Promise.all([
          askOurs(dsn, home, bundle),
          inElectron?.ask(dsn, home, bundle) ?? null,
          ...able.map((judge) => judge.ask(dsn, home, bundle)),
        ]);
        const verdicts = judged.map((answer, index) => {
          const other = difference(ours, answer);
          return `libpq ${able[index]?.libpq} ${other === null ? "agrees" : `says ${other.split("\n").join(" / ")}`}`;
        });
        table.push(
          `${[version, kind.padEnd(18), `${cell.what} (${cell.user})`.padEnd(56), ours.padEnd(34)].join("  ")}  ${verdicts.join(", ")}`,
        );
        compared += judged.length;
        expect(ours).toBe(cell.expected);
        expect(windows ?? ours, "in Electron").toBe(ours);
        if (cell.choice === undefined) for (const verdict of verdicts) expect(verdict).toContain("agrees");
        else for (const verdict of verdicts) expect(verdict).toContain("says");
      });
    });
  });
}

afterAll(() => {
  process.stdout.write(
    `\non  server              string (user)  ours  psql\n${table.join("\n")}\n${compared} comparisons\n`,
  );
});
