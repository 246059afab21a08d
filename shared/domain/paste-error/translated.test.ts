import { expect, it } from "vitest";
import { recogniseError } from ".";
import { TRANSLATIONS } from "./translations";

const idOf = (text: string): string | null => {
  const found = recogniseError(text);
  return found.kind === "recognised" ? found.id : null;
};

/** What stands in the gaps of a text, where it is no name. */
const FILLED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^cannot execute/, ["INSERT"]],
  [/^could not bind/, ["IPv4", "127.0.0.1", "Address already in use"]],
];

/** As libpq hands it on, since some texts are everybody's. */
function said(english: string, text: string): string {
  const gaps = FILLED.find(([pattern]) => pattern.test(english))?.[1] ?? [];
  let next = 0;
  const filled = text.replace(/%(?:(\d)\$)?[a-z]/g, (_all, place: string | undefined) => {
    const at = place === undefined ? next++ : Number(place) - 1;
    return gaps[at] ?? `x${at}y`;
  });
  return `psql: connection to server at "h", port 5432 failed: ${filled}`;
}

/** These mean something only as a part of another text. */
const PARTS = /^(?:no encryption|SSL off|No such file or directory|Permission denied)/;

it.each(TRANSLATIONS.map((language, at) => [Object.values(language)[0]?.toString() ?? String(at), language] as const))(
  "%s ... and the rest of the catalogue stand for what the English stands for",
  (_, language) => {
    const wrong = Object.entries(language).flatMap(([english, translated]) => {
      if (PARTS.test(english)) return [];
      const expected = idOf(said(english, english));
      return [translated]
        .flat()
        .map((text) => ({ text, expected, found: idOf(said(english, text)) }))
        .filter(({ found }) => found !== expected);
    });
    expect(wrong).toEqual([]);
  },
);

it("what is not encrypted is told apart in every language", () => {
  expect(
    idOf("FATAL:  kein pg_hba.conf-Eintrag für Host »10.0.0.1«, Benutzer »a«, Datenbank »a«, keine Verschlüsselung"),
  ).toBe("encrypt.required");
  expect(
    idOf("FATAL:  kein pg_hba.conf-Eintrag für Host »10.0.0.1«, Benutzer »a«, Datenbank »a«, SSL-Verschlüsselung"),
  ).toBe("authenticate.no-hba-entry");
});
