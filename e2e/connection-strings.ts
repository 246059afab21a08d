import fc from "fast-check";
import type { ReaderQuestion } from "./readers";

/** One of some pieces, written with ¦ between them. */
const oneOf = (pieces: string) => fc.constantFrom(...pieces.split("¦"));

/** One of the arbitraries, by weight. */
const weighted = <T>(...choices: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<T>])[]) =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const signs = (alphabet: string, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { maxLength }).map((all) => all.join(""));

const scheme = weighted(
  [12, oneOf("postgresql://¦postgres://")],
  [1, oneOf("POSTGRES://¦Postgresql://¦mysql://¦postgresql:/¦postgresql:¦postgres:///¦ postgresql://¦://¦//¦")],
);
const word = weighted(
  [4, oneOf("app¦db¦user¦a.b¦a-b¦0¦x_y")],
  [
    3,
    oneOf(
      "Ticket Desk¦é¦日本¦a%40b¦%2Ftmp¦x+y¦p'q¦$1¦%C3%A9¦%c3%a9¦😀¦%zz¦%¦a;b¦%E6%97%A5¦a%20b¦%F0%9F%98%80¦%ff¦%C3¦%00¦%25¦",
    ),
  ],
  [2, signs("ab1%4:@/?#[]&=+ é'\\\t\n,;", 8)],
);
const host = weighted(
  [5, oneOf("localhost¦127.0.0.1¦db.example.com¦h")],
  [3, oneOf("[::1]¦[fe80::1%25eth0]¦[2001:db8::1234]¦[::ffff:1.2.3.4]¦%2Fvar%2Frun¦/tmp¦H.Example")],
  [1, oneOf("¦[::1¦::1¦[]¦[::1]x¦x[::1]¦[1.2.3.4]¦[v1.a]¦a b¦%5B::1%5D¦日本.example¦ｈ¦[::1]]¦%2Ftmp%2F¦[%3A%3A1]¦@h")],
);
const port = weighted(
  [6, oneOf("¦:5432¦:1")],
  [2, oneOf(":70000¦:¦:abc¦:%35¦:1:2¦:+5¦: 5¦:5_4¦:-1¦:0¦:5%20¦:1_¦:00005432¦:٥٤¦:5४¦:²")],
);

/** Parameters of libpq's list that every libpq since 13 has, asyncpg's own, and others. */
const key = weighted(
  [4, oneOf("sslmode¦application_name¦connect_timeout¦host¦port¦user¦password¦dbname¦options")],
  [
    3,
    oneOf(
      "database¦passfile¦service¦target_session_attrs¦krbsrvname¦gsslib¦sslnegotiation¦hostaddr¦client_encoding¦channel_binding¦gssencmode¦keepalives¦sslrootcert¦sslcert¦sslkey¦sslcrl¦sslpassword¦ssl_min_protocol_version¦ssl_max_protocol_version¦requirepeer¦replication¦fallback_application_name¦servicefile",
    ),
  ],
  [2, oneOf("ssl¦requiressl¦foo¦search_path¦app.tenant¦Sslmode¦%68ost¦us+er¦¦sslcompression¦jit¦a b¦é")],
);
const value = weighted(
  [4, oneOf("a¦10¦true¦prefer¦require¦disable¦allow¦any¦read-write¦primary¦direct¦postgres¦gssapi¦sspi¦TLSv1.2¦1¦0")],
  [
    2,
    oneOf(
      "¦bogus¦a+b¦a%20b¦x@y¦1,2¦h:1¦/tmp¦a#b¦a=b¦verify-full¦verify_ca¦h1:1,h2:2¦[::1]:5¦/tmp,h¦%41¦%zz¦TLSv9¦SSLv3¦a%00b",
    ),
  ],
);
const parameter = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(key, value).map(([name, text]) => `${name}=${text}`) },
  { weight: 1, arbitrary: fc.oneof(key, fc.constant(""), fc.constant("=")) },
);

const uri = fc
  .record({
    scheme,
    sign: fc.option(fc.tuple(word, fc.option(word, { nil: null })), { nil: null }),
    hosts: weighted(
      [5, fc.array(fc.tuple(host, port), { maxLength: 1 })],
      [2, fc.array(fc.tuple(host, port), { minLength: 2, maxLength: 3 })],
    ),
    database: fc.option(word, { nil: null }),
    query: fc.option(fc.array(parameter, { maxLength: 4 }), { nil: null, freq: 2 }),
  })
  .map(({ scheme: start, sign, hosts, database, query }) =>
    [
      start,
      sign === null ? "" : `${sign[0]}${sign[1] === null ? "" : `:${sign[1]}`}@`,
      hosts.map((one) => one.join("")).join(","),
      database === null ? "" : `/${database}`,
      query === null ? "" : `?${query.join("&")}`,
    ].join(""),
  );

const SPECIAL = "ab01:::/@@?#[],%%&==+ é4F\\';";
const wild = fc
  .tuple(oneOf("postgresql://¦postgres://u:p@¦postgresql:///d?¦"), signs(SPECIAL, 24))
  .map((all) => all.join(""));

/** Good strings with one to three characters taken out, put in or doubled. */
const mutated = fc
  .tuple(
    uri,
    fc.array(fc.tuple(fc.nat(200), fc.constantFrom(...SPECIAL), fc.constantFrom("in", "out", "double")), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([text, edits]) => {
    const letters = [...text];
    for (const [where, sign, kind] of edits) {
      const at = letters.length === 0 ? 0 : where % letters.length;
      if (kind === "out") letters.splice(at, 1);
      else letters.splice(at, 0, kind === "in" ? sign : (letters[at] ?? sign));
    }
    return letters.join("");
  });

const keywordValue = weighted(
  [3, oneOf("a¦'a b'¦''¦a\\ b¦'it\\'s'¦10¦require¦/tmp¦h1,h2¦'a\\\\b'")],
  [1, oneOf("¦'open¦a'b¦'a'b¦\\¦'a\\¦=¦a=b¦%41¦日本¦'é")],
);
const keywords = fc.oneof(
  fc
    .array(fc.tuple(key, oneOf("=¦ = ¦= ¦ ¦=\t¦\n="), keywordValue, oneOf(" ¦  ¦\t¦\n¦¦\v¦\f")), { maxLength: 5 })
    .map((all) => all.map((one) => one.join("")).join("")),
  signs("ahu ='\\\t\n1é", 18).map((rest) => `user=${rest}`),
);

const environment = fc.dictionary(
  oneOf(
    "PGHOST¦PGPORT¦PGUSER¦PGPASSWORD¦PGDATABASE¦PGSSLMODE¦PGTARGETSESSIONATTRS¦PGKRBSRVNAME¦PGGSSLIB¦PGSSLNEGOTIATION¦PGSSLMINPROTOCOLVERSION¦PGSSLMAXPROTOCOLVERSION¦PGSERVICE",
  ),
  weighted(
    [3, oneOf("h¦5433¦require¦disable¦a¦any¦gssapi¦direct¦TLSv1.2¦/tmp¦h1,h2¦1,2")],
    [1, oneOf("¦bogus¦h1:1,h2:2¦[::1]:7¦1,¦a@b¦verify-full¦standby¦sspi¦postgres¦1,2,3,4,5¦%41¦ 5 ")],
  ),
  { minKeys: 1, maxKeys: 5 },
);

/** Connection strings, valid and broken, the same in every run: 20,000 alone and 5,000 with PG* variables. */
export function questions(): readonly ReaderQuestion[] {
  const texts = (arbitrary: fc.Arbitrary<string>, numRuns: number, seed: number) =>
    fc.sample(arbitrary, { seed, numRuns }).map((text) => ({ text }));
  const withEnvironment = fc.record({
    text: fc.oneof(uri, fc.constantFrom("", "postgresql://", "postgresql:///d")),
    environment,
  });
  return [
    ...texts(uri, 9_000, 20261),
    ...texts(mutated, 5_000, 20262),
    ...texts(wild, 3_000, 20263),
    ...texts(keywords, 3_000, 20264),
    ...fc.sample(withEnvironment, { seed: 20265, numRuns: 5_000 }),
  ];
}
