import { describe, expect, it } from "vitest";
import { orderLocales } from "./catalogue";

describe("orderLocales", () => {
  it("puts the server's own first, then the usual ones, each once, only those that hold UTF8", () => {
    const names = ["C.utf8", "POSIX", "de_DE.UTF-8", "de_DE.iso88591", "en_US.utf8", "C", "C.UTF-8", "en_US"];
    expect(orderLocales(names, "de_DE.utf8")).toEqual(["de_DE.UTF-8", "C.UTF-8", "en_US.UTF-8", "C"]);
  });
});
