"""What is checked of an archive before a single cell of it is read."""

import zipfile

from orchestre.sheets.limits import Limits
from orchestre.sheets.shapes import Unreadable

_HEAD_BYTES = 1 << 16


def check_archive(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse an archive that could burst, escape its folder or hide something."""
    infos = archive.infolist()
    if len(infos) > limits.members:
        raise Unreadable("too_many_members", limit=limits.members)
    if sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise Unreadable("too_big_unpacked", limit=limits.unpacked_bytes >> 20)
    names = [info.filename for info in infos]
    if len({name.lower() for name in names}) != len(names):
        raise Unreadable("duplicate_members")
    for info in infos:
        _check_member(info, limits)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable("macro")
    for info in infos:
        _check_no_dtd(archive, info)


def _check_member(info: zipfile.ZipInfo, limits: Limits) -> None:
    name = info.orig_filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name or "\x00" in name:
        raise Unreadable("bad_path")
    if (info.external_attr >> 16) & 0o170000 == 0o120000:
        raise Unreadable("bad_path")
    if info.flag_bits & 1:
        raise Unreadable("encrypted")
    packed = max(1, info.compress_size)
    if info.file_size > limits.ratio_floor_bytes and info.file_size > limits.ratio * packed:
        raise Unreadable("ratio", limit=limits.ratio)


def _check_no_dtd(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    if not info.filename.lower().endswith((".xml", ".rels", ".vml")):
        return
    with archive.open(info) as member:
        head = member.read(_HEAD_BYTES).replace(b"\x00", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable("dtd")
