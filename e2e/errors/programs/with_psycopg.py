import json
import sys

import psycopg

ASK = json.load(sys.stdin)

with psycopg.connect(ASK["dsn"], connect_timeout=ASK["timeout"], autocommit=True) as connection:
    for statement in ASK["sql"]:
        connection.execute(statement)
