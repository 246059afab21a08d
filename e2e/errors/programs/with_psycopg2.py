import json
import sys

import psycopg2

ASK = json.load(sys.stdin)

connection = psycopg2.connect(ASK["dsn"], connect_timeout=ASK["timeout"])
connection.autocommit = True
with connection.cursor() as cursor:
    for statement in ASK["sql"]:
        cursor.execute(statement)
