"""The door that the web server opens."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orchestre.config.settings")
application = get_wsgi_application()
