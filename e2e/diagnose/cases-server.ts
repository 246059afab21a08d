/** pg_hba.conf of the servers the cases run on. */
export const HBA = [
  "local all peeruser peer",
  "local all all trust",
  "hostssl all tlsonly 127.0.0.1/32 scram-sha-256",
  "hostnossl all plainonly 127.0.0.1/32 scram-sha-256",
  "hostssl all certificate 127.0.0.1/32 cert",
  "host all rejected 127.0.0.1/32 reject",
  "hostnossl all halfway 127.0.0.1/32 reject",
  "hostssl all halfway 127.0.0.1/32 scram-sha-256",
  "host all ghost,grouprole 127.0.0.1/32 trust",
  "host all identuser 127.0.0.1/32 ident",
  "host all oldrule 127.0.0.1/32 md5",
  "host all +everyday,app,postgres,missing 127.0.0.1/32 scram-sha-256",
];

export const CONFIG = {
  max_connections: "30",
  superuser_reserved_connections: "2",
  max_wal_senders: "0",
  ssl: "on",
  ssl_ca_file: "server.crt",
};

/** Roles and databases, made once a server; statements parted by semicolons. `everyday` may come in with a password. */
export const SETUP = `
CREATE ROLE everyday NOLOGIN; CREATE ROLE app LOGIN PASSWORD 'right' IN ROLE everyday;
CREATE ROLE limited LOGIN PASSWORD 'right' CONNECTION LIMIT 0 IN ROLE everyday;
CREATE ROLE narrow LOGIN PASSWORD 'right' CONNECTION LIMIT 10 IN ROLE everyday;
CREATE ROLE outsider LOGIN PASSWORD 'right' IN ROLE everyday;
CREATE ROLE bypass LOGIN PASSWORD 'right' BYPASSRLS IN ROLE everyday;
CREATE ROLE unset LOGIN IN ROLE everyday;
CREATE ROLE expired LOGIN PASSWORD 'right' VALID UNTIL '2001-01-01' IN ROLE everyday;
CREATE ROLE grouppass NOLOGIN PASSWORD 'right' IN ROLE everyday;
CREATE ROLE keeper LOGIN PASSWORD 'right' IN ROLE everyday;
CREATE ROLE tlsonly LOGIN PASSWORD 'right'; CREATE ROLE plainonly LOGIN PASSWORD 'right';
CREATE ROLE halfway LOGIN PASSWORD 'right'; CREATE ROLE oldrule LOGIN PASSWORD 'right';
CREATE ROLE rejected LOGIN; CREATE ROLE grouprole NOLOGIN; CREATE ROLE peeruser LOGIN; CREATE ROLE identuser LOGIN;
CREATE ROLE certificate LOGIN; CREATE ROLE filler LOGIN;
CREATE DATABASE app OWNER app; CREATE DATABASE closed; CREATE DATABASE open OWNER tlsonly; CREATE DATABASE shut;
CREATE DATABASE lost; CREATE DATABASE off ALLOW_CONNECTIONS false; REVOKE CONNECT ON DATABASE closed FROM PUBLIC`;

/** A role whose password is stored as it was before SCRAM; the setting holds for its own session. */
export const MD5_ROLE =
  "SET password_encryption = 'md5'; CREATE ROLE md5secret LOGIN PASSWORD 'right' IN ROLE everyday";

/** Statements in the databases themselves. */
export const IN_DATABASES: readonly (readonly [database: string, sql: string])[] = [
  ["app", "REVOKE CREATE ON SCHEMA public FROM PUBLIC"],
  ["app", "GRANT CREATE ON SCHEMA public TO app, bypass, narrow"],
  ["open", "GRANT CREATE ON SCHEMA public TO PUBLIC"],
  ["shut", "REVOKE ALL ON SCHEMA public FROM PUBLIC"],
];
