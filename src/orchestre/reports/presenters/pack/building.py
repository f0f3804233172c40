"""A pack from the data of now, part after part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.queries import organisation
from orchestre.interactions.queries import names_for
from orchestre.load.queries import public_reader, reader_of
from orchestre.load.rules.scale import thresholds_of
from orchestre.load.services import compute
from orchestre.portfolio.queries import one
from orchestre.reports import queries
from orchestre.reports.presenters.pack import annex, changes
from orchestre.reports.presenters.pack.parts import PARTS
from orchestre.reports.presenters.pack.scope import Part, Scope
from orchestre.reports.rules.asked import PackAsked
from orchestre.reports.rules.document import Ground, Pack, Section, thaw
from orchestre.resources import snapshot as resources
from orchestre.ui import formats

Tell = Callable[[float, str], None]


def build(person: User, asked: PackAsked, tell: Tell) -> Pack:
    """Write a pack in its own language, whatever the language of who asked."""
    with translation.override(asked.language):
        tell(0.02, _("Reading the portfolio and the load"))
        scope = _scope(person, asked)
        sections: list[Section] = []
        wanted = [(part, label) for part, label in PARTS if part.key in asked.parts]
        for at, (part, label) in enumerate(wanted):
            tell(0.2 + 0.75 * at / len(wanted), str(label))
            sections += part.make(scope)
        pack = _pack(asked, scope, sections, [part for part, _label in wanted])
        return _with_shifts(scope, pack)


def _scope(person: User, asked: PackAsked) -> Scope:
    today = timezone.localdate()
    about = organisation()
    reader = reader_of(person) if asked.confidential else public_reader(person)
    initiatives = queries.named_in_packs(person, confidential=asked.confidential)
    last = queries.publication_or_none(person, asked.previous)
    return Scope(
        person=person,
        reader=reader,
        names=names_for(person),
        view=compute.current(today, 52),
        means=resources.take(),
        initiatives=initiatives,
        milestones=queries.milestones_of(initiatives),
        hidden_count=queries.live_count() - len(initiatives),
        programmes=queries.programmes(),
        today=today,
        months_ahead=asked.months_ahead,
        since=last.published_at if last else timezone.now() - queries.USUAL_SINCE,
        previous=thaw(bytes(last.content)) if last else None,
        thresholds=thresholds_of(about.load_thresholds if about else []),
        confidential=asked.confidential,
        meeting=asked.meeting,
    )


def _pack(asked: PackAsked, scope: Scope, sections: list[Section], parts: list[Part]) -> Pack:
    about = organisation()
    grounds: dict[Ground, None] = {}
    for part in parts:
        for ground in part.grounds(scope) if part.grounds else ():
            grounds[ground] = None
    return Pack(
        title=asked.title,
        organisation=about.name if about else "Orchestre",
        language=asked.language,
        audience=asked.audience,
        as_of=scope.today,
        written_at=formats.instant(timezone.now()),
        sections=tuple(sections),
        grounds=tuple(grounds),
        confidential=asked.confidential,
        bodies=tuple(sorted({body for part in parts for body in part.quotes(scope)})),
    )


def _with_shifts(scope: Scope, pack: Pack) -> Pack:
    """Add the figures that moved since the last pack to the part that tells what moved."""
    table = changes.against(scope.previous, pack)
    if table is None:
        return pack
    sections = tuple(
        replace(one, blocks=(table, *one.blocks)) if one.key == "changes" else one
        for one in pack.sections
    )
    return replace(pack, sections=sections)


def of_one(person: User, code: str, language: str) -> Pack:
    """Write the page of one initiative as it stands now; it is kept nowhere."""
    initiative = one.by_code(person, code)
    asked = PackAsked(initiative.title, "", language, ("annex",), confidential=True)
    with translation.override(language):
        scope = replace(
            _scope(person, asked),
            initiatives=(initiative,),
            milestones=queries.milestones_of([initiative]),
        )
        pack = _pack(asked, scope, [annex.page(scope, initiative)], [])
        return replace(pack, confidential=initiative.confidential)
