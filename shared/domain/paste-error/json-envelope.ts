/** Fields that those who carry logs add to a line: Docker, Kubernetes, CloudWatch, Google Cloud, fluentd. */
const ADDED = new Set(
  `log stream time timestamp @timestamp message @message ingestionTime eventId eventTimestamp id logStreamName
  logGroupName logStream logGroup @logStream @log @ptr attrs tag source kubernetes docker container_id container_name
  partial_message logtag textPayload insertId resource labels logName receiveTimestamp severity`.split(/\s+/),
);
/** What journalctl -o json names its fields like. */
const OF_JOURNAL = /^_{0,2}[A-Z][A-Z0-9_]*$/;
const TEXTS = ["log", "message", "@message", "textPayload", "MESSAGE"];
const MOMENTS = ["time", "timestamp", "@timestamp", "__REALTIME_TIMESTAMP", "receiveTimestamp"];

function momentOf(value: unknown): number | null {
  const number = typeof value === "number" ? value : typeof value === "string" && /^\d+$/.test(value) ? +value : null;
  // Seconds, milliseconds, microseconds since 1970.
  if (number !== null) return number > 1e14 ? number / 1_000 : number > 1e11 ? number : number * 1_000;
  const moment = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}

/** The line that a log service wrapped into this object, and when; null where the object is an entry of its own. */
export function envelopeOf(
  value: Readonly<Record<string, unknown>>,
): { readonly text: string; readonly moment: number | null } | null {
  const names = Object.keys(value);
  if (!names.every((name) => ADDED.has(name)) && !names.every((name) => OF_JOURNAL.test(name))) return null;
  const text = TEXTS.map((name) => value[name]).find((one) => typeof one === "string");
  const moment = MOMENTS.map((name) => momentOf(value[name])).find((one) => one !== null) ?? null;
  return typeof text === "string" && names.length > 1 ? { text, moment } : null;
}
