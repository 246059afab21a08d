/**
 * Words that exist nowhere else, one for each place that a report could take something from. Passwords hold signs that
 * every encoding spells in its own way.
 */
export const CANARIES = {
  stringPassword: "kestrel/7@Wren:Owl#9 ü",
  stringUser: "osprey_user",
  stringDatabase: "heron-base",
  stringHost: "merlin.falcon-corp.example",
  stringParameter: "plover_application",
  stringOptions: "lapwing_schema",
  rootCertificate: "/srv/curlew-keys/root.crt",
  keyPassword: 'sanderling\\Pass"8',
  envPassword: "bittern%Pass+1",
  envToken: "goldcrest-token-41",
  envSetting: "siskinsetting2026x",
  envComment: "brambling_comment",
  mainUser: "bluethroat_role",
  mainPassword: "nightjar;Pass,9",
  mainHost: "hoopoe.bird-corp.example",
  variablePassword: "nuthatch Pass'2",
  variableUser: "treecreeper_role",
  variableToken: "dunnock.token.73",
  otherUrlPassword: "fieldfare$Pass3",
  otherUrlHost: "redwing.thrush-corp.example",
  passfilePassword: "whinchat\\:Pass:4",
  passfileHost: "stonechat.chat-corp.example",
  passfileUser: "wheatear_role",
  servicePassword: "ptarmigan&Pass=5",
  serviceName: "capercaillie_service",
  serviceHost: "grouse.moor-corp.example",
  containerName: "avocet-shop-db",
  containerPassword: "shelduck<Pass>6",
  containerDatabase: "gadwall_base",
  containerToken: "garefowl-token-52",
  containerLabel: "dotterel_stack",
  engineFolder: "/srv/whimbrel-volumes/data",
  serverCode: "godwit",
  certificateSubject: "Pochard Widgets Root",
  certificateName: "garganey.teal-corp.example",
  project: "smew-payroll",
  home: "bullfinch-home",
  osUser: "chaffinch",
  address: "203.0.113.77",
  addressSix: "2001:db8:77::1f",
  mail: "linnet@twite-corp.example",
} as const;

export type CanaryName = keyof typeof CANARIES;

const bytes = (text: string): Buffer => Buffer.from(text, "utf8");

/** What a person could turn back into the text. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => encodeURIComponent(text),
  (text) => encodeURIComponent(text).replaceAll("%20", "+"),
  (text) => [...bytes(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => text.replaceAll("'", "''"),
  (text) => text.replace(/[\\:]/g, "\\$&"),
  (text) => bytes(text).toString("base64"),
  (text) => bytes(text).toString("base64url"),
  (text) => bytes(`a:${text}`).toString("base64").slice(4),
  (text) => bytes(`ab:${text}`).toString("base64").slice(4),
  (text) => bytes(text).toString("hex"),
  (text) => bytes(text).toString("latin1"),
];

/** Each canary spelt in every way, for a server that repeats all it can. */
export const allSpellings = (text: string): readonly string[] => [...new Set(SPELLINGS.map((spell) => spell(text)))];

/** The telling words of a canary: any of them alone gives it away. */
const wordsOf = (text: string): readonly string[] => {
  const words = text.match(/[A-Za-z]{5,}/g) ?? [];
  return words.filter(
    (word) => !/^(application|schema|comment|setting|token|service|user|role|base|home|example|corp)$/.test(word),
  );
};

/** Canaries that a text tells: by a spelling of the whole, or by a word of it, letter case aside. */
export function told(text: string): readonly string[] {
  // Markdown puts a backslash before signs of its own.
  const readings = [text, text.replace(/\\([\\`|<*[])/g, "$1")].map((one) => one.toLowerCase());
  return Object.entries(CANARIES).flatMap(([name, canary]) => {
    const traces = [...allSpellings(canary).map((one) => one.replace(/=+$/, "")), ...wordsOf(canary)];
    const found = traces.filter(
      (trace) => trace.length >= 5 && readings.some((reading) => reading.includes(trace.toLowerCase())),
    );
    return found.map((trace) => `${name}: ${trace}`);
  });
}
