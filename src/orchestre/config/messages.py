"""The French of the pages: one part per feature, compiled together at installation.

`python -m orchestre.config.messages` compiles; with `--missing` it lists what has no French.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]
FOLDER = PACKAGE / "locale" / "fr" / "LC_MESSAGES"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Key = tuple[str, str | None]
NO_BREAK, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
MARKS = (
    (re.compile(r"(?<=\S) (?=[:»](?!\w))"), NO_BREAK),
    (re.compile(r"(?<=\S) (?=[;?!](?!\w))"), THIN),
    (re.compile(r"(?<=«) "), NO_BREAK),
)


def merged() -> Catalog:
    """Read every part into one catalogue; two parts that differ on a sentence are an error."""
    whole = Catalog(locale="fr", project="Orchestre", charset="utf-8", fuzzy=False)
    for path in sorted((FOLDER / "parts").glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale="fr", charset="utf-8", abort_invalid=True)
        for message in part:
            if message.id:
                _add(whole, message, path)
    return whole


def _add(whole: Catalog, message: Message, path: Path) -> None:
    known = whole.get(message.id, message.context)
    string = message.string or ""
    french = typeset(string) if isinstance(string, str) else tuple(typeset(one) for one in string)
    if known is not None and known.string and known.string != french:
        sys.exit(f"{path.name}: “{message.id}” already has another French: “{known.string}”.")
    whole.add(message.id, french, flags=message.flags, context=message.context)


def typeset(text: str) -> str:
    """Keep : ; ? ! and guillemets with the word beside them, whoever typed an ordinary space."""
    for pattern, kept in MARKS:
        text = pattern.sub(kept, text)
    return text


def compile_french() -> Path:
    """Write the compiled catalogue that Django reads."""
    target = FOLDER / "django.mo"
    content = io.BytesIO()
    write_mo(content, merged())
    FOLDER.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".tmp")
    temporary.write_bytes(content.getvalue())
    temporary.replace(target)
    return target


def used() -> Iterator[tuple[Key, str]]:
    """Yield every sentence of the code and the templates, and where it is."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 - Django must be there

    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            yield from _in_f_strings(source, path)
        else:
            source = templatize(source, origin=str(path))
        lines = io.BytesIO(source.encode())
        for number, text, _comments, context in extract(
            "python", lines, keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            one = text[0] if isinstance(text, tuple) else text
            if one:
                yield (one, context), f"{path.relative_to(PACKAGE)}:{number}"


def _in_f_strings(source: str, path: Path) -> Iterator[tuple[Key, str]]:
    """Yield the sentences inside f-strings, which the extraction takes for plain text."""
    for whole in ast.walk(ast.parse(source)):
        if not isinstance(whole, ast.JoinedStr):
            continue
        for call in ast.walk(whole):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"_", "gettext"}:
                text = ast.literal_eval(call.args[0])
                yield (text, None), f"{path.relative_to(PACKAGE)}:{call.lineno}"


def missing() -> list[str]:
    """Return the sentences that have no French, or only a doubtful one."""
    catalogue = merged()
    found: dict[Key, str] = {}
    for (text, context), place in used():
        message = catalogue.get(text, context)
        strings = message.string if message is not None else ""
        complete = all(strings) if isinstance(strings, tuple) else bool(strings)
        if not complete or (message is not None and message.fuzzy):
            found.setdefault((text, context), place)
    return [f"{place}: {text}" for (text, _context), place in found.items()]


def main() -> None:
    """Compile, or list what is missing."""
    if "--missing" in sys.argv[1:]:
        sys.stdout.write("\n".join(missing()) + "\n")
    else:
        compile_french()


if __name__ == "__main__":
    main()
