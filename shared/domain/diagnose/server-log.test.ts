import { describe, expect, it } from "vitest";
import { readLog } from "./server-log";

const NOW = Date.UTC(2026, 10, 23, 12, 34, 57, 200);
const wish = { user: "app", refused: true, now: NOW, spanMs: 500 };
const look = (text: string, more: Partial<typeof wish> = {}) => readLog({ file: "/log", text }, { ...wish, ...more });

const refusal = (reason: string, time = "2026-11-23 12:34:56.900 UTC"): string =>
  [
    `${time} [812] FATAL:  password authentication failed for user "app"`,
    `${time} [812] DETAIL:  ${reason}`,
    '\tConnection matched pg_hba.conf line 9: "host all all 127.0.0.1/32 scram-sha-256"',
  ].join("\n");

describe("a refused password in the server's log", () => {
  it.each([
    ['Role "app" does not exist.', "role-missing"],
    ['User "app" has no password assigned.', "no-password"],
    ['User "app" has an expired password.', "expired"],
    ['User "app" does not have a valid SCRAM secret.', "no-scram-secret"],
    ['Password does not match for user "app".', "mismatch"],
    ["Benutzer »app« hat kein Passwort zugewiesen.", "no-password"],
    ['ユーザー"app"のパスワードは期限切れです。', "expired"],
    ['Роль "app" не существует.', "role-missing"],
  ])("%s", (sentence, reason) => {
    expect(look(refusal(sentence))).toEqual({ file: "/log", reason, hbaLine: 9, standby: false });
  });

  it("is a wrong password where the rule comes first, as under SCRAM", () => {
    const text = [
      '2026-11-23 12:34:56.900 UTC [812] FATAL:  password authentication failed for user "app"',
      '2026-11-23 12:34:56.900 UTC [812] DETAIL:  Connection matched file "/etc/postgresql/16/main/pg_hba.conf" line 12: "host all app 127.0.0.1/32 scram-sha-256"',
    ].join("\n");
    expect(look(text)).toMatchObject({ reason: "mismatch", hbaLine: 12 });
    expect(look(text, { refused: false })).toMatchObject({ reason: null, hbaLine: 12 });
  });

  it("stays open where the reason is in words nobody knows", () => {
    expect(look(refusal("Ei tunneta: app."))).toMatchObject({ reason: null, hbaLine: 9 });
  });

  it("is read from a CSV log", () => {
    const text =
      '2026-11-23 12:34:56.900 UTC,"app","app",812,"127.0.0.1:5",69,2,"authentication",2026-11-23 12:34:56 UTC,3/7,0,FATAL,28P01,"password authentication failed for user ""app""","User ""app"" has no password assigned.\nConnection matched pg_hba.conf line 9: ""host all all 127.0.0.1/32 scram-sha-256""",,,,,,,,"","client backend",,0';
    expect(look(text)).toMatchObject({ reason: "no-password", hbaLine: 9 });
  });

  it("is read from a JSON log", () => {
    const text = JSON.stringify({
      timestamp: "2026-11-23 12:34:56.900 UTC",
      user: "app",
      state_code: "28P01",
      message: 'password authentication failed for user "app"',
      detail:
        'User "app" has an expired password.\nConnection matched pg_hba.conf line 9: "host all all all scram-sha-256"',
    });
    expect(look(text)).toMatchObject({ reason: "expired", hbaLine: 9 });
  });

  it("is that of this user and of this moment", () => {
    const own = refusal('Role "app" does not exist.');
    expect(look(own, { user: "other" })).toBeNull();
    expect(look(own, { user: "ap" })).toBeNull();
    expect(look(refusal('Role "app" does not exist.', "2026-11-23 12:31:00.000 UTC"))).toBeNull();
  });

  it("is found whatever the log's zone, which differs by quarters of an hour", () => {
    expect(look(refusal('Role "app" does not exist.', "2026-11-23 18:19:56.900 +0545"))?.reason).toBe("role-missing");
  });

  it("is the newest of several", () => {
    const text = [refusal('Role "app" does not exist.'), refusal('User "app" has an expired password.')].join("\n");
    expect(look(text)?.reason).toBe("expired");
  });

  it("is not taken from a missing database of the same name", () => {
    expect(look('2026-11-23 12:34:56.900 UTC [812] FATAL:  database "app" does not exist')).toBeNull();
  });
});

describe("other things a log tells", () => {
  it("names the rule behind a refusal without a password", () => {
    const text = [
      '2026-11-23 12:34:56.900 UTC [812] FATAL:  Peer authentication failed for user "app"',
      '2026-11-23 12:34:56.900 UTC [812] DETAIL:  Connection matched pg_hba.conf line 2: "local all app peer"',
    ].join("\n");
    expect(look(text, { refused: false })).toMatchObject({ reason: null, hbaLine: 2 });
  });

  it("knows a standby by how it came up", () => {
    const text = "2026-11-23 12:00:00.000 UTC [800] LOG:  entering standby mode\n";
    expect(look(text)).toEqual({ file: "/log", reason: null, hbaLine: null, standby: true });
  });

  it("does not take a server for what it was before its last start", () => {
    const text = [
      "2026-11-23 12:00:00.000 UTC [800] LOG:  entering standby mode",
      "2026-11-23 12:30:00.000 UTC [900] LOG:  starting PostgreSQL 13.23 (Debian 13.23-1) on x86_64-pc-linux-gnu, compiled by gcc",
      "2026-11-23 12:30:00.000 UTC [901] LOG:  database system was interrupted",
    ].join("\n");
    expect(look(text)).toBeNull();
  });
});
