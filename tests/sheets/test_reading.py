"""Text tables, workbooks and plans, read as people and software really write them."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from orchestre.sheets.reading import FileRefused, Workbook, read

TABLE = (
    "Projet;Ministère porteur;Coût estimé\nÉquipes;Intérieur « DGPN »;12,5\nRelève;Justice;3,25\n"
)


def text(data: bytes, name: str = "table.csv") -> Workbook:
    return read(data, name, in_child=False)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("mac-roman", "mac-roman"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_is_found_and_told(encoding: str, told: str) -> None:
    book = text(TABLE.encode(encoding))
    assert book.encoding == told
    assert book.sheets[0].rows[1] == ("Équipes", "Intérieur « DGPN »", "12,5")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found_even_when_others_are_in_the_text(separator: str) -> None:
    lines = [["Projet", "But", "Début"], ["A", "un; deux, trois", "2026"], ["B", "a, b, c", "2027"]]
    data = "\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    book = text(data.encode())
    assert book.separator == separator
    assert book.sheets[0].rows[1] == ("A", "un; deux, trois", "2026")


def test_a_line_that_tells_the_separator_is_obeyed() -> None:
    book = text(b"sep=|\r\na|b;c\r\n1|2;3\r\n")
    assert (book.separator, book.sheets[0].rows[0]) == ("|", ("a", "b;c"))


def test_a_cell_may_hold_several_lines_and_doubled_quotes() -> None:
    book = text(b'a,b\n"line 1\nline ""2""",x\n')
    assert book.sheets[0].rows[1] == ('line 1\nline "2"', "x")


@pytest.mark.parametrize(
    ("cells", "mark"),
    [(["12,5", "3,25"], ","), (["12.5", "3.25"], "."), (["12", "3"], ""), (["1 234,50"], ",")],
)
def test_the_decimal_mark_is_found_when_proved(cells: list[str], mark: str) -> None:
    data = "a;b\n" + "\n".join(f"x;{cell}" for cell in cells)
    assert text(data.encode()).decimal == mark


def test_a_stray_quote_is_read_and_told() -> None:
    lines = [b"a;b"] + [b"%d;x" % i for i in range(30)] + [b'5;"in" the middle']
    book = text(b"\n".join(lines))
    assert len(book.sheets[0].rows) == 32
    assert [notice.code for notice in book.notices] == ["quotes"]


def test_lines_quoted_as_a_whole_are_opened() -> None:
    book = text(b'"old\tnew"\n"one\ttwo"\n"three\tfour"\n')
    assert book.sheets[0].rows[1] == ("one", "two")
    assert [notice.code for notice in book.notices] == ["unwrapped"]


def test_letters_without_meaning_are_told_and_nothing_else_is_lost() -> None:
    book = text("a;b\nécrit à l’été;£".encode("cp1252") + b"\nx\x9d;y\n")
    assert book.sheets[0].rows[2] == ("x\ufffd", "y")
    assert "line 3" in book.notices[0].message


def test_empty_ends_are_dropped_and_row_numbers_kept() -> None:
    book = text(b"a;b;;\n\n1;;;\n;;;\n;;;\n")
    assert book.sheets[0].rows == (("a", "b"), (), ("1",))


def test_a_zip_of_tables_is_one_sheet_each() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("Unités.csv", "Code;Unité\nD;Direction\n")
        archive.writestr("sub/Initiatives.csv", "Intitulé\nA\n")
        archive.writestr("other/Initiatives.csv", "Intitulé\nB\n")
        archive.writestr("__MACOSX/._Unités.csv", b"\x00\x05")
    book = text(stream.getvalue())
    assert [sheet.name for sheet in book.sheets] == ["Unités", "Initiatives", "Initiatives (2)"]


def sheet_of(fill: object, **options: object) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **options}) as book:
        fill(book)  # type: ignore[operator]  # a function of the book
    return stream.getvalue()


def test_a_workbook_gives_typed_cells_and_visible_sheets_only() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Vu")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(0, 0, ["texte", 12.5, 3, True])
        page.write_datetime(0, 4, date(2026, 12, 31), day)
        page.write_formula(0, 5, "=1+1", None, 2)
        page.write_string(3, 1, "_x0041_ and \r control")
        hidden = book.add_worksheet("Caché")
        hidden.write(0, 0, "x")
        hidden.hide()

    book = read(sheet_of(fill), "a.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["Vu"]
    assert book.sheets[0].rows[0] == ("texte", 12.5, 3, True, date(2026, 12, 31), 2)
    assert book.sheets[0].rows[1:] == ((), (), (None, "_x0041_ and \r control"))
    assert "Caché" in book.notices[0].message


def test_dates_of_old_macs_are_read() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        book.add_worksheet().write_datetime(0, 0, date(2026, 12, 31), day)

    assert read(sheet_of(fill, date_1904=True), "a.xlsx").sheets[0].rows == ((date(2026, 12, 31),),)


def test_cells_merged_downwards_are_filled_and_formulas_without_result_told() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Unité", "Projet"])
        page.merge_range(1, 0, 3, 0, "DSI")
        page.write_column(1, 1, ["A", "B", "C"])
        page.write_formula(4, 1, "=X1", None, "")

    book = read(sheet_of(fill), "a.xlsx")
    assert book.sheets[0].rows[1:4] == (("DSI", "A"), ("DSI", "B"), ("DSI", "C"))
    assert "merged" in {notice.code for notice in book.notices}


PLAN = """<?xml version="1.0"?>
<Project xmlns="http://schemas.microsoft.com/project"><Name>plan.xml</Name><Title>Refonte</Title>
<MinutesPerDay>420</MinutesPerDay><Tasks>
<Task><UID>0</UID><Name>x</Name><OutlineLevel>0</OutlineLevel><Summary>1</Summary>
<Start>2027-01-04T08:00:00</Start><Finish>2027-06-30T17:00:00</Finish></Task>
<Task><UID>1</UID><Name>Lot A</Name><OutlineLevel>1</OutlineLevel><Summary>1</Summary>
<Start>2027-01-04T08:00:00</Start><Finish>2027-03-31T17:00:00</Finish></Task>
<Task><UID>2</UID><Name>Étude</Name><OutlineLevel>2</OutlineLevel><Duration>PT56H0M0S</Duration>
<Start>2027-01-04T08:00:00</Start><Finish>2027-01-15T17:00:00</Finish>
<Baseline><Number>0</Number><Start>2027-01-04T08:00:00</Start>
<Finish>2027-01-08T17:00:00</Finish></Baseline>
<Baseline><Number>1</Number><Finish>2026-01-08T17:00:00</Finish></Baseline></Task>
<Task><UID>3</UID><Name>Recette</Name><OutlineLevel>2</OutlineLevel><Milestone>1</Milestone>
<Finish>2027-03-31T17:00:00</Finish><PredecessorLink><PredecessorUID>2</PredecessorUID>
<Type>1</Type><LinkLag>4200</LinkLag><LagFormat>7</LagFormat></PredecessorLink></Task>
<Task><UID>4</UID><Name>Lot B</Name><OutlineLevel>1</OutlineLevel><Summary>1</Summary></Task>
<Task><UID>5</UID><Name>Début B</Name><OutlineLevel>2</OutlineLevel><PredecessorLink>
<PredecessorUID>3</PredecessorUID><Type>3</Type><LinkLag>-14400</LinkLag><LagFormat>8</LagFormat>
</PredecessorLink></Task>
<Task><UID>6</UID><IsNull>1</IsNull></Task>
</Tasks></Project>"""


def test_a_plan_becomes_initiatives_milestones_and_dependencies() -> None:
    book = read(PLAN.encode(), "plan.xml")
    sheets = {sheet.name: sheet.rows for sheet in book.sheets}
    assert [row[1] for row in sheets["Initiatives"][1:]] == ["Refonte", "Lot A", "Lot B"]
    assert [row[2] for row in sheets["Initiatives"][2:]] == ["Refonte", "Refonte"]
    study = dict(zip(sheets["Milestones"][0], sheets["Milestones"][1], strict=False))
    assert (study["Initiative"], study["Name"]) == ("Lot A", "Étude")
    assert (study["Baseline"], study["Forecast"]) == ("2027-01-08", "2027-01-15")
    assert study["Duration (hours)"] == 56
    test = dict(zip(sheets["Milestones"][0], sheets["Milestones"][2], strict=False))
    assert (test["Task type"], test["Links"]) == ("milestone", "2FS+1d")


def test_links_between_initiatives_keep_type_and_lag() -> None:
    rows = read(PLAN.encode(), "plan.xml").sheets[2].rows
    assert rows[1:] == (("Lot A", "Lot B", "SS", -1, "Recette → Début B"),)


def test_the_kind_is_judged_on_content_not_on_name() -> None:
    assert read(PLAN.encode(), "plan.csv").kind == "mspdi"
    assert read(TABLE.encode(), "plan.xlsx").kind == "csv"
    with pytest.raises(FileRefused):
        read(b"%PDF-1.4", "table.csv")


def test_the_name_of_a_text_table_names_its_sheet() -> None:
    assert text(TABLE.encode(), "dir/Projets 2026.csv").sheets[0].name == "Projets 2026"
