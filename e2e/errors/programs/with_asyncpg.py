import asyncio
import json
import sys

import asyncpg

ASK = json.load(sys.stdin)


async def main():
    connection = await asyncpg.connect(ASK["dsn"], timeout=ASK["timeout"])
    for statement in ASK["sql"]:
        row = await connection.fetch(statement)
    await connection.close()


asyncio.run(main())
