from orchestre.kernel.text import fold, slug_code


def test_fold_ignores_case_accents_and_punctuation() -> None:
    assert fold("  L’Œuvre : ÉTÉ-2026 ") == "l oeuvre ete 2026"


def test_slug_code_is_cut_clean() -> None:
    assert slug_code("Direction des achats et de la logistique") == "DIRECTION-DES-ACHATS-ET"
