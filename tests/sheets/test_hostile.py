"""Hostile and broken files, built here: refused with a sentence, and the parent stays up."""

import io
import json
import os
import random
import re
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest

from orchestre.sheets import child
from orchestre.sheets.limits import LIMITS, Limits
from orchestre.sheets.reading import FileRefused, read
from orchestre.sheets.sentences import REFUSALS, refusal_sentence
from orchestre.sheets.writing import worked_example

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
TASK = "<Task><UID>1</UID></Task>"
LATE = b"<?xml version='1.0'?><!--http://schemas.microsoft.com/project" + b"x" * 5_000 + b"-->"
PLAN = '<Project xmlns="http://schemas.microsoft.com/project"><Name>p</Name>{}</Project>'


def zipped(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def parts(sheet: str, **more: str | bytes) -> dict[str, str | bytes]:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {NS} xmlns:r="{REL}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {NS}>{sheet}</worksheet>",
        **more,
    }


def workbook(data: str, before: str = "", **more: str | bytes) -> bytes:
    return zipped(parts(f"{before}<sheetData>{data}</sheetData>", **more))


def with_dtd(declared: str, reference: str) -> bytes:
    members = parts("")
    members["xl/worksheets/sheet1.xml"] = (
        f"<!DOCTYPE w [{declared}]><worksheet {NS}><sheetData><row r='1'><c r='A1' "
        f"t='inlineStr'><is><t>{reference}</t></is></c></row></sheetData></worksheet>"
    )
    return zipped(members)


def billion_laughs() -> bytes:
    steps = (f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    return with_dtd('<!ENTITY l0 "lol">' + "".join(steps), "&l9;")


def late_dtd() -> bytes:
    """A DTD behind more comments than the first look covers."""
    members = parts("")
    members["xl/worksheets/sheet1.xml"] = (
        f"<!--{'x' * 70_000}--><!DOCTYPE w [<!ENTITY a 'b'>]><worksheet {NS}><sheetData>"
        "<row r='1'><c r='A1' t='inlineStr'><is><t>&a;</t></is></c></row></sheetData></worksheet>"
    )
    return zipped(members)


def utf16_dtd() -> bytes:
    members = parts("")
    text = f"<?xml version='1.0' encoding='utf-16'?><!DOCTYPE w [<!ENTITY a 'b'>]><worksheet {NS}/>"
    members["xl/worksheets/sheet1.xml"] = text.encode("utf-16")
    return zipped(members)


def many_sheets() -> bytes:
    members = parts(f"<sheetData>{CELL}</sheetData>")
    sheets = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1, 60))
    members["xl/workbook.xml"] = (
        f'<workbook {NS} xmlns:r="{REL}"><sheets>{sheets}</sheets></workbook>'
    )
    return zipped(members)


def encrypted_member() -> bytes:
    data = bytearray(workbook(CELL))
    for found in re.finditer(b"PK\x03\x04", bytes(data)):
        data[found.start() + 6] |= 1
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        data[found.start() + 8] |= 1
    return bytes(data)


def lying_header() -> bytes:
    """A member that announces one byte and unpacks to far more."""
    data = bytearray(workbook(CELL * 1, **{"xl/big.xml": b"\x00" * 3_000_000}))
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        data[found.start() + 24 : found.start() + 28] = (1).to_bytes(4, "little")
    return bytes(data)


def duplicates() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts(f"<sheetData>{CELL}</sheetData>").items():
            archive.writestr(name, content)
        archive.writestr("xl/Workbook.xml", "<a/>")
    return stream.getvalue()


def symlink() -> bytes:
    stream = io.BytesIO(workbook(CELL))
    with zipfile.ZipFile(stream, "a") as archive:
        info = zipfile.ZipInfo("xl/link.xml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return stream.getvalue()


def nested_plan(depth: int) -> bytes:
    return PLAN.format("<a>" * depth + "</a>" * depth).encode()


def rows(count: int, width: int = 1) -> str:
    cells = "<c><v>1</v></c>" * width
    return "".join(f'<row r="{i}">{cells}</row>' for i in range(1, count + 1))


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty", lambda: b"", "empty"),
    ("blank", lambda: b" \r\n\t\xef\xbb\xbf", "empty"),
    ("too heavy", lambda: b"a;b\n" * (3 * 1024 * 1024), "too_big"),
    ("heavy plan", lambda: PLAN.format("<!--" + "x" * (21 << 20) + "-->").encode(), "too_big"),
    ("truncated", lambda: workbook(rows(500, 20))[:-400], "corrupt"),
    ("cut in half", lambda: workbook(rows(500, 20))[:3_000], "corrupt"),
    ("html renamed", lambda: b"<html><table><tr><td>x</td></tr></table></html>", "html"),
    ("html with BOM", lambda: b"\xef\xbb\xbf <!DOCTYPE html><html></html>", "html"),
    ("pdf", lambda: b"%PDF-1.7\n...", "pdf"),
    ("rtf", lambda: b"{\\rtf1 hello}", "rtf"),
    ("png", lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "image"),
    ("gzip", lambda: b"\x1f\x8b\x08" + zlib.compress(b"x"), "compressed"),
    ("xer", lambda: b"ERMHDR\t8.0\t2020", "xer"),
    ("json", lambda: b'[{"a": 1}]', "json"),
    ("xls", lambda: OLE + "Workbook".encode("utf-16-le"), "xls"),
    ("mpp", lambda: OLE + "Props14".encode("utf-16-le"), "mpp"),
    ("password", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("old doc", lambda: OLE + "WordDocument".encode("utf-16-le"), "old_office"),
    ("xlsb", lambda: zipped({"[Content_Types].xml": "", "xl/workbook.bin": b"x"}), "xlsb"),
    ("docx", lambda: zipped({"[Content_Types].xml": "", "word/a.xml": ""}), "office_document"),
    ("ods", lambda: zipped({"mimetype": "x", "content.xml": ""}), "ods"),
    ("zip of things", lambda: zipped({"a.csv": "a,b", "evil.exe": b"MZ"}), "not_workbook"),
    ("zip in zip", lambda: zipped({"a.zip": zipped({"a.csv": "a"})}), "not_workbook"),
    ("empty zip", lambda: zipped({}), "not_workbook"),
    ("other xml", lambda: b"<?xml version='1.0'?><feed/>", "other_xml"),
    (
        "excel 2003",
        lambda: b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "xml_2003",
    ),
    ("60,000 members", lambda: zipped({f"xl/{i}.xml": "" for i in range(60_000)}),
     "too_many_members"),
    ("zip bomb", lambda: workbook(CELL, **{"xl/b.xml": b"\x00" * 30_000_000}), "ratio"),
    ("csv bomb", lambda: zipped({"a.csv": b"0" * 30_000_000}), "ratio"),
    ("one string of 300 MB", lambda: workbook(f"<row><c><v>{'1' * 300_000_000}</v></c></row>"),
     "too_big_unpacked"),
    ("many middling members",
     lambda: zipped({f"{i}.csv": os.urandom(9) * 110_000 for i in range(120)}),
     "too_big_unpacked"),
    ("lying header", lying_header, "corrupt"),
    ("absolute path", lambda: workbook(CELL, **{"/etc/x.xml": "<a/>"}), "bad_path"),
    ("parent path", lambda: workbook(CELL, **{"xl/../../x.xml": "<a/>"}), "bad_path"),
    ("windows path", lambda: workbook(CELL, **{"C:\\x.xml": "<a/>"}), "bad_path"),
    ("symbolic link", symlink, "bad_path"),
    ("duplicate members", duplicates, "duplicate_members"),
    ("encrypted member", encrypted_member, "encrypted"),
    ("macro", lambda: workbook(CELL, **{"xl/vbaProject.bin": b"x"}), "macro"),
    ("billion laughs", billion_laughs, "dtd"),
    ("external entity", lambda: with_dtd('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
     "dtd"),
    ("quadratic blow-up", lambda: with_dtd(f'<!ENTITY a "{"x" * 60_000}">', "&a;" * 5_000),
     "dtd"),
    ("DTD in UTF-16", utf16_dtd, "dtd"),
    ("DTD behind comments", late_dtd, "corrupt"),
    ("cell at XFD1048576",
     lambda: workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too_many_rows"),
    ("column XFD", lambda: workbook('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
     "too_many_columns"),
    ("20,001 rows", lambda: workbook(rows(20_001)), "too_many_rows"),
    ("201 columns", lambda: workbook(rows(1, 201)), "too_many_columns"),
    ("too many cells", lambda: ((b"1;" * 99 + b"2\n") * 10_001), "too_many_cells"),
    ("long cell",
     lambda: workbook(f'<row><c t="inlineStr"><is><t>{"a" * 32_768}</t></is></c></row>'),
     "cell_too_long"),
    ("60 sheets", many_sheets, "too_many_sheets"),
    ("negative row", lambda: workbook('<row r="-5"><c><v>1</v></c></row>'), "corrupt"),
    ("same row twice", lambda: workbook(CELL + CELL), "corrupt"),
    ("number that is none", lambda: workbook('<row r="1"><c r="A1"><v>abc</v></c></row>'),
     "corrupt"),
    ("string out of table", lambda: workbook('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'),
     "corrupt"),
    ("NUL in text", lambda: b"a;b\n1;\x00\n" * 5, "nul"),
    ("text, 20,001 rows", lambda: b"a;b\n" * 20_001, "too_many_rows"),
    ("text, 201 columns", lambda: b";".join([b"a"] * 201), "too_many_columns"),
    ("text, long cell", lambda: b"a;b\n" + b"x" * 40_000 + b";1\n", "cell_too_long"),
    ("text, long line", lambda: b"a;b\n" + b"x" * (1 << 20) + b"y;1\n", "line_too_long"),
    ("text, quote left open", lambda: b'a;b\n1;"2\n' + b"3;4\n" * 9_000, "cell_too_long"),
    ("bad UTF-16", lambda: b"\xff\xfea\x00;\x00\x00\xd8", "encoding"),
    ("plan with DTD",
     lambda: b'<!DOCTYPE Project><Project xmlns="http://schemas.microsoft.com/project"/>', "dtd"),
    ("plan with late DTD", lambda: LATE + b"<!DOCTYPE P [<!ENTITY a 'b'>]><P>&a;</P>", "dtd"),
    ("plan with instruction", lambda: PLAN.format("<?php evil ?>").encode(), "xml_instruction"),
    ("deep plan", lambda: nested_plan(60), "too_deep"),
    ("very deep plan", lambda: nested_plan(100_000), "too_deep"),
    ("plan cut short", lambda: PLAN.format("<Tasks>").encode(), "corrupt"),
    (
        "plan of 50,001 tasks",
        lambda: PLAN.format(f"<Tasks>{TASK * 50_001}</Tasks>").encode(),
        "too_many_tasks",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("build", "code"), [row[1:] for row in HOSTILE], ids=[r[0] for r in HOSTILE]
)
def test_a_hostile_file_is_refused_with_a_sentence(build: Callable[[], bytes], code: str) -> None:
    data, begun = build(), time.monotonic()
    with pytest.raises(FileRefused) as caught:
        read(data, "file.xlsx")
    assert caught.value.code == code
    assert_human(caught.value.message)
    assert time.monotonic() - begun < LIMITS.wall_seconds


def assert_human(message: str) -> None:
    assert message.endswith(".")
    assert not re.search(r"Error|Exception|Traceback|None|%\(|\{|0x|openpyxl|xml\.etree", message)


def test_a_file_that_lies_about_its_size_is_read_for_what_it_is() -> None:
    data = workbook(CELL, before='<dimension ref="A1:XFD1048576"/>')
    assert read(data, "a.xlsx").sheets[0].rows == (("a",),)


def test_every_refusal_has_its_sentence_and_every_sentence_is_filled() -> None:
    details = {
        "limit": 1, "sheet": "S", "row": 2, "line": 3, "encoding": "utf-16", "memory": 768,
        "seconds": 15,
    }  # fmt: skip
    for code in REFUSALS:
        assert_human(refusal_sentence(code, details))


def test_two_hundred_mutants_never_bring_the_parent_down() -> None:
    """Bytes flipped, cut or doubled; the child's own code runs here, without its process."""
    chance = random.Random(20261122)
    sources = [worked_example("fr"), workbook(rows(30, 5)), "Projet;Début\nA;2026\n".encode()]
    sources.append(PLAN.format("<Tasks><Task><UID>1</UID><Name>a</Name></Task></Tasks>").encode())
    refused = read_well = 0
    for number in range(200):
        data = mutant(sources[number % len(sources)], chance)
        begun = time.monotonic()
        try:
            read(data, "mutant", in_child=number % 5 == 0)
            read_well += 1
        except FileRefused as refusal:
            refused += 1
            assert_human(refusal.message)
        assert time.monotonic() - begun < 10
    assert refused > 20
    assert read_well > 20


def mutant(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(len(changed))
        act = chance.randrange(4)
        if act == 0:
            changed[at] = chance.randrange(256)
        elif act == 1:
            del changed[at : at + chance.randrange(1, 40)]
        elif act == 2:
            changed[at:at] = changed[at : at + chance.randrange(1, 40)]
        else:
            changed[at] ^= 1 << chance.randrange(8)
        if not changed:
            return b""
    return bytes(changed)


def test_the_child_has_little_memory() -> None:
    small = Limits(memory_bytes=48 << 20)
    table = b"".join(b"%d;" % i + b"x" * 440 + b"\n" for i in range(19_000))
    with pytest.raises(FileRefused) as caught:
        read(table, "a.csv", limits=small)
    assert caught.value.code == "memory"
    assert len(read(table, "a.csv").sheets[0].rows) == 19_000


def test_the_child_has_little_time() -> None:
    hasty = Limits(wall_seconds=1, cpu_seconds=1)
    with pytest.raises(FileRefused) as caught:
        read(workbook(rows(19_000, 50)), "a.xlsx", limits=hasty)
    assert caught.value.code == "time"


def test_the_child_knows_nothing_of_django_nor_of_the_environment() -> None:
    code = (
        "import sys;sys.path.extend(sys.argv[1:]);import orchestre.sheets.inside.door,"
        "orchestre.sheets.inside.xlsx,orchestre.sheets.inside.mspdi,orchestre.sheets.inside.zipped,"
        "json;print(json.dumps(sorted({n.split('.')[0] for n in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, *child._places()],
        capture_output=True, text=True, check=True, env={},
    )  # fmt: skip
    assert "django" not in json.loads(done.stdout)


def test_a_missing_file_is_a_sentence() -> None:
    with pytest.raises(FileRefused) as caught:
        read("nowhere/file.xlsx")
    assert caught.value.code == "missing"
