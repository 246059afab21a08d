"""Asks this Python's libpq (psycopg's conninfo_to_dict) and asyncpg how they read connection strings.

One JSON object a line comes in: {"text", "environment"?: {name: value}}; one goes out: {"libpq": ..., "asyncpg": ...}.
The first line out names the versions. What asyncpg finds in files depends on HOME and the environment given.
"""

import ctypes.util
import inspect
import json
import os
import sys
import warnings

# A Python that runs from a folder of its own has its libpq beside it, where only the loader looks.
find_installed = ctypes.util.find_library
ctypes.util.find_library = lambda name: "libpq.so.5" if name == "pq" else find_installed(name)

import asyncpg
import psycopg
from asyncpg import connect_utils
from psycopg.conninfo import conninfo_to_dict

warnings.simplefilter("ignore")
parse = connect_utils._parse_connect_dsn_and_args
ARGUMENTS = {name: None for name in inspect.signature(parse).parameters}


def ask_libpq(text):
    try:
        return {"ok": True, "values": conninfo_to_dict(text)}
    except UnicodeDecodeError:
        return {"ok": True, "values": None}
    except psycopg.ProgrammingError:
        return {"ok": False}


def ask_asyncpg(text):
    try:
        hosts, found = parse(**{**ARGUMENTS, "dsn": text})
    except OSError as error:
        # Files that do not exist, and Python's ssl errors, which are OSErrors too.
        return {"ok": False, "error": type(error).__name__, "files": True}
    except Exception as error:
        return {"ok": False, "error": type(error).__name__, "files": "root certificate file" in str(error)}
    negotiation = getattr(found, "ssl_negotiation", None)
    return {
        "ok": True,
        "hosts": hosts,
        "user": found.user,
        "password": found.password,
        "database": found.database,
        "sslmode": found.sslmode.name.replace("_", "-"),
        "negotiation": negotiation and negotiation.value,
        "attributes": (value := getattr(found, "target_session_attrs", None)) and value.value,
        "krbsrvname": getattr(found, "krbsrvname", None),
        "gsslib": getattr(found, "gsslib", None),
        "settings": found.server_settings or {},
    }


def ask(question):
    added = question.get("environment", {})
    os.environ.update(added)
    try:
        # libpq's parser never looks at the environment.
        return {"libpq": None if added else ask_libpq(question["text"]), "asyncpg": ask_asyncpg(question["text"])}
    finally:
        for name in added:
            del os.environ[name]


print(json.dumps({"libpq": psycopg.pq.version() // 10000, "asyncpg": asyncpg.__version__}))
for line in sys.stdin:
    print(json.dumps(ask(json.loads(line))))
