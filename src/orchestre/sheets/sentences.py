"""The sentences people read when a file is refused, or when something is to be known of it."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as text

REFUSALS = {
    "empty": text("This file is empty. Choose a file that holds a table."),
    "too_big": text(
        "This file is heavier than %(limit)s MiB. Remove images and sheets that are not needed, "
        "or split it in two."
    ),
    "too_big_unpacked": text(
        "Once unpacked, this file would take more than %(limit)s MiB. Keep the sheets that are "
        "needed in a new workbook."
    ),
    "ratio": text(
        "A part of this file unpacks to more than %(limit)s times its size, as booby-trapped "
        "files do. Copy the table into a new workbook and save it."
    ),
    "too_many_members": text(
        "This file holds more than %(limit)s parts. Copy the table into a new workbook."
    ),
    "duplicate_members": text(
        "This archive holds two parts with the same name. Save the workbook again from your "
        "spreadsheet."
    ),
    "bad_path": text(
        "This archive holds a file whose path leads outside it. Save the workbook again from "
        "your spreadsheet."
    ),
    "encrypted": text(
        "This file is protected by a password. Save a copy without a password, then import it."
    ),
    "macro": text("This workbook holds macros. Save it as .xlsx, without macros."),
    "dtd": text(
        "This file declares XML entities, which are never followed. Save it again from the "
        "software it comes from."
    ),
    "xml_instruction": text(
        "This XML holds processing instructions, which are never followed. Save it again from "
        "MS Project."
    ),
    "too_deep": text("This XML is nested deeper than %(limit)s levels. Save the plan again."),
    "too_many_tasks": text("This plan holds more than %(limit)s tasks. Split it in two."),
    "too_many_rows": text(
        "Sheet “%(sheet)s” has content at row %(row)s; %(limit)s rows are read at most. Remove "
        "what is below, or split the file."
    ),
    "too_many_columns": text(
        "Sheet “%(sheet)s” has content beyond column %(limit)s, at row %(row)s. Remove the "
        "columns that are not needed."
    ),
    "too_many_cells": text(
        "This file holds more than %(limit)s filled cells. Split it, or remove columns."
    ),
    "too_many_sheets": text(
        "This file holds more than %(limit)s sheets. Keep those that are needed."
    ),
    "cell_too_long": text(
        "A cell of row %(row)s holds more than %(limit)s characters. Shorten it, or check that "
        "a quote is not left open."
    ),
    "line_too_long": text(
        "A line of this file is longer than %(limit)s MiB. Check that it is a table, one record "
        "a line."
    ),
    "nul": text(
        "This text file holds null characters: it is damaged or is not a text. Save it again as "
        "CSV UTF-8."
    ),
    "encoding": text(
        "This file announces the encoding %(encoding)s but does not respect it. Save it again as "
        "CSV UTF-8."
    ),
    "quotes": text(
        "A quotation mark is misplaced at line %(line)s, so that columns cannot be told apart. "
        "Double it inside text, or save the file again from your spreadsheet."
    ),
    "corrupt": text(
        "This file is damaged or incomplete. Open it in the software it comes from and save it "
        "again."
    ),
    "xls": text("The old .xls format is not read. Save the workbook as .xlsx."),
    "xlsb": text("The binary .xlsb format is not read. Save the workbook as .xlsx."),
    "ods": text("OpenDocument sheets are not read. Save the workbook as .xlsx or as CSV."),
    "mpp": text("The .mpp format is not read. In MS Project, choose “Save as”, then “XML format”."),
    "xer": text("The .xer format of Primavera is not read. Export the plan as MS Project XML."),
    "old_office": text("This old Office document is not read. Save the table as .xlsx."),
    "office_document": text(
        "This is a text document or a slide show, not a workbook. Copy its table into a workbook."
    ),
    "pdf": text("A PDF holds no table of cells. Import the workbook it was made from."),
    "rtf": text("This is a text document. Copy its table into a workbook."),
    "html": text(
        "This is a web page, whatever its name says. Open it in a spreadsheet and save it as .xlsx."
    ),
    "json": text("JSON is not read here. Export a table, as .xlsx or CSV."),
    "image": text("This is an image. Import the table itself, as .xlsx or CSV."),
    "compressed": text("This archive is not read. Take the table out of it first."),
    "database": text("This is a database. Export a table from it, as CSV."),
    "xml_2003": text("The XML format of Excel 2003 is not read. Save the workbook as .xlsx."),
    "other_xml": text("This XML is not that of MS Project. Export a table, as .xlsx or CSV."),
    "not_workbook": text(
        "This archive is neither an .xlsx workbook nor a ZIP of CSV files, one per sheet."
    ),
    "memory": text(
        "Reading this file takes more than %(memory)s MiB of memory. Keep the needed sheets in a "
        "new workbook."
    ),
    "time": text(
        "Reading this file takes more than %(seconds)s seconds. Keep the needed sheets in a new "
        "workbook."
    ),
    "missing": text("This file is no longer there. Choose it again."),
}

NOTICES = {
    "hidden_sheet": text("Sheet “%(sheet)s” is hidden and was not read."),
    "uncomputed": text(
        "Formulas of sheet “%(sheet)s” without a saved result, read as empty: %(count)s. "
        "Open the workbook in a spreadsheet and save it."
    ),
    "merged": text("Merged cells of sheet “%(sheet)s” filled downwards: %(count)s."),
    "lost_letters": text(
        "Characters that mean nothing in the encoding %(encoding)s, shown as �: %(count)s, "
        "the first at line %(line)s."
    ),
    "quotes": text("A misplaced quotation mark at line %(line)s was read as a plain character."),
    "unwrapped": text("Each line was quoted as a whole; its columns were taken apart."),
    "unlimited": text(
        "This system sets no limit on memory or computing time: only the overall time was limited."
    ),
    "mspdi_summaries": text(
        "Initiatives made from the project and its summary tasks: %(count)s. "
        "Milestones made from the other tasks: %(tasks)s."
    ),
}


def refusal_sentence(code: str, details: Mapping[str, object]) -> str:
    """Return why a file is refused and how to have it accepted."""
    template = REFUSALS.get(code) or REFUSALS["corrupt"]
    return _filled(str(template), details)


def notice_sentence(code: str, details: Mapping[str, object]) -> str:
    """Return what is to be known about a file that was read."""
    return _filled(str(NOTICES[code]), details)


def _filled(template: str, details: Mapping[str, object]) -> str:
    told = {
        name: number_format(value, use_l10n=True, force_grouping=True)
        if isinstance(value, int)
        else value
        for name, value in details.items()
    }
    return template % {**told, "sheet": details.get("sheet") or _("first sheet")}
