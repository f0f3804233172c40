"""A body, its meeting, and one of each thing that committees handle."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from orchestre.access import secrets_of
from orchestre.access.models import User
from orchestre.governance import models as governance
from orchestre.portfolio.models import Initiative


def build(claire: User, initiative: Initiative) -> dict[str, Any]:
    """A body that Claire prepares, its meeting, and one of each thing it handles."""
    body = governance.Body.objects.create(name="COPIL", open_to_readers=True)
    member = governance.Member.objects.create(body=body, user=claire, name="Claire Office")
    meeting = governance.Meeting.objects.create(
        body=body, starts_at=timezone.now() + timedelta(days=7)
    )
    item = governance.AgendaItem.objects.create(
        meeting=meeting, title="Décaler ?", initiative=initiative
    )
    common = {"body": body, "initiative": initiative}
    decision = governance.Decision.objects.create(
        code="D-2026-001", question="Décaler ?", chosen="Décaler", decided_by="DG", **common
    )
    return {
        "body": body,
        "member": member,
        "meeting": meeting,
        "item": item,
        "option": governance.Option.objects.create(item=item, title="Décaler"),
        "opinion": governance.Opinion.objects.create(item=item, user=claire, name="Claire"),
        "decision": decision,
        "action": governance.Action.objects.create(code="A-2026-001", what="Former", **common),
        "matter": governance.Matter.objects.create(code="R-2026-001", title="Retard", **common),
        "feed": governance.CalendarFeed.objects.create(
            user=claire, body=body, digest=secrets_of.fingerprint("calendar")
        ),
        "raci_role": governance.RaciRole.objects.create(decision=decision, letter="A", name="DG"),
    }


def secret(known: dict[str, Any], initiative: Initiative, canary: str) -> dict[str, Any]:
    """The same committee, sitting, with what a confidential initiative hides."""
    body, meeting = known["body"], known["meeting"]
    governance.Meeting.objects.filter(pk=meeting.pk).update(state="open")
    common = {"body": body, "initiative": initiative}
    item = governance.AgendaItem.objects.create(
        meeting=meeting, title=canary, initiative=initiative
    )
    return known | {
        "secret_option": governance.Option.objects.create(item=item, title=canary),
        "secret_opinion": governance.Opinion.objects.create(item=item, name=canary),
        "secret_matter": governance.Matter.objects.create(
            code="R-2026-009", title=canary, **common
        ),
        "issue": governance.Matter.objects.create(
            code="I-2026-001", kind="issue", title="Retard du fournisseur", body=body
        ),
        "secret_item": item,
        "secret_decision": governance.Decision.objects.create(
            code="D-2026-009", question=canary, chosen=canary, decided_by="DG", **common
        ),
        "secret_action": governance.Action.objects.create(code="A-2026-009", what=canary, **common),
    }
