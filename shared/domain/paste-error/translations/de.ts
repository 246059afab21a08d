/** German, from the catalogues of PostgreSQL 15 (postgres-15.mo, libpq5-15.mo) and glibc 2.36 (libc.mo) as Debian 12 has them. */
export const de: Readonly<Record<string, string>> = {
  'password authentication failed for user "%s"': "Passwort-Authentifizierung für Benutzer »%s« fehlgeschlagen",
  'role "%s" does not exist': "Rolle »%s« existiert nicht",
  'role "%s" is not permitted to log in': "Rolle »%s« hat keine Berechtigung zum Einloggen",
  'Peer authentication failed for user "%s"': "Peer-Authentifizierung für Benutzer »%s« fehlgeschlagen",
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    "pg_hba.conf lehnt Verbindung ab für Host »%s«, Benutzer »%s«, Datenbank »%s«, %s",
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    "kein pg_hba.conf-Eintrag für Host »%s«, Benutzer »%s«, Datenbank »%s«, %s",
  'database "%s" does not exist': "Datenbank »%s« existiert nicht",
  'database "%s" is not currently accepting connections': "Datenbank »%s« akzeptiert gegenwärtig keine Verbindungen",
  "permission denied for schema %s": "keine Berechtigung für Schema %s",
  "sorry, too many clients already": "tut mir leid, schon zu viele Verbindungen",
  "remaining connection slots are reserved for non-replication superuser connections":
    "die verbleibenden Verbindungen sind für Superuser auf Nicht-Replikationsverbindungen reserviert",
  "the database system is starting up": "das Datenbanksystem startet",
  "the database system is shutting down": "das Datenbanksystem fährt herunter",
  "the database system is in recovery mode": "das Datenbanksystem ist im Wiederherstellungsmodus",
  'could not translate host name "%s" to address: %s': "konnte Hostnamen »%s« nicht in Adresse übersetzen: %s",
  "Connection refused": "Verbindungsaufbau abgelehnt",
  "No such file or directory": "Datei oder Verzeichnis nicht gefunden",
  "Permission denied": "Keine Berechtigung",
  "Connection timed out": "Die Wartezeit für die Verbindung ist abgelaufen",
};
