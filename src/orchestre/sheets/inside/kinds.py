"""Which kind of file this is, judged on its content and never on its name alone."""

import io
import zipfile

from orchestre.sheets.limits import Limits
from orchestre.sheets.shapes import Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_BINARY = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "compressed"),
    (b"7z\xbc\xaf", "compressed"),
    (b"Rar!", "compressed"),
    (b"\x09\x08\x10\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
    (b"ERMHDR\t", "xer"),
    (b"SQLite format 3", "database"),
)
_TEXT_NAMES = (".csv", ".tsv", ".txt", ".tab")


def kind_of(data: bytes, limits: Limits) -> str:
    """Return `xlsx`, `zip`, `mspdi` or `csv`, or refuse what is none of them."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    if data.startswith(b"PK"):
        return _kind_of_archive(data, limits)
    if data.startswith(_OLE):
        raise Unreadable(_kind_of_ole(data))
    for start, code in _OTHER_BINARY:
        if data.startswith(start):
            raise Unreadable(code)
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise Unreadable("html")
    if head.startswith(b"<"):
        return _kind_of_xml(head)
    if head.startswith((b"{", b"[{")):
        raise Unreadable("json")
    return "csv"


def check_size(data_bytes: int, kind: str, limits: Limits) -> None:
    """Refuse a file heavier than its kind may be."""
    most = {"mspdi": limits.mspdi_bytes, "csv": limits.csv_bytes}.get(kind, limits.xlsx_bytes)
    if data_bytes > most:
        raise Unreadable("too_big", limit=most >> 20)


def _kind_of_archive(data: bytes, limits: Limits) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, EOFError):
        raise Unreadable("corrupt") from None
    if len(infos) > limits.members:
        raise Unreadable("too_many_members", limit=limits.members)
    names = [info.filename.lower() for info in infos if not info.is_dir()]
    if "xl/workbook.bin" in names:
        raise Unreadable("xlsb")
    if "[content_types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        raise Unreadable("office_document")
    if "mimetype" in names and "content.xml" in names:
        raise Unreadable("ods")
    real = [name for name in names if not name.startswith(("__macosx/", ".ds_store"))]
    if real and all(name.endswith(_TEXT_NAMES) for name in real):
        return "zip"
    raise Unreadable("not_workbook")


def _kind_of_ole(data: bytes) -> str:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("Workbook") or holds("Book"):
        return "xls"
    if holds("Props14") or holds("Props12") or holds("Props9") or holds("   114"):
        return "mpp"
    return "old_office"


def _kind_of_xml(head: bytes) -> str:
    if b"<!doctype" in head or b"<!entity" in head:
        raise Unreadable("dtd")
    if b"schemas.microsoft.com/project" in head:
        return "mspdi"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise Unreadable("xml_2003")
    raise Unreadable("other_xml")
