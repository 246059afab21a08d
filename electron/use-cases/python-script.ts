/**
 * What the project's Python runs with `-I -c`: it reads the connection string as one JSON line, connects read-only with
 * its own asyncpg within ten seconds, and prints one JSON line. It is shown before it runs, so it stays short.
 */
export const PYTHON_SCRIPT = `
import asyncio, errno, json, platform, socket, sys

said = {"python": platform.python_version(), "asyncpg": None}

async def connect(dsn):
    import asyncpg
    said["asyncpg"] = asyncpg.__version__
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        async with connection.transaction(readonly=True):
            row = await connection.fetchrow("""
                SELECT current_setting('server_version') AS server, current_user::text AS user,
                       current_database()::text AS database,
                       (SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl) AS tls""")
        return {**row, "address": getattr(connection, "_addr", None)}
    finally:
        await connection.close(timeout=2)

def code(error):
    if isinstance(error, socket.gaierror):
        return next((name for name in dir(socket) if name.startswith("EAI_") and getattr(socket, name) == error.errno), None)
    return errno.errorcode.get(error.errno) if isinstance(error, OSError) else None

try:
    said["connected"] = asyncio.run(connect(json.loads(sys.stdin.readline())))
except Exception as error:
    said["refused"] = {"module": type(error).__module__, "class": type(error).__qualname__, "message": str(error),
                       "sqlstate": getattr(error, "sqlstate", None), "errno": code(error)}
print(json.dumps(said))
`.trim();
