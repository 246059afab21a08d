/** Spanish, from the catalogues of PostgreSQL 15 (postgres-15.mo, libpq5-15.mo) and glibc 2.36 (libc.mo) as Debian 12 has them. */
export const es: Readonly<Record<string, string>> = {
  'password authentication failed for user "%s"': "la autentificación password falló para el usuario «%s»",
  'role "%s" does not exist': "no existe el rol «%s»",
  'role "%s" is not permitted to log in': "al rol «%s» no se le permite conectarse",
  'Peer authentication failed for user "%s"': "la autentificación Peer falló para el usuario «%s»",
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    "pg_hba.conf rechaza la conexión para el servidor «%s», usuario «%s», base de datos «%s», %s",
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    "no hay una línea en pg_hba.conf para «%s», usuario «%s», base de datos «%s», %s",
  'database "%s" does not exist': "no existe la base de datos «%s»",
  'database "%s" is not currently accepting connections': "la base de datos «%s» no acepta conexiones",
  "permission denied for schema %s": "permiso denegado al esquema %s",
  "sorry, too many clients already": "lo siento, ya tenemos demasiados clientes",
  "remaining connection slots are reserved for non-replication superuser connections":
    "las conexiones restantes están reservadas a superusuarios y no de replicación",
  "the database system is starting up": "el sistema de base de datos está iniciándose",
  "the database system is shutting down": "el sistema de base de datos está apagándose",
  "the database system is in recovery mode": "el sistema de base de datos está en modo de recuperación",
  'could not translate host name "%s" to address: %s': "no se pudo traducir el nombre «%s» a una dirección: %s",
  "Connection refused": "Conexión rehusada",
  "No such file or directory": "No existe el fichero o el directorio",
  "Permission denied": "Permiso denegado",
  "Connection timed out": "Expiró el tiempo de conexión",
};
