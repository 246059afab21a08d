/** Swedish, from the catalogues of PostgreSQL 15 (postgres-15.mo, libpq5-15.mo) and glibc 2.36 (libc.mo) as Debian 12 has them. */
export const sv: Readonly<Record<string, string>> = {
  'password authentication failed for user "%s"': 'Lösenordsautentisering misslyckades för användare "%s"',
  'role "%s" does not exist': 'rollen "%s" finns inte',
  'role "%s" is not permitted to log in': 'roll "%s" tillåts inte logga in',
  'Peer authentication failed for user "%s"': 'Peer-autentisering misslyckades för användare "%s"',
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    'pg_hba.conf avvisar anslutning för värd "%s", användare "%s", databas "%s", %s',
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    'ingen rad i pg_hba.conf för värd "%s", användare "%s", databas "%s", %s',
  'database "%s" does not exist': 'databasen "%s" existerar inte',
  'database "%s" is not currently accepting connections': 'databasen "%s" tar för närvarande inte emot uppkopplingar',
  "permission denied for schema %s": "rättighet saknas för schema %s",
  "sorry, too many clients already": "ledsen, för många klienter",
  "remaining connection slots are reserved for non-replication superuser connections":
    "resterande anslutningsslottar är reserverade för superuser-anslutningar utan replikering",
  "the database system is starting up": "databassystemet startar upp",
  "the database system is shutting down": "databassystemet stänger ner",
  "the database system is in recovery mode": "databassystemet är återställningsläge",
  'could not translate host name "%s" to address: %s': 'kunde inte översätta värdnamn "%s" till adress: %s',
  "Connection refused": "Förbindelsen förvägrad",
  "No such file or directory": "Filen eller katalogen finns inte",
  "Permission denied": "Åtkomst nekas",
  "Connection timed out": "Förbindelsens tidsgräns löpte ut",
};
