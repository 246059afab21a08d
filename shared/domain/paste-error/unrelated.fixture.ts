/** Texts that say nothing about a PostgreSQL connection, by what they are. */
export const UNRELATED: Readonly<Record<string, string>> = {
  nothing: "",
  "blank lines": "\n\n   \n\t\n",
  "a question": "why does my app not start?",
  "a poem":
    "Tyger Tyger, burning bright,\nIn the forests of the night;\nWhat immortal hand or eye,\nCould frame thy fearful symmetry?",
  "Python: KeyError":
    'Traceback (most recent call last):\n  File "app.py", line 3, in <module>\n    print(settings["role"])\nKeyError: \'role\'',
  "Python: a missing module": "ModuleNotFoundError: No module named 'asyncpg'",
  "Python: a missing file":
    'Traceback (most recent call last):\n  File "/srv/app/main.py", line 9, in <module>\n    open("notes.txt")\nFileNotFoundError: [Errno 2] No such file or directory: \'notes.txt\'',
  "Python: no right to a file":
    "PermissionError: [Errno 13] Permission denied: '/etc/shadow'\n  File \"/srv/app/main.py\", line 9, in <module>",
  "Python: asyncio timeout":
    'Traceback (most recent call last):\n  File "/srv/app/work.py", line 4, in work\n    await asyncio.wait_for(job(), 3)\n  File "/usr/lib/python3.11/asyncio/tasks.py", line 479, in wait_for\n    return fut.result()\n  File "/srv/app/job.py", line 44, in job\n    await step_one()\n  File "/srv/app/job.py", line 50, in step_one\n    await gather()\nTimeoutError',
  "Python: requests":
    "requests.exceptions.ConnectionError: HTTPConnectionPool(host='localhost', port=8000): Max retries exceeded with url: / (Caused by NewConnectionError('<urllib3.connection.HTTPConnection object at 0x7f>: Failed to establish a new connection: [Errno 111] Connection refused'))",
  "Python: httpx": "httpx.ConnectError: [Errno 111] Connection refused",
  "Python: aiohttp":
    "aiohttp.client_exceptions.ClientConnectorError: Cannot connect to host api.example.com:443 ssl:default [Name or service not known]",
  "Python: port of a web server taken":
    "ERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use",
  "Python: a syntax error": '  File "main.py", line 2\n    def f(:\n          ^\nSyntaxError: invalid syntax',
  "Python: an SQL mistake":
    'asyncpg.exceptions.PostgresSyntaxError: syntax error at or near "SELEC"\nasyncpg.exceptions.UndefinedTableError: relation "notes" does not exist',
  "Python: unique violation":
    'asyncpg.exceptions.UniqueViolationError: duplicate key value violates unique constraint "users_email_key"\nDETAIL:  Key (email)=(a@example.com) already exists.',
  "Redis refuses": "redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.",
  "Redis, Node": "Error: connect ECONNREFUSED 127.0.0.1:6379\n    at TCPConnectWrap.afterConnect [as oncomplete]",
  "Redis password": "(error) WRONGPASS invalid username-password pair or user is disabled.",
  "MongoDB refuses":
    "MongoServerSelectionError: connect ECONNREFUSED 127.0.0.1:27017\n    at Timeout._onTimeout (node_modules/mongodb/lib/sdam/topology.js:277:38)",
  "MongoDB sign-in": "MongoServerError: Authentication failed.",
  "MySQL sign-in": "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)",
  "MySQL database": "ERROR 1049 (42000): Unknown database 'shop'",
  "MySQL connections": "ERROR 1040 (HY000): Too many connections",
  "MySQL refuses":
    "sqlalchemy.exc.OperationalError: (pymysql.err.OperationalError) (2003, \"Can't connect to MySQL server on 'localhost' ([Errno 111] Connection refused)\")",
  "MySQL, PDO": "SQLSTATE[HY000] [2002] Connection refused (Connection: mysql, SQL: select * from `users`)",
  "MySQL, Prisma":
    'Datasource "db": MySQL database "shop" at "localhost:3306"\n\nError: P1001: Can\'t reach database server at `localhost:3306`',
  "SQL Server": "Login failed for user 'sa'. (Microsoft SQL Server, Error: 18456)",
  Oracle: "ORA-12541: TNS:no listener",
  SQLite: "sqlite3.OperationalError: unable to open database file",
  "npm: registry refuses":
    "npm ERR! code ECONNREFUSED\nnpm ERR! errno ECONNREFUSED\nnpm ERR! FetchError: request to https://registry.example.com/left-pad failed, reason: connect ECONNREFUSED 10.0.0.1:443",
  "npm: no such package": "npm error 404 Not Found - GET https://registry.example.com/nothing-here",
  "npm: no right": "npm ERR! Error: EACCES: permission denied, mkdir '/usr/lib/node_modules/x'",
  "Node: a web server's port":
    "Error: listen EADDRINUSE: address already in use :::3000\n    at Server.setupListenHandle",
  "Node: an upstream": "Error: connect ECONNREFUSED 127.0.0.1:3000",
  "Node: undefined": "TypeError: Cannot read properties of undefined (reading 'rows')",
  git: "fatal: could not read Username for 'https://git.example.com': terminal prompts disabled",
  ssh: "ssh: connect to host example.com port 22: Connection refused",
  curl: "curl: (7) Failed to connect to localhost port 8080 after 0 ms: Couldn't connect to server",
  nginx:
    '2026/11/23 04:00:00 [error] 31#31: *1 connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://127.0.0.1:8000/"',
  "Docker: a web server's port":
    "Error response from daemon: driver failed programming external connectivity on endpoint web (1f): Bind for 0.0.0.0:8080 failed: port is already allocated",
  "a healthy server's log":
    "2026-11-23 04:00:00.000 UTC [1] LOG:  starting PostgreSQL 18.0\n2026-11-23 04:00:00.100 UTC [1] LOG:  database system is ready to accept connections",
  "a car": "P0300 Random misfire detected\nP1001 Key on engine running test not able to complete",
  "a string alone": "postgresql://app@localhost:5432/app",
  "source code":
    "async def main():\n    pool = await asyncpg.create_pool(dsn, min_size=1, max_size=5)\n    return pool",
  "an .env file": "DEBUG=1\nPOOL_TIMEOUT=10\nLOG_LEVEL=info\n",
  "a stack of Java": "java.lang.NullPointerException\n\tat com.example.Main.main(Main.java:5)",
  Kubernetes: "Back-off restarting failed container web in pod web-7d9c5b6f7-x2x9k_default",
  "a certificate of a web site":
    "curl: (60) SSL certificate problem: self-signed certificate\nMore details here: https://curl.se/docs/sslcerts.html",
  "npm: an expired certificate":
    "npm ERR! code CERT_HAS_EXPIRED\nnpm ERR! request to https://registry.example.com/x failed, reason: certificate has expired",
  "Python: requests and a certificate":
    "requests.exceptions.SSLError: HTTPSConnectionPool(host='example.com', port=443): Max retries exceeded (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed certificate (_ssl.c:1129)')))",
  "pip: a certificate":
    "pip._vendor.urllib3.exceptions.SSLError: certificate verify failed: unable to get local issuer certificate",
  "Kafka sign-in": "org.apache.kafka.common.errors.SaslAuthenticationException: SASL authentication failed",
  "a system user":
    "id: 'deploy': no such user: deploy, check the accounts of this host before the next run\nuseradd -m deploy\nls /home\ncat notes",
  "MySQL: an unknown argument":
    "TypeError: connect() got an unexpected keyword argument 'sslmode'\n  File \"/srv/app/mysqlclient.py\"",
  InfluxDB: "influx: no such database: metrics",
  "Go: a web server": "dial tcp 127.0.0.1:8080: connect: connection refused",
  Celery: "kombu.exceptions.OperationalError: [Errno 111] Connection refused",
  "Kubernetes' own server": "Unable to connect to the server: dial tcp 127.0.0.1:6443: connect: connection refused",
  "Python: a full disk": "OSError: [Errno 28] No space left on device",
  "a browser under test": "playwright._impl._errors.TimeoutError: Page.click: Timeout 30000ms exceeded.",
  "Python: a pool of threads": "concurrent.futures._base.TimeoutError",
  "Node: somebody else's name": "Error: getaddrinfo ENOTFOUND api.payments.example\n  hostname: 'api.payments.example'",
  "Node: axios":
    "Error: read ECONNRESET\n    at TLSWrap.onStreamRead (node:internal/stream_base_commons:217:20)\n  at axios",
  gRPC: 'details = "ipv4:127.0.0.1:50051: Failed to connect to remote host: Connection refused"',
  "psycopg: a missing library": "ImportError: no pq wrapper available.\n- couldn't import psycopg 'c' implementation",
  "a role that is there": 'CREATE ROLE app LOGIN;\nERROR:  role "app" already exists',
  "PostgreSQL: a failed check": 'psycopg.errors.CheckViolation: new row for relation "t" violates check constraint "c"',
  "PostgreSQL: a deadlock": "ERROR:  deadlock detected\nDETAIL:  Process 1 waits for ShareLock on transaction 7",
  "PostgreSQL: a statement that took too long":
    "asyncpg.exceptions.QueryCanceledError: canceling statement due to statement timeout",
  "Prisma: a unique field":
    "PrismaClientKnownRequestError: Unique constraint failed on the fields: (`email`) code: 'P2002'",
};
