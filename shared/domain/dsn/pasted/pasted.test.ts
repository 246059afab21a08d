// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders, as people paste them
import { describe, expect, it } from "vitest";
import { fromPasted, stringIn } from ".";

const DSN = "postgresql://u:p@h:5432/d";

/** Rows of "this text gives that string". */
const gives = (rows: readonly (readonly [text: string, dsn: string])[]) =>
  it.each(rows)("%j gives the string in it", (text, expected) => {
    expect(fromPasted(text).dsn).toBe(expected);
  });

describe("a text that is a string already, or none at all", () => {
  it.each([
    DSN,
    "postgres://h/d?sslmode=require",
    "host=h user=u password='a b'",
    "host=h\nuser=u\npassword=p",
    "postgresql://u:p$x{y}@h/d",
    "",
    "what is this",
    "mysql://u@h/d",
    "REDIS_URL=redis://h:6379",
    "docker run redis",
    "psqlx -h h",
  ])("%j stays as it is, without a note", (text) => {
    expect(fromPasted(text)).toEqual({ dsn: text, given: text, note: null });
  });
});

describe("the string as a driver would be handed it", () => {
  it.each([
    ["its own spelling stays", "postgresql+asyncpg://h/d", "postgresql+asyncpg://h/d"],
    ["what stands around it goes", 'export DATABASE_URL="postgresql+asyncpg://h/d"', "postgresql+asyncpg://h/d"],
    ["so does JDBC's", '"jdbc:postgresql://h/d?user=u"', "jdbc:postgresql://h/d?user=u"],
    ["and one without a scheme", "localhost:5432/d", "localhost:5432/d"],
    ["spaces around it stay where they are all there is", ` ${DSN}\t`, ` ${DSN}\t`],
    ["and where its spelling is all else", " POSTGRES://h/d", " POSTGRES://h/d"],
    ["a command has no other than the one made of it", "psql -h h d", "postgresql://h/d"],
  ])("%s: %j", (_, text, given) => {
    expect(fromPasted(text).given).toBe(given);
  });
});

describe("what stands around a string", () => {
  gives([
    [`  ${DSN}\n`, DSN],
    [`"${DSN}"`, DSN],
    [`'${DSN}',`, DSN],
    [`\`${DSN}\``, DSN],
    [`“${DSN}”`, DSN],
    [`‘${DSN}’`, DSN],
    [`<${DSN}>`, DSN],
    [`"""${DSN}"""`, DSN],
    [`\`\`\`\n${DSN}\n\`\`\``, DSN],
    [`\u200b${DSN}\ufeff`, DSN],
    [`\u00a0${DSN}\u00a0`, DSN],
    ["postgresql://u:p\u200b@h:5432/d", DSN],
    [`$ ${DSN}`, DSN],
    [`${DSN} # the local one`, DSN],
    [`${DSN} // the local one`, DSN],
    ["postgresql://u:p@h:54\n   32/d", DSN],
    ["postgresql://u:p@h\\\n  :5432/d", DSN],
    [`See ${DSN}, it is the new one.`, DSN],
    [`(${DSN})`, DSN],
  ]);

  it("leaves a password's own odd letters alone", () => {
    for (const text of ["postgresql://u:👩‍👧@h/d", "postgresql://u:don’t@h/d", "postgresql://u:a\u00a0b@h/d"])
      expect(fromPasted(text).dsn).toBe(text);
  });
});

describe("a variable", () => {
  gives([
    [`DATABASE_URL=${DSN}`, DSN],
    [`export DATABASE_URL="${DSN}"`, DSN],
    [`$ export DATABASE_URL='${DSN}'`, DSN],
    [`AKSARA_DATABASE_URL = '${DSN}'  # local`, DSN],
    [`DATABASE_URL: ${DSN}`, DSN],
    [`$env:DATABASE_URL = "${DSN}"`, DSN],
    [`set DATABASE_URL=${DSN}`, DSN],
    [`set "DATABASE_URL=${DSN}"`, DSN],
    [`setx DATABASE_URL "${DSN}"`, DSN],
    [`PS C:\\Users\\me> $env:DATABASE_URL="${DSN}"`, DSN],
    [`# .env\r\nSECRET=1\r\nDATABASE_URL=${DSN}\r\nDEBUG=1`, DSN],
    [`REDIS_URL=redis://x\nOTHER_URL=http://x\nPG_URL=${DSN}`, DSN],
    [`# DATABASE_URL=postgresql://old\nDATABASE_URL=${DSN}`, DSN],
    [`# DATABASE_URL=${DSN}`, DSN],
    [`DATABASE_URL=${DSN} python main.py`, DSN],
    [`      - DATABASE_URL=${DSN}`, DSN],
    [`    environment:\n      DATABASE_URL: "${DSN}"\n      DEBUG: 1`, DSN],
    [`{\n  "DEBUG": true,\n  "DATABASE_URL": "${DSN}",\n}`, DSN],
    [`[database]\nurl = "${DSN}"`, DSN],
    [`sqlalchemy.url = postgresql+asyncpg://u:p@h:5432/d`, DSN],
    [`heroku config:set DATABASE_URL=${DSN} --app mine`, DSN],
    [`docker run -e DATABASE_URL=${DSN} -p 80:80 myapp`, DSN],
    [`ENV DATABASE_URL=${DSN}`, DSN],
    [`DATABASE_URL=“${DSN}”`, DSN],
  ]);
});

describe("another tool's spelling", () => {
  gives([
    ["postgresql+asyncpg://u:p@h:5432/d", DSN],
    ["postgres+psycopg2://u:p@h:5432/d", DSN],
    ["postgresql+psycopg://u:p@h:5432/d", DSN],
    ["postgresql+pg8000://u:p@h:5432/d?ssl=true", `${DSN}?sslmode=require`],
    ["postgresql+asyncpg://u:p@h:5432/d?ssl=verify-full", `${DSN}?sslmode=verify-full`],
    ["postgresql+psycopg2://u:p@/d?host=/var/run/postgresql", "postgresql://u:p@/d?host=/var/run/postgresql"],
    ["POSTGRESQL://u:p@h:5432/d", DSN],
    ["postgresql:/u:p@h:5432/d", DSN],
    ["jdbc:postgresql://h:5432/d?user=u&password=p%40&ssl=true", "postgresql://u:p%40@h:5432/d?sslmode=require"],
    ["jdbc:postgresql://h/d?user=u&password=a%2Bb+c", "postgresql://u:a%2Bb%20c@h/d"],
    [
      "jdbc:postgresql://h/d?sslmode=verify-ca&sslrootcert=/ca.pem",
      "postgresql://h/d?sslmode=verify-ca&sslrootcert=%2Fca.pem",
    ],
    ["jdbc:postgresql://a:1,b:2/d?targetServerType=primary", "postgresql://a:1,b:2/d?target_session_attrs=primary"],
    ["jdbc:postgresql://h/d?currentSchema=app", "postgresql://h/d?options=-c%20search_path%3Dapp"],
    ["jdbc:postgresql://[::1]:5432/d", "postgresql://[::1]:5432/d"],
    ["jdbc:postgresql://h/d", "postgresql://h/d"],
    ["jdbc:postgresql:d", "postgresql://localhost/d"],
    ["jdbc:postgresql:/", "postgresql://localhost"],
    ["spring.datasource.url=jdbc:postgresql://h:5432/d?user=u&password=p", DSN],
    ["Host=h;Port=5432;Username=u;Password=p;Database=d", DSN],
    [
      "Server=h;User Id=u;Password='a;b';Database=d;SSL Mode=VerifyFull;",
      "postgresql://u:a%3Bb@h/d?sslmode=verify-full",
    ],
    ['"DefaultConnection": "Host=h;Port=5432;Username=u;Password=p;Database=d"', DSN],
    ["localhost:5432/d", "postgresql://localhost:5432/d"],
    ["u:p@db.example.com/d", "postgresql://u:p@db.example.com/d"],
    ["db.example.com", "postgresql://db.example.com"],
    ["[::1]:5433", "postgresql://[::1]:5433"],
    ["db.example.com/d?sslmode=require", "postgresql://db.example.com/d?sslmode=require"],
  ]);
});

describe("a command line", () => {
  gives([
    [`psql "${DSN}"`, DSN],
    [`$ psql '${DSN}' -c 'select 1'`, DSN],
    [`psql ${DSN}`, DSN],
    [`psql -d "${DSN}"`, DSN],
    [`psql --dbname=${DSN}`, DSN],
    [`pg_dump -Fc ${DSN} > dump.bin`, DSN],
    [`pgcli ${DSN}`, DSN],
    [`PGPASSWORD=p psql "postgresql://u@h:5432/d"`, DSN],
    ['psql "host=h dbname=d"', "host=h dbname=d"],
    ["psql -h db -p 5433 -U me app", "postgresql://me@db:5433/app"],
    ["psql --host=/tmp -Ume -d app", "postgresql://me@%2Ftmp/app"],
    ["psql --host h --port 5432 --username u --dbname d", "postgresql://u@h:5432/d"],
    ["PGPASSWORD='a b@c' psql -h h -U u d", "postgresql://u:a%20b%40c@h/d"],
    ["PGHOST=h PGUSER=u PGSSLMODE=require psql d", "postgresql://u@h/d?sslmode=require"],
    ["export PGPASSWORD=p; psql -h h -U u d", "postgresql://u:p@h/d"],
    ["PGPASSWORD=$PGPASSWORD psql -h h -U u d", "postgresql://u:$PGPASSWORD@h/d"],
    ["psql -h ${DB_HOST} -U u d", "postgresql://u@${DB_HOST}/d"],
    ["psql -h h -U u -d d -tAc 'select 1' -v ON_ERROR_STOP=1 -f x.sql", "postgresql://u@h/d"],
    ["psql -h h \\\n  -U u \\\n  d", "postgresql://u@h/d"],
    ["psql d u -h h", "postgresql://u@h/d"],
    ["psql -X -q -w -h h -U u -l | less", "postgresql://u@h"],
    ["/usr/lib/postgresql/17/bin/psql -h h d", "postgresql://h/d"],
    ["psql.exe -h h d", "postgresql://h/d"],
    ["sudo -u postgres psql d", "postgresql://postgres@/d"],
    ["docker exec -it db psql -U postgres app", "postgresql://postgres@localhost/app"],
    ["docker compose exec db psql -U postgres app", "postgresql://postgres@localhost/app"],
    ["pg_dump -h h -U u -t users -F c d", "postgresql://u@h/d"],
    ["createdb -h h -p 5433 -U u -O owner d 'a comment'", "postgresql://u@h:5433/d"],
    ["pg_isready -h h -p 5433", "postgresql://h:5433"],
    ["pg_restore -h h -d d dump.bin", "postgresql://h/d"],
    ["pgcli -h h -u u d", "postgresql://u@h/d"],
  ]);
});

describe("docker run and compose", () => {
  gives([
    [
      "docker run --name db -e POSTGRES_PASSWORD=secret -p 5433:5432 -d postgres:17",
      "postgresql://postgres:secret@localhost:5433/postgres",
    ],
    [
      "docker run -d --rm -e POSTGRES_USER=u -e POSTGRES_DB=d --env POSTGRES_PASSWORD='p@ss' -p127.0.0.1:5433:5432/tcp pgvector/pgvector:pg17",
      "postgresql://u:p%40ss@127.0.0.1:5433/d",
    ],
    [
      "podman run -e POSTGRES_PASSWORD=p --publish=[::1]:5433:5432 postgres",
      "postgresql://postgres:p@[::1]:5433/postgres",
    ],
    [
      "docker run -e POSTGRES_PASSWORD=p -p 0.0.0.0:5432:5432 postgres",
      "postgresql://postgres:p@localhost:5432/postgres",
    ],
    ["docker run -e POSTGRES_PASSWORD=p --network=host postgres", "postgresql://postgres:p@localhost:5432/postgres"],
    [
      "docker run -e POSTGRES_PASSWORD -p 5432:5432 postgres",
      "postgresql://postgres:${POSTGRES_PASSWORD}@localhost:5432/postgres",
    ],
    [
      "docker run -e POSTGRES_PASSWORD=p -v data:/var/lib/postgresql/data \\\n -p 80:80 -p 5433:6000 postgres -c port=6000",
      "postgresql://postgres:p@localhost:5433/postgres",
    ],
    [
      "docker run -e POSTGRES_HOST_AUTH_METHOD=trust -p 5432:5432 postgres",
      "postgresql://postgres@localhost:5432/postgres",
    ],
    ["docker run -e POSTGRES_PASSWORD=p postgres", "postgresql://postgres:p@localhost:5432/postgres"],
    [
      'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_USER: u\n      POSTGRES_PASSWORD: "p#1"\n      POSTGRES_DB: d\n    ports:\n      - "5433:5432"\n',
      "postgresql://u:p%231@localhost:5433/d",
    ],
    [
      "    environment:\n      - POSTGRES_USER=u\n      - POSTGRES_PASSWORD=p\n    ports:\n      - 127.0.0.1:5433:5432",
      "postgresql://u:p@127.0.0.1:5433/u",
    ],
    ["POSTGRES_USER=u\nPOSTGRES_PASSWORD=p\nPOSTGRES_DB=d", "postgresql://u:p@localhost:5432/d"],
  ]);

  it("says that no port is published", () => {
    expect(fromPasted("docker run -e POSTGRES_PASSWORD=p postgres").note).toContain("no port is published");
    expect(fromPasted("docker run -e POSTGRES_PASSWORD=p -p 5432 postgres").note).toContain("docker port tells which");
    expect(fromPasted("image: postgres\nenvironment:\n  POSTGRES_PASSWORD: p").note).toContain("No port is published");
  });
});

describe("code", () => {
  gives([
    [`conn = await asyncpg.connect("${DSN}")`, DSN],
    [`engine = create_async_engine("postgresql+asyncpg://u:p@h:5432/d", echo=True)`, DSN],
    [`app = Aksara(\n    database_url="${DSN}",\n    debug=True,\n)`, DSN],
    [`DATABASE_URL = (\n    "postgresql://u:p@h"\n    ":5432/d"\n)`, DSN],
    ['const url = "postgresql://u:p@h" +\n  ":5432/d";', DSN],
    [`const pool = new Pool({ connectionString: '${DSN}' });`, DSN],
    [`psycopg2.connect("dbname=d user=u host=h")`, "dbname=d user=u host=h"],
    ['dsn := "host=h user=u password=p dbname=d port=5432"', "host=h user=u password=p dbname=d port=5432"],
    [`await asyncpg.connect(user='u', password='p', database='d', host='h', port=5432)`, DSN],
    [
      'await asyncpg.create_pool(\n    host="h",\n    user="u",\n    password="p@\\"ss",\n    database="d",\n)',
      "postgresql://u:p%40%22ss@h/d",
    ],
    [`new Client({ user: "u", password: "p", host: "h", port: 5432, database: "d" })`, DSN],
    [
      `DATABASES = {\n  'default': {\n    'ENGINE': 'django.db.backends.postgresql',\n    'NAME': 'd',\n    'USER': 'u',\n    'PASSWORD': 'p',\n    'HOST': 'h',\n    'PORT': '5432',\n  }\n}`,
      DSN,
    ],
    [`new Pool({ host: "h", user: process.env.PGUSER, database: "d" })`, "postgresql://${PGUSER}@h/d"],
    [
      'asyncpg.connect(host="h", user="u", password=os.environ["DB_PASSWORD"], database="d")',
      "postgresql://u:${DB_PASSWORD}@h/d",
    ],
    [
      "default: &default\n  adapter: postgresql\n  host: h\n  port: 5432\n  username: u\n  password: p\n  database: d",
      DSN,
    ],
    ["DB_HOST=h\nDB_PORT=5432\nDB_USER=u\nDB_PASSWORD=p\nDB_NAME=d\n", DSN],
    ["PGHOST=h\nPGPORT=5432\nPGUSER=u\nPGPASSWORD=p\nPGDATABASE=d", DSN],
    [
      "host: aws-0-eu-central-1.pooler.supabase.com\nport: 6543\ndatabase: postgres\nuser: postgres.abc",
      "postgresql://postgres.abc@aws-0-eu-central-1.pooler.supabase.com:6543/postgres",
    ],
  ]);
});

describe("the string in a text, as it is spelled there", () => {
  it.each([
    [DSN, DSN],
    [`"${DSN}"`, DSN],
    [`DATABASE_URL=${DSN}`, DSN],
    [`  export DATABASE_URL='${DSN}'\n`, DSN],
    ["postgresql+asyncpg://u:p@h/d?ssl=require", "postgresql+asyncpg://u:p@h/d?ssl=require"],
    ["DATABASE_URL=postgresql+asyncpg://u:p@h/d", "postgresql+asyncpg://u:p@h/d"],
    ["jdbc:postgresql://h/d?user=u", "jdbc:postgresql://h/d?user=u"],
    ["POSTGRES://h/d", "POSTGRES://h/d"],
    ["mysql://u@h/d", "mysql://u@h/d"],
    ["h:5432/d", "h:5432/d"],
    ["u:p@h/d", "u:p@h/d"],
    ["host=h user=u password='a b'", "host=h user=u password='a b'"],
    ["psql -h h -U u -d d", "postgresql://u@h/d"],
  ])("%j holds %j", (text, expected) => {
    expect(stringIn(text)).toBe(expected);
  });
});

describe("other tools' ways of writing it", () => {
  gives([
    ['conn = psycopg2.connect(host="h", dbname="d", user="u", password="p", port=5432)', DSN],
    ["db = psycopg2.connect(host='h', database='d', user='u', password='p', port='5432')", DSN],
    [
      'conn = await asyncpg.connect(host="h", user="u", password="p", database="d", port=5432, ssl="require")',
      `${DSN}?sslmode=require`,
    ],
    [
      'c = connect(host="h", port=int(os.environ["PORT"]), user="u", password=os.getenv("PW"), dbname="d")',
      "postgresql://u:${PW}@h:${PORT}/d",
    ],
    [
      "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'd', 'USER': 'u', 'PASSWORD': 'p', 'HOST': 'h', 'PORT': 5432, 'OPTIONS': {'sslmode': 'verify-full', 'sslrootcert': '/ca.pem'}}}",
      `${DSN}?sslmode=verify-full&sslrootcert=%2Fca.pem`,
    ],
    ["PGHOST=h\nPGPORT=5432\nPGUSER=u\nPGPASSWORD=p\nPGDATABASE=d\nPGSSLMODE=require", `${DSN}?sslmode=require`],
    ["DB_HOST=h\nDB_PORT=5432\nDB_USER=u\nDB_PASSWORD=p\nDB_NAME=d\nDB_SSLMODE=disable", `${DSN}?sslmode=disable`],
    ['new Sequelize("d", "u", "p", { host: "h", port: 5432, dialect: "postgres" })', DSN],
    ['new NpgsqlConnection("Server=h;Port=5432;User Id=u;Password=p;Database=d")', DSN],
    ['builder.Services.AddDbContext<Db>(o => o.UseNpgsql("Host=h;Port=5432;Username=u;Password=p;Database=d"));', DSN],
    ['new PDO("pgsql:host=h;port=5432;dbname=d;user=u;password=p")', DSN],
    ['$db = new PDO("pgsql:host=h;port=5432;dbname=d", "u", "p");', DSN],
    ["pgsql:host=h;port=5432;dbname=d", "postgresql://h:5432/d"],
    ['Connection c = DriverManager.getConnection("jdbc:postgresql://h:5432/d", "u", "p");', DSN],
    [
      "spring.datasource.url=jdbc:postgresql://h:5432/d\nspring.datasource.username=u\nspring.datasource.password=p",
      DSN,
    ],
    ["spring:\n  datasource:\n    url: jdbc:postgresql://h:5432/d\n    username: u\n    password: p", DSN],
    ["jdbc:postgresql://${DB_HOST:localhost}:5432/d?user=u", "postgresql://u@${DB_HOST:localhost}:5432/d"],
    ['\\"postgresql://u:p@h:5432/d\\"', DSN],
    ['{"url":"postgresql:\\/\\/u:p@h:5432\\/d"}', DSN],
    ["postgresql://u:p@h:5432/d?sslmode=require&amp;application_name=a", `${DSN}?sslmode=require&application_name=a`],
    ["postgresql//u:p@h:5432/d", DSN],
    ["postgresql: //u:p@h:5432/d", DSN],
    ["pg://u:p@h:5432/d", DSN],
    ["ecto://u:p@h:5432/d", DSN],
    ["postgre://u:p@h:5432/d", DSN],
    ["postgress://u:p@h:5432/d", DSN],
    ["r2dbc:postgresql://u:p@h:5432/d", DSN],
    ["h:5432:d:u:p", DSN],
    ["localhost:5432:*:u:p\\:w", "postgresql://u:p%3Aw@localhost:5432"],
    [
      "docker run -it --rm --network n postgres psql -h some-postgres -U postgres",
      "postgresql://postgres@some-postgres",
    ],
    [
      "docker run --env-file .env -p 5432:5432 postgres",
      "postgresql://postgres:${POSTGRES_PASSWORD}@localhost:5432/postgres",
    ],
    [
      "docker run -e POSTGRES_PASSWORD_FILE=/run/secrets/pw -p 5432:5432 postgres",
      "postgresql://postgres:${POSTGRES_PASSWORD}@localhost:5432/postgres",
    ],
    [
      "services:\n  db:\n    image: postgres\n    environment: {POSTGRES_PASSWORD: p}\n    ports: ['5433:5432']",
      "postgresql://postgres:p@localhost:5433/postgres",
    ],
    [
      'services:\n  db:\n    image: postgres\n    environment:\n      - POSTGRES_PASSWORD=p\n    ports:\n      - target: 5432\n        published: "5433"',
      "postgresql://postgres:p@localhost:5433/postgres",
    ],
    [
      "services:\n  db:\n    image: postgres\n    environment:\n      POSTGRES_PASSWORD: p\n    ports:\n      - published: 5433\n        host_ip: 127.0.0.1\n        target: 5432",
      "postgresql://postgres:p@127.0.0.1:5433/postgres",
    ],
    ["$env:PGPASSWORD='p'; psql -h h -U u d", "postgresql://u:p@h/d"],
    ["set PGPASSWORD=p&& psql -h h -U u d", "postgresql://u:p@h/d"],
    ["set PGPASSWORD=p\r\npsql -h h -U u d", "postgresql://u:p@h/d"],
    ["export PGPASSWORD=p && psql -h h -U u d", "postgresql://u:p@h/d"],
    ["PGPASSWORD=p psql --host h --username=u --dbname d --no-password --command='select 1'", "postgresql://u:p@h/d"],
  ]);

  it("says that docker run -P publishes the port, as a number of its own", () => {
    expect(fromPasted("docker run -e POSTGRES_PASSWORD=p -P postgres").note).toContain("docker port tells which");
  });
});
