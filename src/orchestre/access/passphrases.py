"""Words that a passphrase may not rest on."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.queries import organisation
from orchestre.kernel.text import fold


class ContextWordsValidator:
    """Refuse a passphrase made of the product's, the organisation's or the person's name."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise when what is left without those words is too short."""
        if len(password) < 12:
            return  # said by the rule on length
        about = organisation()
        texts = ["orchestre", about.name if about else ""]
        if isinstance(user, User):
            texts += [user.name, user.email.split("@", maxsplit=1)[0]]
        left = fold(password).replace(" ", "")
        for word in sorted({w for text in texts for w in fold(text).split()}, key=len)[::-1]:
            if len(word) > 3:
                left = left.replace(word, "")
        if len(left) < 6:
            raise ValidationError(
                _("Choose other words than your name or the organisation's."), code="context"
            )

    def get_help_text(self) -> str:
        """Say the rule before it is broken."""
        return _("Not your name, nor the organisation's.")
