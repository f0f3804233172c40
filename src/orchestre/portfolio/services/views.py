"""Saved views of lists."""

from __future__ import annotations

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.journal.services import act
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.portfolio import policy
from orchestre.portfolio.models import SavedView

QUERY_LIMIT = 1000


def save_view(
    user: User, *, name: str, query: str, shared: bool = False, page: str = "portfolio"
) -> SavedView:
    """Keep a list under a name; one's own view of the same name is replaced."""
    name = name.strip()[:80]
    if not name:
        sentence = _("Give the view a name.")
        raise DomainError(sentence, fields={"name": [sentence]})
    if len(query) > QUERY_LIMIT:
        raise DomainError(_("This view has too many filters to be kept. Remove some."))
    if shared:
        policy.may_share(user).require()
    with act(user, "portfolio.save-view", _("Saved the view “%s”") % name) as done:
        known = SavedView.objects.filter(owner=user, page=page, name=name).first()
        if known is None:
            return done.create(
                SavedView(owner=user, page=page, name=name, query=query, shared=shared)
            )
        done.update(known, {"query": query, "shared": shared})
    return known


def remove_view(user: User, view: SavedView) -> None:
    """Delete one's own view."""
    if view.owner_id != user.pk:
        raise CannotDo(_("Only the person who saved this view deletes it."))
    with act(user, "portfolio.remove-view", _("Deleted the view “%s”") % view.name) as done:
        done.delete(view)
