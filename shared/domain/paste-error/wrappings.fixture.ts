const lines = (text: string): readonly string[] => text.split("\n");
const each = (text: string, wrap: (line: string, index: number) => string): string => lines(text).map(wrap).join("\n");
const front = (prefix: string) => (text: string) => each(text, (line) => prefix + line);

/** As a terminal breaks lines: at its last column, wherever that is. */
const brokenAt = (width: number) => (text: string) =>
  lines(text)
    .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, "g")) ?? [""])
    .join("\n");

/** As mails and chats break lines: between words. */
const foldedAt = (width: number) => (text: string) =>
  lines(text)
    .flatMap((line) => {
      const folded = [""];
      for (const word of line.split(/(?<=\s)(?=\S)/)) {
        const last = folded[folded.length - 1] ?? "";
        if (last !== "" && (last + word).trimEnd().length > width) folded.push(word);
        else folded[folded.length - 1] = last + word;
      }
      return folded.map((one) => one.trimEnd());
    })
    .join("\n");

const json = (value: unknown, space?: number): string => JSON.stringify(value, null, space);

/** What happens to a text on its way into the clipboard, by who does it. */
export const WRAPPINGS: Readonly<Record<string, (text: string) => string>> = {
  "Windows line ends": (text) => lines(text).join("\r\n"),
  "old line ends": (text) => lines(text).join("\r"),
  "a byte order mark": (text) => `\ufeff${text}`,
  indentation: front("    "),
  tabs: front("\t"),
  "a mail's quote": front("> "),
  "a quote in a quote": front("> > "),
  "a fence of Markdown": (text) => `\`\`\`console\n${text}\n\`\`\``,
  "a list of Markdown": front("- "),
  "comments of a script": front("# "),
  "numbers of lines": (text) => each(text, (line, at) => `${String(at + 1).padStart(4)}  ${line}`),
  "a web page's entities": (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
  "a word processor's quotes": (text) => text.replace(/"([^"\n]*)"/g, "“$1”").replace(/'([^'\n]*)'/g, "‘$1’"),
  "spaces that do not break": (text) => text.replaceAll(" ", "\u00a0"),
  "blank lines between": (text) => lines(text).join("\n\n"),
  "UTF-16 read as bytes": (text) => text.replace(/(?<=.)/gs, "\0"),
  colours: (text) => each(text, (line) => `\u001b[1;31m${line}\u001b[0m`),
  "a colour for each word": (text) => text.replace(/[A-Za-z]+/g, (word) => `\u001b[38;5;12m${word}\u001b[0m`),
  "colours as carets": (text) => each(text, (line) => `^[[31m${line}^[[0m`),
  "colours that lost their escape": (text) => each(text, (line) => `[31m${line}[0m`),
  "colours in a string": (text) => each(text, (line) => `\\u001b[31m${line}\\u001b[0m`),
  "a terminal of 80 columns": brokenAt(80),
  "a terminal of 120 columns": brokenAt(120),
  "a mail of 72 columns": foldedAt(72),
  "a chat of 100 columns": foldedAt(100),
  "a frame": (text) => each(text, (line) => `│ ${line.padEnd(400)} │`),
  "docker compose": front("web-1  | "),
  "docker compose in colour": front("\u001b[36mweb-1  | \u001b[0m"),
  "docker logs --timestamps": front("2026-11-24T10:11:12.123456789Z "),
  "Docker's json-file": (text) =>
    each(text, (line) => json({ log: `${line}\n`, stream: "stderr", time: "2026-11-24T10:11:12.123456789Z" })),
  "Docker's builder": front("#12 3.456 "),
  Kubernetes: front("2026-11-24T10:11:12.123456789+01:00 stderr F "),
  "kubectl --prefix": front("[pod/web-7d9c5b6f7-x2x9k/web] "),
  stern: front("web-7d9c5b6f7-x2x9k web "),
  journald: front("Nov 24 10:11:12 desk app[123]: "),
  "journalctl -o json": (text) =>
    each(text, (line) => json({ MESSAGE: line, PRIORITY: "3", __REALTIME_TIMESTAMP: "1764000000000000" })),
  "syslog, RFC 5424": front("<27>1 2026-11-24T10:11:12.003Z desk app 123 - - "),
  "syslog of the server": (text) => each(text, (line, at) => `Nov 24 10:11:12 desk postgres[7]: [5-${at + 1}] ${line}`),
  Heroku: front("2026-11-24T10:11:12.123456+00:00 app[web.1]: "),
  "GitHub's runner": front("2026-11-24T10:11:12.1234567Z "),
  "GitLab's runner": front("2026-11-24T10:11:12.123456Z 01O "),
  supervisord: front("2026-11-24 10:11:12,123 DEBG 'web' stderr output: "),
  foreman: front("10:11:12 web.1   | "),
  pytest: front("E       "),
  CloudWatch: (text) => each(text, (line) => json({ timestamp: 1_764_000_000_000, message: line, ingestionTime: 1 })),
  "CloudWatch's list": (text) => json({ events: [{ timestamp: 1, message: text, eventId: "1" }] }, 2),
  "Google Cloud": (text) => json({ severity: "ERROR", textPayload: text, insertId: "a" }, 2),
  pino: (text) => json({ level: 50, time: 1_764_000_000_000, err: { type: "Error", stack: text }, msg: "failed" }),
  "pino in Docker's json-file": (text) =>
    json({ log: `${json({ level: 50, msg: text })}\n`, stream: "stdout", time: "2026-11-24T10:11:12Z" }),
  structlog: (text) => json({ event: "failed", level: "error", exception: text }),
  "structlog over several lines": (text) => json({ event: "failed", exception: text }, 2),
  "a list of errors": (text) => json({ errors: [{ message: text }] }, 4),
  logfmt: (text) => `ts=2026-11-24T10:11:12Z level=error msg=${json(text)}`,
  "a string of JSON, cut off": (text) => json({ exception: text, more: "x" }).slice(0, -9),
};
