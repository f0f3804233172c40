"""Opinions asked before the vote: sealed one by one, opened together."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import AgendaItem, Opinion
from orchestre.governance.rules import seals
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import DomainError


def ask(person: Person, item: AgendaItem, user: User, on_behalf_of: str = "") -> Opinion:
    """Ask somebody for an opinion before the question is opened."""
    policy.may_prepare(person, item.meeting).require()
    if not policy.visible_items(user).filter(pk=item.pk).exists():
        sentence = _("%s may not read this question: make this person a member first.") % user
        raise DomainError(sentence, code="cannot-read", fields={"user": [sentence]})
    label = _("Asked %(who)s for an opinion on “%(what)s”") % {"who": user, "what": item}
    with act(person, "governance.ask-opinion", label) as doing:
        stored = AgendaItem.objects.select_for_update().get(pk=item.pk)
        if stored.opened_at is not None:
            raise DomainError(_("The question was opened: it is too late to ask."), code="opened")
        if item.opinions.filter(user=user).exists():
            sentence = _("%s was already asked.") % user
            raise DomainError(sentence, code="already-there", fields={"user": [sentence]})
        name = user.name or user.email
        return doing.create(Opinion(item=item, user=user, name=name, on_behalf_of=on_behalf_of))


def give(person: Person, opinion: Opinion, position: str, text: str) -> Opinion:
    """Seal an opinion: its fingerprint enters the chain now, its words are shown with the others.

    It may be given again until the question opens; each time has its own seal.
    """
    policy.may_give_opinion(person, opinion).require()
    if position not in Opinion.Position.values:
        sentence = _("Say in one word what your opinion is.")
        raise DomainError(sentence, fields={"position": [sentence]})
    label = _("Sealed an opinion on “%s”") % opinion.item
    with act(person, "governance.seal-opinion", label, undoable=False) as doing:
        # the item is locked before the opinion, as when it is opened: none is sealed too late
        item = AgendaItem.objects.select_for_update().get(pk=opinion.item_id)
        if item.opened_at is not None:
            raise DomainError(
                _("The question was opened: opinions are no longer taken."), code="opened"
            )
        salt = seals.draw()
        seal = seals.seal(salt, item.pk, opinion.name, position, text)
        values = {
            "position": position,
            "text": text,
            "salt": salt,
            "seal": seal,
            "sealed_at": timezone.now(),
        }
        doing.update(opinion, values)
        doing.note(seal=seal, opinion=opinion.pk)
    return opinion


def open_all(doing: Act, item: AgendaItem) -> None:
    """Open every opinion of a question at the same instant, given or not."""
    now = timezone.now()
    for opinion in item.opinions.filter(opened_at=None).order_by("pk"):
        doing.update(opinion, {"opened_at": now})


def holds(opinion: Opinion) -> bool | None:
    """Tell whether an opened opinion is the one that was sealed; None when none was."""
    if opinion.sealed_at is None:
        return None
    again = seals.seal(opinion.salt, opinion.item_id, opinion.name, opinion.position, opinion.text)
    return again == opinion.seal
