import { isSocket } from "../../endpoint";
import { quoteKeywordValue } from "../scan-keywords";
import { type CopyFormat, leftOut } from "./copy-format";
import { libpqParameters } from "./libpq-parameters";

/** `host=... port=...` for libpq (manual, "Keyword/Value Connection Strings"). */
export const keywordValue: CopyFormat = {
  id: "keyword-value",
  title: "Keyword/value",
  write: (target, password) => {
    const { carried, unknown } = libpqParameters(target.parameters);
    const { hosts, user, database, sslmode } = target;
    const address: [string, string][] = [
      ["host", hosts.map((one) => (isSocket(one) ? one.socketDirectory : one.host)).join(",")],
      ["port", hosts.map(({ port }) => port).join(",")],
    ];
    const pairs: (readonly [string, string | null])[] = [
      ...(hosts.length === 0 ? [] : address),
      ["user", user],
      ["password", password],
      ["dbname", database],
      ["sslmode", sslmode],
      ...Object.entries(carried),
    ];
    const written = pairs.flatMap(([name, value]) => (value === null ? [] : [`${name}=${quoteKeywordValue(value)}`]));
    return { text: written.join(" "), notes: leftOut("libpq", unknown) };
  },
};
