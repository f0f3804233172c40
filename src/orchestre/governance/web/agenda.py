"""Pages of the agenda: items, options, what is due, opinions given before."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.governance import policy, queries
from orchestre.governance.models import AgendaItem, Meeting
from orchestre.governance.presenters import item as presenter
from orchestre.governance.presenters.marks import address
from orchestre.governance.services import agenda as services
from orchestre.governance.services import meetings, opinions, proposals
from orchestre.governance.web.forms import AskForm, ItemForm, OpinionForm, OptionForm, initial_of
from orchestre.governance.web.meetings import number
from orchestre.governance.web.steps import Step, step
from orchestre.org.entry import attempt, posted
from orchestre.ui.components import Button, Link


def _crumbs(item: AgendaItem) -> tuple[Link, ...]:
    return (
        Link(str(item.meeting), address("meeting", item.meeting_id)),
        Link(item.title, address("item", item.pk)),
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an item."""
    meeting = queries.meeting(request.user, pk)
    policy.may_prepare(request.user, meeting).require()
    form = ItemForm(
        posted(request), person=request.user, initial={"minutes": 10, "kind": "decision"}
    )
    about = Step(
        _("Write an item"),
        address("meeting", pk),
        _("Item added."),
        (Link(str(meeting), address("meeting", pk)),),
    )
    return step(
        request,
        form,
        lambda: services.add_item(request.user, meeting, form.values()),
        about,
        lambda item: address("item", item.pk),
    )


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one question."""
    return _page(request, queries.item(request.user, pk), AskForm())


def _page(request: HttpRequest, item: AgendaItem, ask: AskForm, status: int = 200) -> HttpResponse:
    page = presenter.build(request.user, item)
    later = item.meeting.body.meetings.filter(
        state__in=("planned", "open"), starts_at__gt=item.meeting.starts_at
    )
    context = {"page": page, "ask": ask, "form": ask, "later": later.order_by("starts_at")}
    return render(request, "governance/item.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a question."""
    item = queries.item(request.user, pk)
    policy.may_prepare(request.user, item.meeting).require()
    form = ItemForm(posted(request), person=request.user, initial=initial_of(ItemForm, item))
    remove = Button(_("Take off the agenda"), address("item-remove", pk), "danger", method="post")
    about = Step(
        _("Change the item"),
        address("item", pk),
        _("Item changed."),
        _crumbs(item),
        extra=(remove,),
    )
    return step(
        request,
        form,
        lambda: services.change_item(
            request.user, item, form.changes(), expected_version=form.expected_version
        ),
        about,
    )


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an item up or down."""
    item = queries.item(request.user, pk)
    services.move_item(request.user, item, -1 if request.POST.get("by") == "-1" else 1)
    return redirect(f"{address('meeting', item.meeting_id)}#item-{pk}")


@require_POST
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how long an item may take, from the agenda itself."""
    item = queries.item(request.user, pk)
    wanted = number(request.POST.get("minutes", ""))
    if wanted is None or not 1 <= wanted <= 240:
        messages.error(request, _("Give a whole number of minutes, from 1 to 240."))
    else:
        version = number(request.POST.get("version", ""))
        services.change_item(request.user, item, {"minutes": wanted}, expected_version=version)
    return redirect(f"{address('meeting', item.meeting_id)}#item-{pk}")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = queries.item(request.user, pk)
    services.remove_item(request.user, item)
    messages.success(request, _("Item taken off the agenda."))
    return redirect("governance:meeting", item.meeting_id)


@require_POST
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry an item to a later meeting."""
    item = queries.item(request.user, pk)
    to = number(request.POST.get("to", ""))
    later = get_object_or_404(policy.visible_meetings(request.user), pk=to or 0)
    services.postpone_item(request.user, item, later)
    messages.success(request, _("Postponed to %s.") % later)
    return redirect("governance:meeting", item.meeting_id)


@require_POST
def turn_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a question under discussion."""
    item = meetings.turn_to(request.user, queries.item(request.user, pk))
    return redirect(f"{address('screen', item.meeting_id)}?item={pk}")


@require_POST
def dealt(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an item without a decision is over."""
    item = meetings.dealt_with(request.user, queries.item(request.user, pk))
    messages.success(request, _("Item dealt with."))
    return redirect(f"{address('screen', item.meeting_id)}?item={pk}")


def _proposal(request: HttpRequest, pk: int) -> tuple[Meeting, proposals.Proposal]:
    meeting = queries.meeting(request.user, pk)
    policy.may_prepare(request.user, meeting).require()
    found = proposals.named(
        request.user, meeting, request.POST.get("source", ""), request.POST.get("key", "")
    )
    if found is None:
        raise Http404
    return meeting, found


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Put what is due on the agenda."""
    meeting, proposal = _proposal(request, pk)
    services.accept(request.user, meeting, proposal)
    messages.success(request, _("Put on the agenda."))
    return redirect("governance:meeting", pk)


@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave what is due out of this agenda."""
    meeting, proposal = _proposal(request, pk)
    services.set_aside(request.user, meeting, proposal)
    messages.success(request, _("Left out of this agenda; it comes back for the next one."))
    return redirect("governance:meeting", pk)


@require_http_methods(["GET", "POST"])
def option_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an option."""
    item = queries.item(request.user, pk)
    policy.may_prepare(request.user, item.meeting).require()
    form = OptionForm(posted(request), person=request.user)
    about = Step(_("Add an option"), address("item", pk), _("Option added."), _crumbs(item))
    return step(
        request, form, lambda: services.add_option(request.user, item, form.values()), about
    )


@require_http_methods(["GET", "POST"])
def option_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an option."""
    option = queries.option(request.user, pk)
    policy.may_prepare(request.user, option.item.meeting).require()
    form = OptionForm(posted(request), person=request.user, initial=initial_of(OptionForm, option))
    home = address("item", option.item_id)
    about = Step(_("Change the option"), home, _("Option changed."), _crumbs(option.item))
    return step(
        request,
        form,
        lambda: services.change_option(
            request.user, option, form.changes(), expected_version=form.expected_version
        ),
        about,
    )


@require_POST
def option_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an option."""
    option = queries.option(request.user, pk)
    services.remove_option(request.user, option)
    messages.success(request, _("Option removed."))
    return redirect("governance:item", option.item_id)


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody for an opinion."""
    item, form = queries.item(request.user, pk), AskForm(request.POST)
    if form.is_valid():
        tried = attempt(
            form,
            lambda: opinions.ask(
                request.user, item, form.cleaned_data["user"], form.cleaned_data["on_behalf_of"]
            ),
            action_url=request.path,
            cancel_url=address("item", pk),
        )
        if tried.done:
            messages.success(request, _("Opinion asked."))
            return redirect("governance:item", pk)
    else:
        policy.may_prepare(request.user, item.meeting).require()
    return _page(request, item, form, 422)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the opinion one was asked for; nobody reads it before the question is opened."""
    opinion = queries.opinion(request.user, pk)
    policy.may_give_opinion(request.user, opinion).require()
    item = opinion.item
    known = {"position": opinion.position, "text": opinion.text}
    form = OpinionForm(posted(request), initial=known if opinion.sealed_at else None)
    about = Step(
        _("Give an opinion before the vote"),
        address("item", item.pk),
        _("Opinion sealed: it is opened with the others, in the meeting."),
        _crumbs(item),
        lead=item.title,
        submit=_("Seal my opinion"),
    )
    return step(
        request,
        form,
        lambda: opinions.give(
            request.user, opinion, form.cleaned_data["position"], form.cleaned_data["text"]
        ),
        about,
    )
