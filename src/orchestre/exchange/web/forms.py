"""The forms of an import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orchestre.sheets.limits import LIMITS

HEAVIEST = max(LIMITS.xlsx_bytes, LIMITS.csv_bytes, LIMITS.mspdi_bytes)


class FileForm(forms.Form):
    """A file dropped or chosen, or cells pasted."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        max_length=250,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt,.zip,.xml"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Cells copied from a spreadsheet, headers included"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and refuse what is too heavy before reading it."""
        given = self.cleaned_data
        file, pasted = given.get("file"), str(given.get("pasted") or "")
        if file is None and not pasted.strip() and not self.errors:
            raise forms.ValidationError(_("Choose a file, or paste cells."))
        if file is not None and file.size is not None and file.size > HEAVIEST:
            sentence = _("This file is heavier than %(limit)s MiB. Split it in two.")
            self.add_error("file", sentence % {"limit": HEAVIEST >> 20})
        return given

    def received(self) -> tuple[bytes, str]:
        """Return the content and the name of what was sent."""
        file = self.cleaned_data.get("file")
        if file is not None:
            return file.read(), str(file.name)
        return str(self.cleaned_data["pasted"]).encode(), f"{_('Pasted cells')}.txt"
