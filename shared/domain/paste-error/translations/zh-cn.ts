/** Simplified Chinese, from the catalogues of PostgreSQL 15 (postgres-15.mo, libpq5-15.mo) and glibc 2.36 (libc.mo) as Debian 12 has them. */
export const zhCn: Readonly<Record<string, string>> = {
  'password authentication failed for user "%s"': '用户 "%s" Password 认证失败',
  'role "%s" does not exist': '角色 "%s" 不存在',
  'role "%s" is not permitted to log in': '不允许角色"%s" 进行登录',
  'Peer authentication failed for user "%s"': '对用户"%s"的对等认证失败',
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    'pg_hba.conf 记录拒绝来自主机"%s", 用户"%s", 数据库"%s", %s的复制连接',
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    '没有用于主机 "%s", 用户 "%s", 数据库 "%s", %s 的 pg_hba.conf 记录',
  'database "%s" does not exist': '数据库 "%s" 不存在',
  'database "%s" is not currently accepting connections': '数据库 "%s" 当前不接受联接',
  "permission denied for schema %s": "对模式 %s 权限不够",
  "sorry, too many clients already": "对不起, 已经有太多的客户",
  "remaining connection slots are reserved for non-replication superuser connections":
    "已保留的连接位置为执行非复制请求的超级用户预留",
  "the database system is starting up": "数据库系统启动中",
  "the database system is shutting down": "数据库系统停止中",
  "the database system is in recovery mode": "数据库系统在恢复模式中",
  'could not translate host name "%s" to address: %s': '无法解释主机名 "%s" 到地址: %s',
  "Connection refused": "拒绝连接",
  "No such file or directory": "没有那个文件或目录",
  "Permission denied": "权限不够",
  "Connection timed out": "连接超时",
};
