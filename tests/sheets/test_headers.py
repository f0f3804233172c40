from orchestre.sheets.headers import find_table
from orchestre.sheets.shapes import Sheet

HEAD = ("Projet", "Début", "Coût estimé")


def table(*rows: tuple[object, ...]) -> Sheet:
    return Sheet("S", rows)


def test_titles_and_blank_rows_above_the_header_are_skipped() -> None:
    found = find_table(
        table(("Portefeuille 2026",), (), ("Édité le", "2026-11-01"), HEAD, ("A", "2026", "3"))
    )
    assert (found.headers, found.header_row) == (HEAD, 4)
    assert found.rows == ((5, ("A", "2026", "3")),)


def test_unknown_headers_are_found_too() -> None:
    found = find_table(table(("Liste",), ("Zone", "Couleur", "Taille"), ("a", 1, 2), ("b", 3, 4)))
    assert (found.headers, found.header_row) == (("Zone", "Couleur", "Taille"), 2)


def test_empty_columns_vanish_and_nameless_ones_with_cells_stay() -> None:
    found = find_table(table(("Projet", None, "Début", None, None), ("A", "x", "2026", None)))
    assert found.headers == ("Projet", "Column 2", "Début")


def test_the_same_header_twice_is_told_apart() -> None:
    found = find_table(table(("Projet", "Coût", "coût", "Coût"), ("A", 1, 2, 3)))
    assert found.headers == ("Projet", "Coût", "coût (2)", "Coût (3)")


def test_notes_under_the_table_are_left_out_and_told() -> None:
    found = find_table(
        table(HEAD, ("A", "2026", "3"), (), ("* hors taxes",), ("Source : direction",))
    )
    assert len(found.rows) == 1
    assert [(notice.code, notice.row) for notice in found.notices] == [
        ("footnote", 4),
        ("footnote", 5),
    ]


def test_a_row_with_its_title_alone_is_a_row() -> None:
    assert len(find_table(table(HEAD, ("A", "2026", "3"), ("Projet sans date",))).rows) == 2


def test_a_table_on_its_side_is_turned() -> None:
    found = find_table(
        table(("Projet", "A", "B"), ("Début", "2026", "2027"), ("Coût estimé", "3", "4"))
    )
    assert found.transposed
    assert found.headers == HEAD
    assert found.rows == ((2, ("A", "2026", "3")), (3, ("B", "2027", "4")))


def test_what_the_person_settles_is_taken_as_settled() -> None:
    sheet = table(("x", "y"), HEAD, ("A", "2026", "3"))
    assert find_table(sheet, header_row=1).headers == ("x", "y", "Column 3")
    assert find_table(sheet, transposed=True).transposed


def test_an_empty_sheet_gives_an_empty_table() -> None:
    found = find_table(table())
    assert (found.headers, found.rows) == ((), ())
