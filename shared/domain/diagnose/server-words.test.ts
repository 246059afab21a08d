import { describe, expect, it } from "vitest";
import { type Said, says } from "./server-words";

/** Sentences as servers of these languages write them (PostgreSQL 15). */
const SENTENCES: readonly (readonly [Said, string])[] = [
  ["role-missing", 'role "ghost" does not exist'],
  ["role-missing", "le rôle « ghost » n'existe pas"],
  ["cannot-login", "Rolle »gruppe« hat keine Berechtigung zum Einloggen"],
  ["cannot-login", "al rol «grupo» no se le permite conectarse"],
  [
    "hba-rejects",
    "pg_hba.conf rejette la connexion pour l'hôte « ::1 », utilisateur « app », base\nde données « app », no encryption",
  ],
  [
    "hba-rejects",
    'pg_hba.conf の設定でホスト "::1"、ユーザー "a"、データベース "a", no encryptionの接続を拒否しました',
  ],
  ["no-entry", 'в pg_hba.conf нет записи для компьютера "::1", пользователя "a", базы "a", no encryption'],
  ["no-entry", "kein pg_hba.conf-Eintrag für Host »::1«, Benutzer »a«, Datenbank »a«, no encryption"],
  ["client-certificate", "la connessione richiede un certificato valido per il client"],
  ["certificate-failed", 'certificate authentication failed for user "a"'],
  ["starting", "데이터베이스 시스템이 새로 가동 중입니다."],
  ["stopping", "das Datenbanksystem fährt herunter"],
  ["recovering", "databassystemet är återställningsläge"],
  ["not-yet", "das Datenbanksystem nimmt noch keine Verbindungen an"],
  ["not-accepting", "the database system is not accepting connections"],
  ["no-password", '用户 "a" 没有分配密码.'],
  ["expired", 'Срок действия пароля пользователя "a" истёк.'],
  ["mismatch", "Le mot de passe ne correspond pas pour l'utilisateur a."],
  ["no-scram-secret", 'User "a" does not have a valid SCRAM secret.'],
  ["standby-mode", "entering standby mode"],
  ["too-many", "sorry, too many clients already"],
  ["too-many", "tut mir leid, schon zu viele Verbindungen"],
  ["reserved", "remaining connection slots are reserved for non-replication superuser connections"],
  ["reserved", 'remaining connection slots are reserved for roles with the "SUPERUSER" attribute'],
  ["reserved", "оставшиеся слоты подключений зарезервированы для подключений суперпользователя (не для репликации)"],
  ["role-full", 'too many connections for role "app"'],
  ["role-full", '由角色"app"发起的连接太多了'],
  ["database-full", 'データベース"app"への接続が多すぎます'],
  ["database-full", '到数据库 "app"的连接太多了'],
  ["connect-denied", "permission denied for database app"],
  ["connect-denied", "droit refusé pour la base de données app"],
  ["database-off", 'database "app" is not currently accepting connections'],
  ["database-off", 'ბაზა "app" ამჟამად მიერთებებს არ იღებს'],
];

const KINDS = [...new Set(SENTENCES.map(([kind]) => kind))];

describe("what a server says", () => {
  it.each(SENTENCES)("%s: %s", (kind, sentence) => {
    expect(KINDS.filter((one) => says(sentence, one))).toEqual([kind]);
  });

  it("is nothing where the sentence is about something else", () => {
    expect(KINDS.filter((one) => says("Die Bank ist geschlossen", one))).toEqual([]);
  });
});
