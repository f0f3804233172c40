"""Reading a ZIP archive that holds one text table per sheet."""

import io
import posixpath
import zipfile

from orchestre.sheets.inside.archive import check_archive
from orchestre.sheets.inside.delimited import read_delimited
from orchestre.sheets.limits import Limits
from orchestre.sheets.shapes import Draft, Unreadable


def read_zip(data: bytes, limits: Limits) -> Draft:
    """Return one sheet per text table of the archive, named after its file."""
    draft = Draft("zip")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_archive(archive, limits)
        members = [info for info in archive.infolist() if _is_table(info)]
        if len(members) > limits.sheets:
            raise Unreadable("too_many_sheets", limit=limits.sheets)
        for info in members:
            _add(draft, archive.read(info), info.filename, limits)
    if sum(cell is not None for s in draft.sheets for r in s.rows for cell in r) > limits.cells:
        raise Unreadable("too_many_cells", limit=limits.cells)
    return draft


def _is_table(info: zipfile.ZipInfo) -> bool:
    return not info.is_dir() and not info.filename.lower().startswith(("__macosx/", ".ds_store"))


def _add(draft: Draft, data: bytes, filename: str, limits: Limits) -> None:
    if not data.strip():
        return
    name = posixpath.splitext(posixpath.basename(filename))[0]
    taken = {sheet.name for sheet in draft.sheets}
    distinct = next(
        one
        for one in (name, *(f"{name} ({i})" for i in range(2, limits.sheets + 2)))
        if one not in taken
    )
    one = read_delimited(data, distinct, limits)
    draft.sheets.extend(one.sheets)
    draft.notices.extend(one.notices)
    draft.encoding = draft.encoding or one.encoding
    draft.separator = draft.separator or one.separator
    draft.decimal = draft.decimal or one.decimal
