"""The list of packs, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.governance import policy as committees
from orchestre.reports import policy, queries
from orchestre.reports.models import Publication, SlideTemplate
from orchestre.reports.presenters import reading
from orchestre.reports.presenters.files.pdf import foot
from orchestre.reports.rules.comparing import Shift, differences
from orchestre.reports.rules.document import thaw
from orchestre.ui import formats
from orchestre.ui.components import Badge, Breadcrumb, Button, EmptyState, Link, MenuButton, Pager
from orchestre.ui.tables import Column, DataTable, Row

PER_PAGE = 30


@dataclass(frozen=True)
class PacksPage:
    """The packs that were published."""

    sentence: str
    table: DataTable | None
    empty: EmptyState | None
    pager: Pager | None
    new: Button | None
    templates: Link | None


def listing(person: Person, page: int) -> PacksPage:
    """Write the list of packs."""
    rows = queries.publications(person)
    total = rows.count()
    pages = max(-(-total // PER_PAGE), 1)
    page = min(max(page, 1), pages)
    cut = list(rows[(page - 1) * PER_PAGE : page * PER_PAGE])
    new = None
    if policy.may_publish(person):
        new = Button(_("Prepare a pack"), reverse("reports:new-pack"), "primary", "file")
    sentence = ngettext(
        "%(n)s pack is kept as it was given.", "%(n)s packs are kept as they were given.", total
    ) % {"n": formats.number(total)}
    may_template = policy.may_set_templates(person)
    return PacksPage(
        sentence=sentence if total else "",
        table=_table(cut) if cut else None,
        empty=None if cut else _nothing(new),
        pager=_pager(page, pages),
        new=new if cut else None,
        templates=Link(_("Slides of the organisation"), reverse("reports:templates"))
        if may_template
        else None,
    )


def _nothing(new: Button | None) -> EmptyState:
    return EmptyState(
        "new",
        _("No pack yet."),
        _("A pack freezes what the committee is given: it shows the same figures next year."),
        action=new,
    )


def _pager(page: int, pages: int) -> Pager | None:
    if pages == 1:
        return None
    return Pager(
        _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages},
        f"?page={page - 1}" if page > 1 else "",
        f"?page={page + 1}" if page < pages else "",
    )


def _table(rows: list[Publication]) -> DataTable:
    columns = (
        Column(_("Pack"), wide=True), Column(_("For whom")), Column(_("State of")),
        Column(_("Published")), Column(_("By")), Column(_("Language")),
    )  # fmt: skip
    return DataTable(
        _("Packs"),
        columns,
        tuple(
            Row(
                (
                    one.title,
                    one.audience,
                    formats.day(one.as_of),
                    formats.instant(one.published_at),
                    str(one.published_by or ""),
                    str(one.get_language_display()),
                ),
                url=reverse("reports:pack", args=[one.pk]),
                key=str(one.pk),
            )
            for one in rows
        ),
        caption_hidden=True,
    )


@dataclass(frozen=True)
class PackPage:
    """One pack, as it was given."""

    title: str
    lead: str
    foot: str
    breadcrumb: Breadcrumb
    sections: tuple[reading.ShownSection, ...]
    pages: tuple[reading.ShownSection, ...]
    files: tuple[Button | MenuButton, ...]
    compare: Link | None
    grounds: object
    confidential: Badge | None
    meeting: Link | None


def page(person: Person, row: Publication, templates: list[SlideTemplate]) -> PackPage:
    """Write the page of a pack."""
    pack = thaw(bytes(row.content))
    sections = reading.shown(pack, row.pk)
    previous = queries.publication_or_none(person, row.previous_id)
    return PackPage(
        title=row.title,
        lead=" · ".join(
            part
            for part in (
                row.audience,
                _("state of %(when)s") % {"when": formats.day(row.as_of)},
                _("published on %(when)s by %(who)s")
                % {"when": formats.instant(row.published_at), "who": row.published_by or "–"},
            )
            if part
        ),
        foot=foot(pack, row.fingerprint),
        breadcrumb=trail(),
        sections=tuple(one for one in sections if not one.key.startswith("initiative:")),
        pages=tuple(one for one in sections if one.key.startswith("initiative:")),
        files=_files(row, templates),
        compare=Link(
            _("What differs from the pack before"), reverse("reports:pack-changes", args=[row.pk])
        )
        if previous
        else None,
        grounds=reading.facts(pack) if pack.grounds else None,
        confidential=Badge(_("Confidential"), tone="danger") if row.confidential else None,
        meeting=_meeting(person, row),
    )


def _meeting(person: Person, row: Publication) -> Link | None:
    """Return the way to the meeting of a pack, for who may open that meeting."""
    found = committees.visible_meetings(person).filter(pk=row.meeting_id or 0).first()
    if found is None:
        return None
    return Link(_("See the meeting"), reverse("governance:meeting", args=[found.pk]))


def trail() -> Breadcrumb:
    """Return the way back to the list."""
    return Breadcrumb((Link(_("Packs"), reverse("reports:packs")),))


def _files(row: Publication, templates: list[SlideTemplate]) -> tuple[Button | MenuButton, ...]:
    address = {
        form: reverse("reports:pack-file", args=[row.pk, form]) for form in ("pdf", "pptx", "xlsx")
    }
    slides: Button | MenuButton = Button(_("Slides (PPTX)"), address["pptx"], "secondary", "export")
    if templates:
        ways = [Link(_("Plain slides"), address["pptx"])]
        ways += [Link(one.name, f"{address['pptx']}?template={one.pk}") for one in templates]
        slides = MenuButton(_("Slides (PPTX)"), tuple(ways), icon="export")
    return (
        Button(_("PDF"), address["pdf"], "primary", "export"),
        slides,
        Button(_("Rows (XLSX)"), address["xlsx"], "secondary", "export"),
    )


@dataclass(frozen=True)
class ChangesPage:
    """What differs between two packs."""

    title: str
    sentence: str
    breadcrumb: Breadcrumb
    table: DataTable | None
    others: tuple[Link, ...]


def changes(person: Person, row: Publication, other: Publication) -> ChangesPage:
    """Write what differs from another pack to this one."""
    found = differences(thaw(bytes(other.content)), thaw(bytes(row.content)))
    count = ngettext("%(n)s difference", "%(n)s differences", len(found))
    others = queries.publications(person).exclude(pk=row.pk)[:12]
    return ChangesPage(
        title=_("From “%(old)s” to “%(new)s”") % {"old": other, "new": row},
        sentence=count % {"n": formats.number(len(found))} if found else _("Nothing differs."),
        breadcrumb=Breadcrumb(
            (
                Link(_("Packs"), reverse("reports:packs")),
                Link(row.title, reverse("reports:pack", args=[row.pk])),
            )
        ),
        table=_shifts(found) if found else None,
        others=tuple(Link(str(one), f"?with={one.pk}", one.pk == other.pk) for one in others),
    )


def _shifts(found: tuple[Shift, ...]) -> DataTable:
    words = {"added": _("new"), "removed": _("gone"), "changed": _("changed")}
    return DataTable(
        _("Differences"),
        (
            Column(_("What")), Column(_("Part")), Column(_("Difference")),
            Column(_("Before"), wide=True), Column(_("After"), wide=True),
        ),
        tuple(
            Row((one.label, one.section, words[one.what], one.before or "–", one.after or "–"))
            for one in found
        ),
        caption_hidden=True,
    )  # fmt: skip
