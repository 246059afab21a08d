import { expect, it } from "vitest";
import { back, forth, type History, NO_HISTORY, recorded, type Version } from "./connection-history";

const version = (dsn: string): Version => ({ dsn, put: { dsn: "", source: { kind: "typed" } } });
const steps = ({ past }: History): readonly string[] => past.map(({ dsn }) => dsn);

it("takes typing in one place for one step, until there is a pause", () => {
  let history = recorded(NO_HISTORY, version(""), "string", 0);
  history = recorded(history, version("p"), "string", 900);
  history = recorded(history, version("po"), "string", 1800);
  expect(steps(history)).toEqual([""]);
  history = recorded(history, version("pos"), "string", 2801);
  expect(steps(history)).toEqual(["", "pos"]);
});

it("takes another place, and whatever is done by one press, for a step of its own", () => {
  let history = recorded(NO_HISTORY, version("a"), "host", 0);
  history = recorded(history, version("b"), "port", 1);
  history = recorded(history, version("c"), null, 2);
  history = recorded(history, version("d"), null, 3);
  history = recorded(history, version("e"), "port", 4);
  expect(steps(history)).toEqual(["a", "b", "c", "d", "e"]);
});

it("goes back and forth, and forgets what was ahead when something new is done", () => {
  const history = recorded(recorded(NO_HISTORY, version("a"), null, 0), version("b"), null, 0);
  const first = back(history, version("c"));
  const second = first && back(first.history, version(first.dsn));
  expect([first?.dsn, second?.dsn]).toEqual(["b", "a"]);
  expect(second && back(second.history, version("a"))).toBeNull();
  const again = second && forth(second.history, version("a"));
  expect(again?.dsn).toBe("b");
  expect(again && forth(again.history, version("b"))?.dsn).toBe("c");
  const anew = again && recorded(again.history, version("b"), null, 0);
  expect(anew && forth(anew, version("x"))).toBeNull();
});

it("does not join typing to a step that was gone back to", () => {
  const typed = recorded(NO_HISTORY, version("a"), "string", 0);
  const gone = back(typed, version("b"));
  const history = gone && recorded(gone.history, version("a"), "string", 10);
  expect(history && steps(history)).toEqual(["a"]);
});

it("keeps a hundred steps", () => {
  let history = NO_HISTORY;
  for (let at = 0; at < 150; at += 1) history = recorded(history, version(String(at)), null, 0);
  expect(steps(history)).toHaveLength(100);
  expect(steps(history)[0]).toBe("50");
});
