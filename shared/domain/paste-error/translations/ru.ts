/** Russian, from the catalogues of PostgreSQL 15 (postgres-15.mo, libpq5-15.mo) and glibc 2.36 (libc.mo) as Debian 12 has them. */
export const ru: Readonly<Record<string, string>> = {
  'password authentication failed for user "%s"': 'пользователь "%s" не прошёл проверку подлинности (по паролю)',
  'role "%s" does not exist': 'роль "%s" не существует',
  'role "%s" is not permitted to log in': 'для роли "%s" вход запрещён',
  'Peer authentication failed for user "%s"': 'пользователь "%s" не прошёл проверку подлинности (Peer)',
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    'pg_hba.conf отвергает подключение: компьютер "%s", пользователь "%s", база данных "%s", %s',
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    'в pg_hba.conf нет записи для компьютера "%s", пользователя "%s", базы "%s", %s',
  'database "%s" does not exist': 'база данных "%s" не существует',
  'database "%s" is not currently accepting connections': 'база "%s" не принимает подключения в данный момент',
  "permission denied for schema %s": "нет доступа к схеме %s",
  "sorry, too many clients already": "извините, уже слишком много клиентов",
  "remaining connection slots are reserved for non-replication superuser connections":
    "оставшиеся слоты подключений зарезервированы для подключений суперпользователя (не для репликации)",
  "the database system is starting up": "система баз данных запускается",
  "the database system is shutting down": "система баз данных останавливается",
  "the database system is in recovery mode": "система баз данных в режиме восстановления",
  'could not translate host name "%s" to address: %s': 'преобразовать имя "%s" в адрес не удалось: %s',
  "Connection refused": "В соединении отказано",
  "No such file or directory": "Нет такого файла или каталога",
  "Permission denied": "Отказано в доступе",
  "Connection timed out": "Время ожидания соединения истекло",
};
