/** What a server says where no field tells it: several causes share one SQLSTATE and one routine. */
export type Said =
  | "role-missing"
  | "cannot-login"
  | "hba-rejects"
  | "no-entry"
  | "client-certificate"
  | "certificate-failed"
  | "starting"
  | "stopping"
  | "recovering"
  | "not-yet"
  | "not-accepting"
  | "no-password"
  | "expired"
  | "mismatch"
  | "no-scram-secret"
  | "standby-mode"
  | "too-many"
  | "reserved"
  | "role-full"
  | "database-full"
  | "connect-denied"
  | "database-off";

/**
 * A piece of each sentence in the languages PostgreSQL's server speaks, English first, then de, es, fr, it, ja, ka, ko,
 * ru, sv, uk, zh_CN (the translations that ship with PostgreSQL 15).
 */
// biome-ignore format: one line a language group keeps the table readable
const WORDS: Readonly<Record<Said, readonly string[]>> = {
  "role-missing": [
    "does not exist", "existiert nicht", "no existe el rol", "n'existe pas", "non esiste", "は存在しません",
    "არ არსებობს", "롤(role) 없음", "롤 없음", "не существует", "finns inte", "не існує", "不存在",
  ],
  "cannot-login": [
    "permitted to log in", "Berechtigung zum Einloggen", "permite conectarse", "autorisé à se connecter",
    "consentito effettuare il login", "ログインが許可されません", "შესვლის უფლება არ აქვს", "롤은 접속을 허용하지 않음",
    "вход запрещён", "tillåts inte logga in", "вхід не дозволений", "进行登录",
  ],
  "hba-rejects": [
    "rejects connection", "rejects replication", "lehnt Verbindung ab", "rechaza la conexión", "rejette la connexion",
    "rifiuta connessioni", "の接続を拒否しました", "უარყოფს მიერთებას", "파일 설정에 따라 거부", "отвергает подключение",
    "avvisar anslutning", "відхиляє підключення", "记录拒绝来自",
  ],
  "no-entry": [
    "no pg_hba.conf entry", "kein pg_hba.conf-Eintrag", "no hay una línea en pg_hba.conf", "aucune entrée dans pg_hba.conf",
    "nessuna voce in pg_hba.conf", "エントリがありません", "pg_hba.conf-ში ჩანაწერი", "설정이 pg_hba.conf 파일에 없습니다",
    "в pg_hba.conf нет записи", "ingen rad i pg_hba.conf", "в pg_hba.conf немає запису", "的 pg_hba.conf 记录",
  ],
  "client-certificate": [
    "valid client certificate", "gültiges Client-Zertifikat", "certificado de cliente válido", "certificat client valide",
    "certificato valido per il client", "有効なクライアント証明", "კლიენტის სწორი სერტიფიკატი", "유효한 클라이언트 인증서",
    "годный сертификат клиента", "giltigt klientcertifikat", "припустимий сертифікат клієнта", "有效的客户端认证",
  ],
  "certificate-failed": [
    "certificate authentication failed", "Zertifikatauthentifizierung", "autentificación por certificado",
    "authentification par le certificat", "autenticazione con certificato", "の証明書認証に失敗", "სერტიფიკატით ავთენტიფიკაცია",
    "인증서 인증을 실패", "проверку подлинности (по сертификату)", "certifikat-autentisering", "автентифікацію за сертифікатом",
  ],
  starting: [
    "is starting up", "Datenbanksystem startet", "está iniciándose", "de données se lance", "si sta avviando", "起動処理中",
    "სისტემის გაშვება", "새로 가동 중", "система баз данных запускается", "databassystemet startar",
    "система бази даних запускається", "数据库系统启动中",
  ],
  stopping: [
    "is shutting down", "fährt herunter", "está apagándose", "base de données s'arrête", "si sta spegnendo",
    "シャットダウンしています", "სისტემა ითიშება", "시스템이 중지 중", "баз данных останавливается", "databassystemet stänger ner",
    "бази даних завершує роботу", "数据库系统停止中",
  ],
  recovering: [
    "in recovery mode", "im Wiederherstellungsmodus", "modo de recuperación", "en cours de restauration",
    "modalità di ripristino", "リカバリモードです", "აღდგენის რეჟიმშია", "자동 복구 작업 중", "в режиме восстановления",
    "återställningsläge", "режимі відновлення", "在恢复模式中",
  ],
  "not-yet": [
    "not yet accepting connections", "nimmt noch keine Verbindungen an", "aún no está aceptando conexiones",
    "n'accepte pas encore de connexions", "non accetta ancora connessioni", "まだ接続を受け付けていません",
    "ჯერ მიერთებებს არ იღებს", "아직 접속을 허용하지 않습니다", "ещё не принимает подключения", "ännu inte emot anslutningar",
    "ще не приймає підключення",
  ],
  "not-accepting": [
    "system is not accepting connections", "Datenbanksystem nimmt keine Verbindungen an", "datos no está aceptando conexiones",
    "de données n'accepte pas de connexions", "di database non accetta connessioni", "システムは接続を受け付けていません",
    "სისტემა მიერთებებს არ იღებს", "시스템은 접속을 허용하지 않습니다", "БД не принимает подключения",
    "databassystemet tar inte emot anslutningar", "бази даних не приймає підключення",
  ],
  "no-password": [
    "has no password assigned", "hat kein Passwort zugewiesen", "no tiene una contraseña asignada",
    "n'a pas de mot de passe affecté", "non ha una password assegnata", "パスワードが設定されていません",
    "პაროლი მინიჭებული არ აქვს", "비밀번호가 아직 할당되지 않음", "не имеет пароля", "har inget lösenord satt", "не має пароля",
    "没有分配密码",
  ],
  expired: [
    "has an expired password", "ein abgelaufenes Passwort", "tiene contraseña expirada", "a un mot de passe expiré",
    "ha la password scaduta", "パスワードは期限切れ", "პაროლის ვადა გასულია", "비밀번호가 기한 만료", "Срок действия пароля",
    "har ett utgånget lösenord", "має прострочений пароль", "密码过期",
  ],
  mismatch: [
    "Password does not match", "Passwort stimmt nicht überein", "La contraseña no coincide", "mot de passe ne correspond pas",
    "Le password non combaciano", "パスワードが合致しません", "პაროლი არ ემთხვევა", "사용자의 비밀번호가 틀립니다",
    "Пароль не подходит", "Lösenordet matchar inte", "Пароль не підходить", "的口令不匹配",
  ],
  "no-scram-secret": [
    "does not have a valid SCRAM", "kein gültiges SCRAM", "no tiene un secreto SCRAM", "pas de secret SCRAM",
    "non ha un segreto SCRAM", "有効なSCRAM", "სწორი SCRAM", "바른 SCRAM", "подходящей записи секрета SCRAM",
    "inte en giltig SCRAM", "припустимого секрету SCRAM",
  ],
  "standby-mode": [
    "entering standby mode", "Standby-Modus eingeschaltet", "entrando al modo standby", "entre en mode standby",
    "inizio modalità standby", "スタンバイモードに入ります", "უქმე რეჟიმზე", "대기 모드로 전환", "режим резервного сервера",
    "går in i standby", "режим очікування", "正在进入备用模式",
  ],
  "too-many": [
    "too many clients already", "schon zu viele Verbindungen", "demasiados clientes", "trop de clients sont déjà connectés",
    "troppi client già connessi", "クライアント数が多すぎます", "მეტისმეტად ბევრი კლიენტია", "최대 동시 접속자 수를 초과",
    "уже слишком много клиентов", "för många klienter", "вже забагато клієнтів", "已经有太多的客户",
  ],
  reserved: [
    "connection slots are reserved", "verbleibenden Verbindungen sind für", "conexiones restantes están reservadas",
    "connexions restants sont réservés", "rimanenti slot di connessione", "残りの接続スロット", "남은 연결 슬롯",
    "слоты подключений зарезервированы", "anslutningsslottar är reserverade", "слоти підключень, які залишились",
    "已保留的连接位置",
  ],
  "role-full": [
    "too many connections for role", "zu viele Verbindungen von Rolle", "demasiadas conexiones para el rol",
    "trop de connexions pour le rôle", "troppe connessioni per il ruolo", "からの接続が多すぎます", "კავშირი როლისთვის",
    "롤의 최대 동시 접속수", "слишком много подключений для роли", "uppkopplingar för roll", "підключень для ролі",
    "发起的连接太多",
  ],
  "database-full": [
    "too many connections for database", "zu viele Verbindungen für Datenbank", "demasiadas conexiones para la base",
    "trop de connexions pour la base", "troppe connessioni al database", "への接続が多すぎます", "კავშირი ბაზისთვის",
    "데이터베이스 최대 접속수", "слишком много подключений к БД", "uppkopplingar till databasen",
    "підключень до бази даних", "到数据库",
  ],
  "connect-denied": [
    "permission denied for database", "keine Berechtigung für Datenbank", "permiso denegado a la base",
    "droit refusé pour la base", "permesso negato per il database", "へのアクセスが拒否されました", "წვდომა აკრძალულია",
    "데이터베이스 접근 권한 없음", "нет доступа к базе данных", "rättighet saknas för databas",
    "немає доступу для бази даних", "权限不够",
  ],
  "database-off": [
    "is not currently accepting connections", "akzeptiert gegenwärtig keine Verbindungen", "no acepta conexiones",
    "n'accepte plus les connexions", "attualmente non accetta connessioni", "は接続を受け付けません",
    "ამჟამად მიერთებებს", "데이터베이스는 현재 접속을", "не принимает подключения в данный момент",
    "tar för närvarande inte emot", "не приймає підключення в даний момент", "当前不接受联接",
  ],
};

/** Whether a server's sentence says this, in any of the languages it may speak. A last resort: fields come first. */
export const says = (sentence: string, what: Said): boolean => {
  // Some translations break a long sentence in two.
  const text = sentence.replace(/\s+/g, " ").toLowerCase();
  return WORDS[what].some((piece) => text.includes(piece.toLowerCase()));
};
