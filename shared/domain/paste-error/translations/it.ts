/** Italian, from the catalogues of PostgreSQL 15 (postgres-15.mo, libpq5-15.mo) and glibc 2.36 (libc.mo) as Debian 12 has them. */
export const it: Readonly<Record<string, string>> = {
  'password authentication failed for user "%s"': 'autenticazione con password fallita per l\'utente "%s"',
  'role "%s" does not exist': 'il ruolo "%s" non esiste',
  'role "%s" is not permitted to log in': 'al ruolo "%s" non è consentito effettuare il login',
  'Peer authentication failed for user "%s"': 'Autenticazione Peer fallita per l\'utente "%s"',
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    'pg_hba.conf rifiuta connessioni per l\'host "%s", utente "%s", database "%s", %s',
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    'nessuna voce in pg_hba.conf per l\'host "%s", utente "%s", database "%s", %s',
  'database "%s" does not exist': 'il database "%s" non esiste',
  'database "%s" is not currently accepting connections': 'il database "%s" attualmente non accetta connessioni',
  "permission denied for schema %s": "permesso negato per lo schema %s",
  "sorry, too many clients already": "spiacente, troppi client già connessi",
  "remaining connection slots are reserved for non-replication superuser connections":
    "i rimanenti slot di connessione sono riservati a connessioni di superutenti non di replica",
  "the database system is starting up": "il database si sta avviando",
  "the database system is shutting down": "il database si sta spegnendo",
  "the database system is in recovery mode": "il database è in modalità di ripristino",
  'could not translate host name "%s" to address: %s': 'conversione del nome host "%s" in indirizzo fallita: %s',
  "Connection refused": "Connessione rifiutata",
  "No such file or directory": "File o directory non esistente",
  "Permission denied": "Permesso negato",
  "Connection timed out": "Connessione scaduta",
};
