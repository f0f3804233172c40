"""Settings of the tests: the real ones, with a fast hasher and plain static files."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("ORCHESTRE_SECRET_KEY", "only-for-tests-never-for-people")
os.environ.setdefault("ORCHESTRE_DATA", tempfile.mkdtemp(prefix="orchestre-tests-"))

from orchestre.config.settings import *  # noqa: F403 - the environment must be set first
from orchestre.config.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {
        "NAME": os.path.join(os.environ["ORCHESTRE_DATA"], "test.sqlite3")  # noqa: PTH118 - Django wants text
    }
