import type { TextRule } from "../text-rule";

/** Why a server does not start: its log, pg_ctl, systemd, the official image (src/backend/utils/init/miscinit.c). */
export const startRules: readonly TextRule[] = [
  {
    id: "install.incompatible-data",
    confidence: "certain",
    says: /database files are incompatible with server|The data directory was initialized by PostgreSQL version|there appears to be PostgreSQL data in/,
  },
  {
    id: "install.port-taken",
    confidence: "certain",
    errno: "EADDRINUSE",
    says: /could not bind (?:IPv[46]|Unix) (?:address|socket)\b.{0,200}(?:in use|$)|Is another postmaster already running on port|could not create any TCP\/IP sockets/,
  },
  {
    id: "install.port-taken",
    confidence: "certain",
    errno: "EADDRINUSE",
    anybody: true,
    says: /port is already allocated|bind: address already in use|EADDRINUSE|ports are not available|bind: Only one usage of each socket address|failed to bind host port .{1,120}: address already in use|bind: An attempt was made to access a socket in a way forbidden/i,
  },
  {
    id: "install.stale-pid",
    confidence: "certain",
    says: /lock file "[^"]{1,300}" already exists|Is another post(?:master|gres) \(PID \d+\) (?:running in data directory|using socket file)|another server might be running; trying to start server anyway|lock file "[^"]{1,300}" is empty|bogus data in lock file/,
  },
  {
    id: "install.not-initialised",
    confidence: "certain",
    says: /is not a valid data directory|cannot access the server configuration file|pg_ctl: directory "[^"]{1,300}" does not exist|initdb: (?:error: )?directory "[^"]{1,300}" exists but is not empty|Run initdb or pg_basebackup to initialize|is not a database cluster directory|could not access the server configuration file|directory "[^"]{1,300}" does not exist or is empty|Database is uninitialized and superuser password is not specified|database directory appears to be empty/i,
  },
  {
    id: "install.permissions",
    confidence: "certain",
    says: /data directory "[^"]{1,300}" has (?:invalid permissions|group or world access|wrong ownership)|could not (?:open|access|change permissions of|create) (?:file|directory) "[^"]{1,300}(?:pgdata|\/data|postgresql)[^"]{0,200}": Permission denied|initdb: (?:error: )?could not (?:change permissions of|access|create) directory|ch(?:own|mod|grp): .{0,60}(?:ownership|permissions) of '?[^']{0,300}(?:pgdata|\/data|postgresql)[^']{0,200}'?: (?:Operation not permitted|Permission denied)|(?:FATAL|PANIC):\s+could not (?:write|open|create|access|remove|stat|change)[^:]{0,60}"[^"]{1,300}": (?:Permission denied|Operation not permitted)|mkdir: cannot create directory '?[^']{0,300}(?:pgdata|postgresql)[^']{0,200}'?: (?:Permission denied|Operation not permitted)/,
  },
  {
    id: "install.as-root",
    confidence: "certain",
    says: /"root" execution of the PostgreSQL server is not permitted|(?:initdb|pg_ctl): (?:error: )?cannot be run as root/,
  },
  {
    id: "install.disk-full",
    confidence: "certain",
    sqlstate: "53100",
    errno: "ENOSPC",
    says: /(?:FATAL|ERROR|PANIC|LOG):.{0,40}could not .{1,300}: No space left on device/,
  },
  {
    id: "install.disk-full",
    confidence: "certain",
    sqlstate: "53100",
    anybody: "named",
    errno: "ENOSPC",
    says: /No space left on device|Disk quota exceeded/,
  },
  {
    id: "install.damaged",
    confidence: "certain",
    says: /could not locate a valid checkpoint record|could not find the database system|invalid (?:primary )?checkpoint record|invalid page in block \d+|could not open (?:control )?file "[^"]{0,300}pg_control"/,
  },
  {
    id: "install.bad-configuration",
    confidence: "certain",
    says: /configuration file "[^"]{1,300}" contains errors|syntax error in file "[^"]{1,300}\.conf" line|could not load [^ ]{0,200}pg_hba\.conf|could not load server certificate file|FATAL:\s+private key file "|invalid (?:authentication method|connection type) "[^"]{1,60}"/,
  },
  {
    id: "install.no-memory",
    confidence: "certain",
    says: /could not (?:create|resize|map|attach to) (?:anonymous )?shared memory|This error usually means that PostgreSQL's request for a shared memory segment/,
  },
];

/** What container engines say; they serve others too, so the port or a name must speak of PostgreSQL. */
export const containerRules: readonly TextRule[] = [
  {
    id: "install.engine-down",
    confidence: "certain",
    says: /Cannot connect to the Docker daemon at|Is the docker daemon running\?|error during connect: .{0,200}(?:docker|dockerDesktop)|failed to connect to the docker API|Cannot connect to Podman|unable to connect to Podman socket/i,
  },
  {
    id: "install.engine-denied",
    confidence: "certain",
    says: /permission denied while trying to connect to the [Dd]ocker (?:daemon socket|API)|Got permission denied while trying to connect to the Docker daemon/,
  },
  {
    id: "install.container-missing",
    confidence: "certain",
    anybody: true,
    says: /Error(?: response from daemon)?: (?:could not get container for \S{1,120}: )?No such container|no container with name or ID|Error: no such object:/i,
  },
  {
    id: "install.container-name-taken",
    confidence: "certain",
    anybody: true,
    says: /Conflict\. The container name \\?"[^"]{1,200}" is already in use|the container name "[^"]{1,200}" is already in use/,
  },
  {
    id: "reach.server-stopped",
    confidence: "likely",
    says: /Container [0-9a-f]{12,64} is not running|container [\w./-]{1,120} is not running|container state improper/,
  },
  {
    id: "reach.server-stopped",
    confidence: "likely",
    anybody: true,
    says: /^[\w.-]{0,40}(?:postgres|pgsql|\bdb\b)[\w.-]{0,40} exited with code \d+|Container [\w.-]{1,80} (?:Exited|Error)|dependency failed to start: container [\w.-]{1,80} (?:exited|is unhealthy)/,
  },
];
