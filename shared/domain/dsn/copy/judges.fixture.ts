/** libpq's own reading, through psycopg's conninfo_to_dict. */
export const LIBPQ = `
import json, sys
from psycopg.conninfo import conninfo_to_dict
for line in sys.stdin:
    print(json.dumps(conninfo_to_dict(json.loads(line))))
`;

/** What the words of a shell command are, as bash and dash split them. */
export const WORDS = `
import json, subprocess, sys
for line in sys.stdin:
    command = "set -- " + json.loads(line) + "; printf '%s\\\\0' \\"$@\\""
    runs = [subprocess.run([shell, "-c", command], capture_output=True, check=True) for shell in ("bash", "dash")]
    assert runs[0].stdout == runs[1].stdout
    print(json.dumps(runs[0].stdout.decode().split("\\0")[:-1]))
`;

/** Runs code with an asyncpg whose connect only keeps its arguments, then lets the real one take them apart. */
const TAKE_APART = `
import ast, asyncio, json, sys, types, warnings
warnings.simplefilter("ignore")
import asyncpg
from asyncpg import connect_utils
real = asyncpg.connect

def apart(args, kwargs):
    given = dict(dsn=args[0] if args else None, host=None, port=None, user=None, password=None, passfile=None,
                 database=None, ssl=None, direct_tls=False, server_settings=None)
    timeout = kwargs.pop("timeout", 60)
    newer = {name: kwargs.pop(name) for name in ("target_session_attrs", "krbsrvname", "gsslib", "service") if name in kwargs}
    assert set(kwargs) <= set(given), kwargs
    given.update(kwargs)
    ssl = given["ssl"]
    given["ssl"] = "disable"
    addrs, params = connect_utils._parse_connect_dsn_and_args(connect_timeout=timeout, **given)
    return {"addrs": addrs, "user": params.user, "password": params.password, "database": params.database, "ssl": ssl,
            "timeout": timeout, "settings": params.server_settings or {}, "newer": newer, "direct": params.direct_tls,
            "dsn": given["dsn"]}
`;

/** The arguments that a piece of asyncpg code passes. */
export const ASYNCPG_CODE = `${TAKE_APART}
kept = []
async def connect(*args, **kwargs):
    kept.append((args, kwargs))
asyncpg.connect = connect
for line in sys.stdin:
    code = compile(json.loads(line), "copied", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    asyncio.run(eval(code, {}))
    print(json.dumps(apart(*kept.pop())))
`;

/** The arguments that SQLAlchemy's dialect for asyncpg makes of a URL. */
export const SQLALCHEMY = `${TAKE_APART}
from sqlalchemy.engine import make_url
from sqlalchemy.dialects.postgresql.asyncpg import dialect
for line in sys.stdin:
    args, kwargs = dialect().create_connect_args(make_url(json.loads(line)))
    print(json.dumps(apart(args, kwargs)))
`;

/** pgjdbc's own reading of a URL, with the names of the properties it does not know. */
export const JDBC = `
import java.nio.charset.StandardCharsets;
import java.util.*;

public class Judge {
  static String quote(String text) {
    StringBuilder json = new StringBuilder("\\"");
    for (char sign : text.toCharArray()) json.append(String.format("\\\\u%04x", (int) sign));
    return json.append('"').toString();
  }
  public static void main(String[] args) throws Exception {
    Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8);
    while (lines.hasNextLine()) {
      String line = lines.nextLine();
      Properties read = org.postgresql.Driver.parseURL(line.substring(1, line.length() - 1), new Properties());
      List<String> fields = new ArrayList<>();
      if (read != null) for (String name : read.stringPropertyNames()) {
        boolean known = org.postgresql.PGProperty.forName(name) != null;
        fields.add(quote(known ? name : "unknown " + name) + ":" + quote(read.getProperty(name)));
      }
      System.out.println("{" + String.join(",", fields) + "}");
    }
  }
}
`;
