/** Korean, from the catalogues of PostgreSQL 15 (postgres-15.mo, libpq5-15.mo) and glibc 2.36 (libc.mo) as Debian 12 has them. */
export const ko: Readonly<Record<string, string>> = {
  'password authentication failed for user "%s"': '사용자 "%s"의 password 인증을 실패했습니다',
  'role "%s" does not exist': '"%s" 롤(role) 없음',
  'role "%s" is not permitted to log in': '"%s" 롤은 접속을 허용하지 않음',
  'Peer authentication failed for user "%s"': '사용자 "%s"의 peer 인증을 실패했습니다.',
  'pg_hba.conf rejects connection for host "%s", user "%s", database "%s", %s':
    '호스트 "%s", 사용자 "%s", 데이터베이스 "%s",  %s 연결이 pg_hba.conf 파일 설정에 따라 거부됩니다',
  'no pg_hba.conf entry for host "%s", user "%s", database "%s", %s':
    '호스트 "%s", 사용자 "%s", 데이터베이스 "%s", %s 연결에 대한 설정이 pg_hba.conf 파일에 없습니다.',
  'database "%s" does not exist': '"%s" 데이터베이스 없음',
  'database "%s" is not currently accepting connections': '"%s" 데이터베이스는 현재 접속을 허용하지 않습니다',
  "permission denied for schema %s": "%s 스키마(schema) 접근 권한 없음",
  "sorry, too many clients already": "최대 동시 접속자 수를 초과했습니다.",
  "remaining connection slots are reserved for non-replication superuser connections":
    "남은 연결 슬롯은 non-replication 슈퍼유저 연결용으로 남겨 놓았음",
  "the database system is starting up": "데이터베이스 시스템이 새로 가동 중입니다.",
  "the database system is shutting down": "데이터베이스 시스템이 중지 중입니다",
  "the database system is in recovery mode": "데이터베이스 시스템이 자동 복구 작업 중입니다.",
  'could not translate host name "%s" to address: %s': '"%s" 호스트 이름을 전송할 수 없습니다: 대상 주소: %s',
  "Connection refused": "연결이 거부됨",
  "No such file or directory": "그런 파일이나 디렉터리가 없습니다",
  "Permission denied": "허가 거부",
  "Connection timed out": "연결 시간 초과",
};
