/** French, from the catalogues of PostgreSQL 15 (postgres-15.mo, libpq5-15.mo) and glibc 2.36 (libc.mo) as Debian 12 has them. */
export const fr: Readonly<Record<string, string>> = {
  'password authentication failed for user "%s"':
    "authentification par mot de passe échouée pour l'utilisateur  « %s »",
  'role "%s" does not exist': "le rôle « %s » n'existe pas",
  'role "%s" is not permitted to log in': "le rôle « %s » n'est pas autorisé à se connecter",
  'Peer authentication failed for user "%s"': "authentification peer échouée pour l'utilisateur « %s »",
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    "pg_hba.conf rejette la connexion pour l'hôte « %s », utilisateur « %s », base\nde données « %s », %s",
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    "aucune entrée dans pg_hba.conf pour l'hôte « %s », utilisateur « %s »,\nbase de données « %s », %s",
  'database "%s" does not exist': "la base de données « %s » n'existe pas",
  'database "%s" is not currently accepting connections': "la base de données « %s » n'accepte plus les connexions",
  "permission denied for schema %s": "droit refusé pour le schéma %s",
  "sorry, too many clients already": "désolé, trop de clients sont déjà connectés",
  "remaining connection slots are reserved for non-replication superuser connections":
    "les emplacements de connexions restants sont réservés pour les connexions\nsuperutilisateur non relatif à la réplication",
  "the database system is starting up": "le système de bases de données se lance",
  "the database system is shutting down": "le système de base de données s'arrête",
  "the database system is in recovery mode": "le système de bases de données est en cours de restauration",
  'could not translate host name "%s" to address: %s': "n'a pas pu traduire le nom d'hôte « %s » en adresse : %s",
  "Connection refused": "Connexion refusée",
  "No such file or directory": "Aucun fichier ou dossier de ce type",
  "Permission denied": "Permission non accordée",
  "Connection timed out": "Connexion terminée par expiration du délai d'attente",
};
