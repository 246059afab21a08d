import json
import sys
from urllib.parse import unquote, urlsplit

import django
from django.conf import settings

ASK = json.load(sys.stdin)
PARTS = urlsplit(ASK["dsn"])

settings.configure(
    USE_TZ=False,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": unquote(PARTS.hostname or ""),
            "PORT": PARTS.port or "",
            "USER": unquote(PARTS.username or ""),
            "PASSWORD": unquote(PARTS.password or ""),
            "NAME": PARTS.path[1:],
            "OPTIONS": {"connect_timeout": ASK["timeout"]},
        }
    },
)
django.setup()

from django.db import connection

with connection.cursor() as cursor:
    for statement in ASK["sql"]:
        cursor.execute(statement)
