/** Japanese, from the catalogues of PostgreSQL 15 (postgres-15.mo, libpq5-15.mo) and glibc 2.36 (libc.mo) as Debian 12 has them. */
export const ja: Readonly<Record<string, string>> = {
  'password authentication failed for user "%s"': 'ユーザー"%s"のパスワード認証に失敗しました',
  'role "%s" does not exist': 'ロール"%s"は存在しません',
  'role "%s" is not permitted to log in': 'ロール"%s"はログインが許可されません',
  'Peer authentication failed for user "%s"': 'ユーザー"%s"で対向(peer)認証に失敗しました',
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    'pg_hba.conf の設定でホスト "%s"、ユーザー "%s"、データベース "%s", %sの接続を拒否しました',
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    'pg_hba.conf にホスト"%s"、ユーザー"%s"、データベース"%s, %s用のエントリがありません',
  'database "%s" does not exist': 'データベース"%s"は存在しません',
  'database "%s" is not currently accepting connections': '現在データベース"%s"は接続を受け付けません',
  "permission denied for schema %s": "スキーマ %s へのアクセスが拒否されました",
  "sorry, too many clients already": "現在クライアント数が多すぎます",
  "remaining connection slots are reserved for non-replication superuser connections":
    "残りの接続スロットはレプリケーションユーザーではないスーパーユーザー用に予約されています",
  "the database system is starting up": "データベースシステムは起動処理中です",
  "the database system is shutting down": "データベースシステムはシャットダウンしています",
  "the database system is in recovery mode": "データベースシステムはリカバリモードです",
  'could not translate host name "%s" to address: %s': 'ホスト名"%s"をアドレスに変換できませんでした: %s',
  "Connection refused": "接続を拒否されました",
  "No such file or directory": "そのようなファイルやディレクトリはありません",
  "Permission denied": "許可がありません",
  "Connection timed out": "接続がタイムアウトしました",
};
