"""One fact written on many initiatives: said first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.models import User
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import act
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.portfolio import policy
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.services.checks import check_still_visible, check_values

BULK_FIELDS = (
    "stage",
    "family",
    "kind",
    "unit_id",
    "programme_id",
    "sponsor_name",
    "lead_name",
    "health_human",
    "health_technical",
    "health_economic",
)


@dataclass(frozen=True)
class BulkPreview:
    """What a bulk change would do, before it is done."""

    field: str
    value: Any
    changed: tuple[Initiative, ...]
    unchanged: tuple[Initiative, ...]
    refused: tuple[Initiative, ...]


def field_label(field: str) -> str:
    """Return how people name a fact of an initiative."""
    return str(getattr(Initiative._meta.get_field(field), "verbose_name", field))  # noqa: SLF001 - Django's documented Meta API


def bulk_preview(
    user: User, initiatives: Sequence[Initiative], field: str, value: object
) -> BulkPreview:
    """Sort the initiatives: changed, already so, or not the person's to change."""
    if field not in BULK_FIELDS:
        raise DomainError(_("This fact is not changed on several initiatives at once."))
    check_values({field: value})
    mine = set(
        policy.editable_by(user)
        .filter(pk__in=[one.pk for one in initiatives], archived_at=None)
        .values_list("pk", flat=True)
    )
    allowed = [one for one in initiatives if one.pk in mine]
    return BulkPreview(
        field=field,
        value=value,
        changed=tuple(one for one in allowed if getattr(one, field) != value),
        unchanged=tuple(one for one in allowed if getattr(one, field) == value),
        refused=tuple(one for one in initiatives if one.pk not in mine),
    )


def bulk_update(
    user: User,
    initiatives: Sequence[Initiative],
    field: str,
    value: object,
    *,
    versions: Mapping[int, int] | None = None,
) -> ChangeSet | None:
    """Write one fact on all of them, or on none: one act, one undo."""
    preview = bulk_preview(user, initiatives, field, value)
    if preview.refused:
        codes = ", ".join(one.code for one in preview.refused[:10])
        raise CannotDo(
            _("Nothing was changed: you may not change %s. Take them out of the selection.") % codes
        )
    label = ngettext(
        "Changed %(field)s of %(count)d initiative",
        "Changed %(field)s of %(count)d initiatives",
        len(preview.changed),
    ) % {
        "field": field_label(field),
        "count": len(preview.changed),
    }
    with act(user, "portfolio.bulk-update", label) as done:
        for one in preview.changed:
            expected = (versions or {}).get(one.pk)
            done.update(one, {field: value}, expected_version=expected)
            if field == "unit_id":
                check_still_visible(user, one)
    return done.change_set
