"""What every write of an initiative must respect, told in sentences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.kernel.text import fold
from orchestre.portfolio import policy
from orchestre.portfolio.models import Initiative

Values = dict[str, Any]

CHOICES = {
    "stage": Initiative.Stage,
    "family": Initiative.Family,
    "kind": Initiative.Kind,
    "health_human": Initiative.Health,
    "health_technical": Initiative.Health,
    "health_economic": Initiative.Health,
}
FIELDS = frozenset(
    {
        "code",
        "title",
        "why",
        "priority",
        "programme_id",
        "unit_id",
        "sponsor_name",
        "lead_name",
        "lead_id",
        "starts_on",
        "ends_on",
        "go_live_on",
        "go_live_earlier_weeks",
        "go_live_later_weeks",
        "baseline_starts_on",
        "baseline_ends_on",
        "cost_eur",
        "mandatory",
        "mandatory_reason",
        "confidential",
        "micro",
        "systems",
        "processes",
        "suppliers",
        "experts",
        "deliverables",
        "custom",
        *CHOICES,
    }
)


def check_values(values: Values) -> None:
    """Refuse a field that does not exist, an empty title, a word outside its list."""
    for name, value in values.items():
        if name not in FIELDS:
            raise DomainError(_("An initiative has no field “%s”.") % name, code="unknown-field")
        if name in CHOICES and value and value not in CHOICES[name].values:
            sentence = _("“%(value)s” is not a possible value here. Choose among: %(all)s.") % {
                "value": str(value)[:60],
                "all": ", ".join(str(label) for label in CHOICES[name].labels),
            }
            raise DomainError(sentence, fields={name: [sentence]})
    if "title" in values and not str(values["title"]).strip():
        sentence = _("Give the initiative a title: the rest can wait.")
        raise DomainError(sentence, fields={"title": [sentence]})
    if "stage" in values and not values["stage"]:
        sentence = _("Choose a stage.")
        raise DomainError(sentence, fields={"stage": [sentence]})


def check_dates(initiative: Initiative, values: Values) -> None:
    """Refuse an end that comes before the start."""
    starts_on = values.get("starts_on", initiative.starts_on)
    ends_on = values.get("ends_on", initiative.ends_on)
    if starts_on and ends_on and ends_on <= starts_on:
        sentence = _("The end comes before the start. Change one of the two dates.")
        raise DomainError(sentence, fields={"ends_on": [sentence]})


def check_code(code: str, *, besides: int | None = None) -> None:
    """Refuse a code that is taken, whatever its case."""
    if not code.strip() or fold(code) == "new":
        sentence = _("This code cannot be used: choose another or leave it empty.")
        raise DomainError(sentence, code="code-refused", fields={"code": [sentence]})
    others = Initiative.objects.filter(code__iexact=code)
    if besides is not None:
        others = others.exclude(pk=besides)
    if others.exists():
        sentence = _("The code %s is taken; choose another or leave it empty.") % code
        raise DomainError(sentence, code="code-taken", fields={"code": [sentence]})


def check_still_visible(user: User, initiative: Initiative) -> None:
    """Refuse an act after which its author would no longer see the initiative."""
    if not policy.visible_to(user).filter(pk=initiative.pk).exists():
        raise CannotDo(
            _(
                "You would no longer see this initiative. "
                "Ask the transformation office to make this change."
            )
        )
