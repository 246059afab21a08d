/**
 * Parameters a client may set for its session at start-up, in lower case: those seen in connection strings
 * (PostgreSQL manual, "Server Configuration", context `user` or `superuser`), and the start-up packet's own.
 */
const SESSION_SETTINGS: ReadonlySet<string> = new Set(
  [
    "application_name options replication client_encoding client_min_messages datestyle default_tablespace",
    "default_transaction_deferrable default_transaction_isolation default_transaction_read_only default_toast_compression",
    "effective_cache_size enable_seqscan extra_float_digits idle_in_transaction_session_timeout idle_session_timeout",
    "intervalstyle jit lc_messages lc_monetary lc_numeric lc_time lock_timeout log_statement maintenance_work_mem",
    "max_parallel_workers_per_gather plan_cache_mode random_page_cost role row_security search_path session_replication_role",
    "standard_conforming_strings statement_timeout synchronous_commit tcp_keepalives_count tcp_keepalives_idle",
    "tcp_keepalives_interval tcp_user_timeout temp_buffers timezone transaction_timeout work_mem xmloption",
    "client_connection_check_interval bytea_output backslash_quote geqo join_collapse_limit from_collapse_limit",
  ]
    .join(" ")
    .split(" "),
);

/** Whether a server takes a start-up setting of that name; a name with a dot is an extension's and always passes. */
export const isServerSetting = (name: string): boolean =>
  SESSION_SETTINGS.has(name.toLowerCase()) || /^[A-Za-z_][\w$]*\.[A-Za-z_][\w$]*$/.test(name);
