import json
import sys

from sqlalchemy import create_engine, text

ASK = json.load(sys.stdin)
URL = ASK["dsn"].replace("postgresql://", "postgresql+psycopg2://", 1)

engine = create_engine(URL)
with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
    for statement in ASK["sql"]:
        connection.execute(text(statement))
