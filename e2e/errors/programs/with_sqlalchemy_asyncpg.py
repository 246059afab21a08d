import asyncio
import json
import sys

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

ASK = json.load(sys.stdin)
URL = ASK["dsn"].replace("postgresql://", "postgresql+asyncpg://", 1)


async def main():
    engine = create_async_engine(URL)
    async with engine.connect() as connection:
        for statement in ASK["sql"]:
            await connection.execute(text(statement))


asyncio.run(main())
