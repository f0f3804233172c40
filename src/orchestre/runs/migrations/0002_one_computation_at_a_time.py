"""The same problem is never computed twice at the same time."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("runs", "0001_initial"),
    ]
    operations = [
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("waiting", "running"))),
                fields=("kind", "fingerprint", "engine_version", "seed"),
                name="one_computation_per_problem",
            ),
        ),
    ]
