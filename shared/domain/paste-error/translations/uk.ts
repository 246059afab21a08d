/** Ukrainian, from the catalogues of PostgreSQL 15 (postgres-15.mo, libpq5-15.mo) and glibc 2.36 (libc.mo) as Debian 12 has them. */
export const uk: Readonly<Record<string, string>> = {
  'password authentication failed for user "%s"': 'користувач "%s" не пройшов автентифікацію за допомогою пароля',
  'role "%s" does not exist': 'роль "%s" не існує',
  'role "%s" is not permitted to log in': 'для ролі "%s" вхід не дозволений',
  'Peer authentication failed for user "%s"': 'Користувач "%s" не пройшов автентифікацію Peer',
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    'pg_hba.conf відхиляє підключення для хосту "%s", користувача "%s", бази даних "%s", %s',
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    'в pg_hba.conf немає запису для хосту "%s", користувача "%s", бази даних "%s", %s',
  'database "%s" does not exist': 'бази даних "%s" не існує',
  'database "%s" is not currently accepting connections': 'база даних "%s" не приймає підключення в даний момент',
  "permission denied for schema %s": "немає дозволу для схеми %s",
  "sorry, too many clients already": "вибачте, вже забагато клієнтів",
  "remaining connection slots are reserved for non-replication superuser connections":
    "слоти підключень, які залишились, зарезервовані для підключень суперкористувача (не для реплікації)",
  "the database system is starting up": "система бази даних запускається",
  "the database system is shutting down": "система бази даних завершує роботу",
  "the database system is in recovery mode": "система бази даних у режимі відновлення",
  'could not translate host name "%s" to address: %s': 'не вдалося перекласти ім’я хоста "%s" в адресу: %s',
  "Connection refused": "У з'єднанні відмовлено",
  "No such file or directory": "Немає такого файла або каталогу",
  "Permission denied": "Відмовлено у доступі",
  "Connection timed out": "Перевищено інтервал очікування з'єднання",
};
