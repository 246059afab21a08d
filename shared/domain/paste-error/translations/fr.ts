import type { Translation } from "./translation";

/** French, from the catalogues of PostgreSQL 13, 15, 17 and 18 (postgres-*.mo, libpq5-*.mo) and glibc 2.36 (libc.mo) as Debian has them. */
export const fr: Translation = {
  'could not translate host name "%s" to address: %s': "n'a pas pu traduire le nom d'hôte « %s » en adresse : %s",
  "server does not support SSL, but SSL was required": "le serveur ne supporte pas SSL alors que SSL était réclamé",
  "received invalid response to SSL negotiation: %c": "a reçu une réponse invalide à la négociation SSL : %c",
  'invalid port number: "%s"': "numéro de port invalide : « %s »",
  "timeout expired": "le délai est dépassé",
  'root certificate file "%s" does not exist': "le fichier de certificat racine « %s » n'existe pas.",
  "server closed the connection unexpectedly": "la connexion au serveur a été coupée de façon inattendue",
  'password authentication failed for user "%s"':
    "authentification par mot de passe échouée pour l'utilisateur  « %s »",
  'role "%s" does not exist': "le rôle « %s » n'existe pas",
  'role "%s" is not permitted to log in': "le rôle « %s » n'est pas autorisé à se connecter",
  'Peer authentication failed for user "%s"': "authentification peer échouée pour l'utilisateur « %s »",
  'Ident authentication failed for user "%s"': "Échec de l'authentification Ident pour l'utilisateur « %s »",
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    "pg_hba.conf rejette la connexion pour l'hôte « %s », utilisateur « %s », base",
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    "aucune entrée dans pg_hba.conf pour l'hôte « %s », utilisateur « %s »,",
  "connection requires a valid client certificate": "la connexion requiert un certificat client valide",
  "no encryption": "aucun chiffrement",
  'database "%s" does not exist': "la base de données « %s » n'existe pas",
  'database "%s" is not currently accepting connections': "la base de données « %s » n'accepte plus les connexions",
  'permission denied for database "%s"': "droit refusé pour la base de données « %s »",
  "permission denied for database %s": "droit refusé pour la base de données %s",
  "User does not have CONNECT privilege.": "L'utilisateur n'a pas le droit CONNECT.",
  "permission denied for schema %s": "droit refusé pour le schéma %s",
  "no schema has been selected to create in": "aucun schéma n'a été sélectionné pour cette création",
  "cannot execute %s in a read-only transaction": "ne peut pas exécuter %s dans une transaction en lecture seule",
  "cannot execute %s during recovery": "ne peut pas exécuté %s lors de la restauration",
  "sorry, too many clients already": "désolé, trop de clients sont déjà connectés",
  "remaining connection slots are reserved for non-replication superuser connections":
    "les emplacements de connexions restants sont réservés pour les connexions",
  'too many connections for role "%s"': "trop de connexions pour le rôle « %s »",
  'too many connections for database "%s"': "trop de connexions pour la base de données « %s »",
  "the database system is starting up": "le système de bases de données se lance",
  "the database system is shutting down": "le système de base de données s'arrête",
  "the database system is in recovery mode": "le système de bases de données est en cours de restauration",
  "the database system is not accepting connections": "le système de bases de données n'accepte pas de connexions",
  "the database system is not yet accepting connections":
    "le système de bases de données n'accepte pas encore de connexions",
  "terminating connection due to administrator command": "arrêt des connexions suite à la demande de l'administrateur",
  'unrecognized configuration parameter "%s"': "paramètre de configuration « %s » non reconnu",
  "database files are incompatible with server":
    "les fichiers de la base de données sont incompatibles avec le serveur",
  'lock file "%s" already exists': "le fichier verrou « %s » existe déjà",
  'could not bind %s address "%s": %m': "n'a pas pu lier %s à l'adresse « %s » : %m",
  'data directory "%s" has invalid permissions': "le répertoire des données « %s » a des permissions non valides",
  'data directory "%s" has wrong ownership': "le répertoire des données « %s » a un mauvais propriétaire",
  "could not locate a valid checkpoint record":
    "n'a pas pu localiser un enregistrement d'un point de vérification valide",
  "SSL off": "SSL inactif",
  "Connection refused": "Connexion refusée",
  "No such file or directory": "Aucun fichier ou dossier de ce type",
  "Permission denied": "Permission non accordée",
  "Connection timed out": "Connexion terminée par expiration du délai d'attente",
  "No route to host": "Aucun chemin d'accès pour atteindre l'hôte cible",
  "Network is unreachable": "Le réseau n'est pas accessible",
  "Name or service not known": "Nom ou service inconnu",
  "Temporary failure in name resolution": "Échec temporaire dans la résolution du nom",
};
