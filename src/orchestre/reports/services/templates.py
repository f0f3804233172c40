"""Bringing the slides of the organisation, checked before they are kept."""

from __future__ import annotations

import hashlib
import io
import zipfile

from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.exc import PackageNotFoundError

from orchestre.access.models import User
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.reports import policy
from orchestre.reports.models import SlideTemplate
from orchestre.reports.rules.slides import CONTENT, NAMES, normalised
from orchestre.ui.formats import number

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024


def bring(user: User, name: str, file_name: str, content: bytes) -> SlideTemplate:
    """Keep a template under a name; the same name replaces the former one."""
    policy.may_set_templates(user).require()
    if not name.strip():
        sentence = _("Give the template a name.")
        raise DomainError(sentence, fields={"name": [sentence]})
    names_found(content)
    values = {
        "file_name": file_name[:200],
        "content": content,
        "digest": hashlib.sha256(content).hexdigest(),
    }
    label = _("Brought the slide template “%(name)s”") % {"name": name.strip()}
    with act(user, "reports.bring-template", label, undoable=False) as done:
        known = SlideTemplate.objects.filter(name=name.strip()).first()
        if known is None:
            return done.create(SlideTemplate(name=name.strip(), **values))
        SlideTemplate.objects.filter(pk=known.pk).update(content=content)
        done.update(known, {"file_name": values["file_name"], "digest": values["digest"]})
        done.note(digest=values["digest"])
    return known


def remove(user: User, template: SlideTemplate) -> None:
    """Take a template away; packs already made keep their figures."""
    policy.may_set_templates(user).require()
    label = _("Removed the slide template “%(name)s”") % {"name": template.name}
    with act(user, "reports.remove-template", label, undoable=False) as done:
        done.delete(template)


def names_found(content: bytes) -> tuple[str, ...]:
    """Return the names of ours that a template holds; refuse what is not one."""
    if len(content) > MOST_BYTES:
        raise _refused(
            _("This file is larger than %(most)s MB.") % {"most": number(MOST_BYTES // 2**20)}
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
                raise _refused(_("This file unpacks to more than a presentation ever does."))
        deck = Presentation(io.BytesIO(content))
    # what is no XML is told by lxml as an error of syntax
    except (zipfile.BadZipFile, KeyError, SyntaxError, ValueError, PackageNotFoundError) as error:
        raise _refused(
            _("This is not a PowerPoint presentation (.pptx). Save it as .pptx and try again.")
        ) from error
    layouts = list(deck.slide_layouts)
    if not layouts or not any(one.placeholders for one in layouts):
        raise _refused(_("This presentation has no layout with a title: add one in its master."))
    found = {normalised(shape.name) for layout in layouts for shape in layout.shapes}
    return tuple(name for name in NAMES if name in found)


def is_named(content: bytes) -> bool:
    """Tell whether a template says where the content goes."""
    return CONTENT in names_found(content)


def _refused(sentence: str) -> DomainError:
    return DomainError(sentence, code="template-refused", fields={"file": [sentence]})
