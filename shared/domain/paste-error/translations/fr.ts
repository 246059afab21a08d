/** French, from the catalogues of PostgreSQL 15 (postgres-15.mo, libpq5-15.mo) and glibc 2.36 (libc.mo) as Debian 12 has them. */
export const fr: Readonly<Record<string, string>> = {
  'password authentication failed for user "%s"':
    "authentification par mot de passe échouée pour l'utilisateur  « %s »",
  'role "%s" does not exist': "le rôle « %s » n'existe pas",
  'role "%s" is not permitted to log in': "le rôle « %s » n'est pas autorisé à se connecter",
  'Peer authentication failed for user "%s"': "authentification peer échouée pour l'utilisateur « %s »",
  'Ident authentication failed for user "%s"': "Échec de l'authentification Ident pour l'utilisateur « %s »",
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    "pg_hba.conf rejette la connexion pour l'hôte « %s », utilisateur « %s », base\nde données « %s », %s",
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    "aucune entrée dans pg_hba.conf pour l'hôte « %s », utilisateur « %s »,\nbase de données « %s », %s",
  "connection requires a valid client certificate": "la connexion requiert un certificat client valide",
  'database "%s" does not exist': "la base de données « %s » n'existe pas",
  'database "%s" is not currently accepting connections': "la base de données « %s » n'accepte plus les connexions",
  'permission denied for database "%s"': "droit refusé pour la base de données « %s »",
  'unrecognized configuration parameter "%s"': "paramètre de configuration « %s » non reconnu",
  "permission denied for schema %s": "droit refusé pour le schéma %s",
  "permission denied for table %s": "droit refusé pour la table %s",
  "no schema has been selected to create in": "aucun schéma n'a été sélectionné pour cette création",
  "cannot execute %s in a read-only transaction": "ne peut pas exécuter %s dans une transaction en lecture seule",
  "sorry, too many clients already": "désolé, trop de clients sont déjà connectés",
  "remaining connection slots are reserved for non-replication superuser connections":
    "les emplacements de connexions restants sont réservés pour les connexions\nsuperutilisateur non relatif à la réplication",
  'too many connections for role "%s"': "trop de connexions pour le rôle « %s »",
  'too many connections for database "%s"': "trop de connexions pour la base de données « %s »",
  "the database system is starting up": "le système de bases de données se lance",
  "the database system is shutting down": "le système de base de données s'arrête",
  "the database system is in recovery mode": "le système de bases de données est en cours de restauration",
  "the database system is not yet accepting connections":
    "le système de bases de données n'accepte pas encore de connexions",
  "terminating connection due to administrator command": "arrêt des connexions suite à la demande de l'administrateur",
  "database files are incompatible with server":
    "les fichiers de la base de données sont incompatibles avec le serveur",
  'lock file "%s" already exists': "le fichier verrou « %s » existe déjà",
  "server does not support SSL, but SSL was required": "le serveur ne supporte pas SSL alors que SSL était réclamé",
  'could not translate host name "%s" to address: %s': "n'a pas pu traduire le nom d'hôte « %s » en adresse : %s",
  "timeout expired": "le délai est dépassé",
  'server certificate for "%s" does not match host name "%s"':
    "le certificat serveur pour « %s » ne correspond pas au nom d'hôte « %s »",
  'invalid %s value: "%s"': "valeur %s invalide : « %s »",
  "Connection refused": "Connexion refusée",
  "No such file or directory": "Aucun fichier ou dossier de ce type",
  "Permission denied": "Permission non accordée",
  "Connection timed out": "Connexion terminée par expiration du délai d'attente",
  "No route to host": "Aucun chemin d'accès pour atteindre l'hôte cible",
  "Network is unreachable": "Le réseau n'est pas accessible",
  "Temporary failure in name resolution": "Échec temporaire dans la résolution du nom",
  "Address already in use": "Adresse déjà utilisée",
};
