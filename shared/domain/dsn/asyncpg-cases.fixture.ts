type Fields = Readonly<Record<string, string>>;

/** A string with what surrounds it, and what asyncpg makes of it. */
export interface AsyncpgCase {
  readonly name: string;
  readonly text: string;
  readonly environment?: Fields;
  readonly hosts?: readonly (readonly [host: string, port: number])[];
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly sslmode?: string;
  readonly settings?: Fields;
  readonly sslnegotiation?: string;
  readonly targetSessionAttrs?: string;
  readonly krbsrvname?: string;
  readonly gsslib?: string;
  /** Python's exception instead. */
  readonly error?: string;
}

export const ALL_VARIABLES = {
  PGUSER: "user",
  PGDATABASE: "testdb",
  PGPASSWORD: "passw",
  PGHOST: "host",
  PGPORT: "123",
};
const USER_3 = { hosts: [["localhost", 5555]], user: "user3", password: "123123", database: "abcdef" } as const;
const TWO_HOSTS = {
  hosts: [
    ["host1", 1111],
    ["host2", 2222],
  ],
  user: "user",
  database: "db",
} as const;
const ONE_HOST = { hosts: [["host", 5432]], user: "user", database: "db" } as const;

/**
 * asyncpg's own connection-parameter tests (MagicStack/asyncpg, tests/test_connect.py, TestConnectParams.TESTS), by
 * the names they have there: all that a string and an environment can express. Those that pass host, port, user,
 * ssl or a setting as an argument of connect() are left out.
 */
export const CONNECT_PARAMS: readonly AsyncpgCase[] = [
  {
    name: "all_env_default_ssl",
    text: "",
    environment: ALL_VARIABLES,
    ...{ hosts: [["host", 123]], user: "user", password: "passw", database: "testdb", sslmode: "prefer" },
  },
  {
    name: "dsn_overrides_env_partially",
    text: "postgres://user3:123123@localhost:5555/abcdef",
    environment: { ...ALL_VARIABLES, PGSSLMODE: "allow" },
    ...USER_3,
    sslmode: "allow",
  },
  {
    name: "dsn_overrides_env_partially_ssl_prefer",
    text: "postgres://user3:123123@localhost:5555/abcdef",
    environment: { ...ALL_VARIABLES, PGSSLMODE: "prefer" },
    ...USER_3,
    sslmode: "prefer",
  },
  { name: "dsn_only", text: "postgres://user3:123123@localhost:5555/abcdef", ...USER_3 },
  {
    name: "dsn_only_multi_host",
    text: "postgresql://user@host1,host2/db",
    ...{
      hosts: [
        ["host1", 5432],
        ["host2", 5432],
      ],
      user: "user",
      database: "db",
    },
  },
  { name: "dsn_only_multi_host_and_port", text: "postgresql://user@host1:1111,host2:2222/db", ...TWO_HOSTS },
  {
    name: "target_session_attrs",
    text: "postgresql://user@host1:1111,host2:2222/db?target_session_attrs=read-only",
    ...TWO_HOSTS,
    targetSessionAttrs: "read-only",
  },
  {
    name: "target_session_attrs_3",
    text: "postgresql://user@host1:1111,host2:2222/db",
    environment: { PGTARGETSESSIONATTRS: "read-only" },
    ...TWO_HOSTS,
    targetSessionAttrs: "read-only",
  },
  {
    name: "krbsrvname",
    text: "postgresql://user@host/db?krbsrvname=srv_qs",
    environment: { PGKRBSRVNAME: "srv_env" },
    ...ONE_HOST,
    krbsrvname: "srv_qs",
  },
  {
    name: "krbsrvname_3",
    text: "postgresql://user@host/db",
    environment: { PGKRBSRVNAME: "srv_env" },
    ...ONE_HOST,
    krbsrvname: "srv_env",
  },
  {
    name: "gsslib",
    text: "postgresql://user@host/db?gsslib=sspi",
    environment: { PGGSSLIB: "ignored" },
    ...ONE_HOST,
    gsslib: "sspi",
  },
  {
    name: "gsslib_3",
    text: "postgresql://user@host/db",
    environment: { PGGSSLIB: "sspi" },
    ...ONE_HOST,
    gsslib: "sspi",
  },
  { name: "gsslib_4", text: "postgresql://user@host/db", ...ONE_HOST, gsslib: "gssapi" },
  { name: "gsslib_5", text: "postgresql://user@host/db?gsslib=invalid", error: "ClientConfigurationError" },
  // A good address in asyncpg's tests; Python from 3.11.4 on refuses what follows the bracket without a colon.
  {
    name: "dsn_ipv6_multi_host",
    text: "postgresql://user@[2001:db8::1234%25eth0],[::1]/db",
    error: "ValueError",
  },
  {
    name: "dsn_ipv6_multi_host_port",
    text: "postgresql://user@[2001:db8::1234]:1111,[::1]:2222/db",
    hosts: [
      ["2001:db8::1234", 1111],
      ["::1", 2222],
    ],
    ...{ user: "user", database: "db" },
  },
  {
    name: "dsn_ipv6_multi_host_query_part",
    text: "postgresql:///db?user=user&host=[2001:db8::1234],[::1]",
    ...{
      hosts: [
        ["2001:db8::1234", 5432],
        ["::1", 5432],
      ],
      user: "user",
      database: "db",
    },
  },
  {
    name: "dsn_combines_env_multi_host",
    text: "postgresql:///db",
    environment: { PGHOST: "host1:1111,host2:2222", PGUSER: "foo" },
    ...TWO_HOSTS,
    user: "foo",
  },
  {
    name: "dsn_multi_host_combines_env",
    text: "postgresql:///db?host=host1:1111,host2:2222",
    environment: { PGUSER: "foo" },
    ...TWO_HOSTS,
    user: "foo",
  },
  {
    name: "dsn_only_unix",
    text: "postgresql:///dbname?host=/unix_sock/test&user=spam",
    ...{ hosts: [["/unix_sock/test", 5432]], user: "spam", database: "dbname" },
  },
  {
    name: "dsn_only_quoted",
    text: "postgresql://us%40r:p%40ss@h%40st1,h%40st2:543%33/d%62",
    ...{
      hosts: [
        ["h@st1", 5432],
        ["h@st2", 5433],
      ],
      user: "us@r",
      password: "p@ss",
      database: "db",
    },
  },
  {
    name: "dsn_only_unquoted_host",
    text: "postgresql://user:p@ss@host/db",
    ...{ hosts: [["ss@host", 5432]], user: "user", password: "p", database: "db" },
  },
  {
    name: "dsn_only_quoted_params",
    text: "postgresql:///d%62?user=us%40r&host=h%40st&port=543%33",
    ...{ hosts: [["h@st", 5433]], user: "us@r", database: "db" },
  },
  {
    name: "dsn_only_illegal_protocol",
    text: "pq:///dbname?host=/unix_sock/test&user=spam",
    error: "ClientConfigurationError",
  },
  {
    name: "dsn_only_quoted_unix_host_port_in_params",
    text: "postgres://user@?port=56226&host=%2Ftmp",
    ...{ hosts: [["/tmp", 56226]], user: "user", database: "user", sslmode: "disable" },
  },
  {
    name: "dsn_only_cloudsql",
    text: "postgres:///db?host=/cloudsql/project:region:instance-name&user=spam",
    ...{ hosts: [["/cloudsql/project:region:instance-name", 5432]], user: "spam", database: "db" },
  },
  {
    name: "dsn_only_cloudsql_unix_and_tcp",
    text: "postgres:///db?host=127.0.0.1:5432,/cloudsql/project:region:instance-name,localhost:5433&user=spam",
    hosts: [
      ["127.0.0.1", 5432],
      ["/cloudsql/project:region:instance-name", 5432],
      ["localhost", 5433],
    ],
    ...{ user: "spam", database: "db", sslmode: "prefer" },
  },
  // Those whose arguments a string can say as well.
  {
    name: "params_combine_dsn_settings_override_and_ssl, as far as the string goes",
    text: "postgresql://user3:123123@localhost:5555/abcdef?param=sss&param=123&host=testhost&user=testuser&port=2222&database=testdb&sslmode=require",
    ...USER_3,
    ...{ sslmode: "require", settings: { param: "123" } },
  },
  {
    name: "dsn_params_ports_mismatch_dsn_multi_hosts, with the ports in the query",
    text: "postgresql:///db?host=host1,host2,host3&port=111,222",
    error: "ClientConfigurationError",
  },
];
