"""The chain: any tampering is found, none is imagined (R20)."""

from __future__ import annotations

import json
import random

import pytest
from django.db import DatabaseError, connection, transaction

import cast
from factories import unit
from orchestre.journal import checking, rules
from orchestre.journal.models import Change, ChangeSet, Entry, Head
from orchestre.journal.rules import Anchor
from orchestre.journal.services import act, append
from orchestre.org.models import Unit

LINKS = 12


@pytest.fixture
def chain(db: None) -> list[Entry]:
    user = cast.person("claire")
    top = unit("Top")
    for number in range(LINKS):
        with act(user, "org.rename", f"Renamed {number}", reason="because") as doing:
            doing.update(top, {"name": f"Name {number}", "custom": {"ratio": number / 7}})
    return list(Entry.objects.all())


@pytest.fixture
def unlocked(chain: list[Entry]) -> None:
    """What an insider with the database does first: take the triggers away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_append_only")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        else:
            cursor.execute("DROP TRIGGER journal_entry_no_UPDATE")
            cursor.execute("DROP TRIGGER journal_entry_no_DELETE")


def test_an_untouched_chain_holds(chain: list[Entry]) -> None:
    assert checking.verify() == (LINKS, None)
    assert checking.verify([checking.head_of()]) == (LINKS, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET verb = 'x' WHERE seq = 3",
        "DELETE FROM journal_entry WHERE seq = 3",
        "DELETE FROM journal_entry",
    ],
)
def test_the_database_refuses_to_rewrite_a_link(chain: list[Entry], statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert checking.verify() == (LINKS, None)


def test_every_single_altered_column_of_a_link_is_found(chain: list[Entry], unlocked: None) -> None:
    changes = {
        "verb": "org.delete",
        "actor": "u999",
        "body": '{"seq":5}',
        "previous_hash": "0" * 64,
        "hash": "f" * 64,
        "at": chain[0].at,
    }
    for column, value in changes.items():
        before = Entry.objects.filter(seq=5).values().get()
        Entry.objects.filter(seq=5).update(**{column: value})
        assert checking.verify()[1] is not None, column
        Entry.objects.filter(seq=5).update(**before)
    assert checking.verify() == (LINKS, None)


def test_altered_words_and_values_are_found(chain: list[Entry], unlocked: None) -> None:
    change_set = chain[4].change_set
    assert change_set is not None
    ChangeSet.objects.filter(pk=change_set.pk).update(reason="another reason")
    assert checking.verify()[1] == rules.Break(5, "values")
    ChangeSet.objects.filter(pk=change_set.pk).update(reason="because", label="Other")
    assert checking.verify()[1] == rules.Break(5, "values")
    ChangeSet.objects.filter(pk=change_set.pk).update(label="Renamed 4")
    Change.objects.filter(change_set=change_set).update(after={"name": "Forged"})
    assert checking.verify()[1] == rules.Break(5, "values")


def test_deleted_inserted_and_swapped_links_are_found(chain: list[Entry], unlocked: None) -> None:
    with transaction.atomic():
        Entry.objects.filter(seq=7).delete()
        assert checking.verify()[1] == rules.Break(7, "missing")
        transaction.set_rollback(True)
    with transaction.atomic():
        Entry.objects.create(
            seq=LINKS + 1,
            at=chain[0].at,
            actor="u1",
            verb="x",
            body="{}",
            previous_hash=chain[-1].hash,
            hash=rules.link(chain[-1].hash, "{}"),
        )
        assert checking.verify()[1] == rules.Break(LINKS + 2, "truncated")
        transaction.set_rollback(True)
    with transaction.atomic():
        bodies = {3: chain[3].body, 4: chain[2].body}
        for seq, body in bodies.items():
            Entry.objects.filter(seq=seq).update(body=body)
        assert checking.verify()[1] == rules.Break(3, "altered")
        transaction.set_rollback(True)


def test_an_act_written_beside_the_journal_is_found(chain: list[Entry]) -> None:
    stray = ChangeSet.objects.create(verb="x", label="beside", salt="00")
    assert checking.verify()[1] == rules.Break(stray.pk, "unlinked")


def test_a_truncated_chain_is_found_by_its_head_then_by_an_anchor(
    chain: list[Entry], unlocked: None
) -> None:
    anchor = checking.head_of()
    last = chain[LINKS - 3]
    Entry.objects.filter(seq__gt=last.seq).delete()
    ChangeSet.objects.filter(entry=None).delete()
    assert checking.verify()[1] == rules.Break(last.seq + 1, "truncated")
    Head.objects.update(seq=last.seq, hash=last.hash)
    assert checking.verify()[1] is None  # nobody kept the head: this cannot be seen
    assert checking.verify([anchor])[1] == rules.Break(last.seq + 1, "truncated")


def test_a_chain_rewritten_whole_is_found_by_an_anchor(chain: list[Entry], unlocked: None) -> None:
    anchor = checking.head_of()
    previous = rules.GENESIS
    for entry in chain:
        body = json.loads(entry.body)
        if entry.seq == 6:
            body["verb"] = entry.verb = "org.forged"
            ChangeSet.objects.filter(entry=entry).update(verb="org.forged")
        entry.body = rules.canonical(body)
        entry.previous_hash, entry.hash = previous, rules.link(previous, entry.body)
        entry.save()
        previous = entry.hash
    Head.objects.update(hash=previous)
    assert checking.verify()[1] is None
    assert checking.verify([anchor])[1] == rules.Break(LINKS, "rewritten")


def test_random_tamperings_of_pure_links_are_all_found() -> None:
    draw = random.Random(20)
    for _round in range(400):
        entries = _pure(draw.randint(2, 30))
        head = (len(entries), entries[-1][3])
        assert rules.first_break(entries, head) is None
        tampered = _tamper(draw, list(entries))
        if tampered != entries:
            assert rules.first_break(tampered, head) is not None


def _pure(count: int) -> list[tuple[int, str, str, str]]:
    entries, previous = [], rules.GENESIS
    for seq in range(1, count + 1):
        body = rules.canonical({"seq": seq, "verb": f"v{seq}"})
        entries.append((seq, body, previous, rules.link(previous, body)))
        previous = entries[-1][3]
    return entries


def _tamper(
    draw: random.Random, entries: list[tuple[int, str, str, str]]
) -> list[tuple[int, str, str, str]]:
    at = draw.randrange(len(entries))
    way = draw.choice(["flip", "delete", "insert", "swap", "truncate", "roll back"])
    if way == "flip":
        row = list(entries[at])
        column = draw.randrange(1, 4)
        text = str(row[column])
        spot = draw.randrange(len(text))
        row[column] = text[:spot] + chr(ord(text[spot]) ^ 1) + text[spot + 1 :]
        entries[at] = (int(row[0]), str(row[1]), str(row[2]), str(row[3]))
    elif way == "delete":
        del entries[at]
    elif way == "insert":
        entries.insert(at, entries[at])
    elif way == "swap":
        other = draw.randrange(len(entries))
        entries[at], entries[other] = entries[other], entries[at]
    else:
        del entries[at:]
    return entries


def test_numbers_that_databases_rewrite_raise_no_alarm(db: None) -> None:
    values = {"a": 2.0, "b": 1e22, "c": -0.0, "d": 1e-7, "e": 0.1, "f": [1.0, {"g": 3.0}]}
    user = cast.person("claire")
    with act(user, "org.create", "Numbers") as doing:
        doing.create(Unit(code="NUM", name="Numbers", custom=values))
    assert checking.verify()[1] is None


def test_anchors_are_read_as_people_write_them() -> None:
    assert Anchor.parse(" 12:7F3A91C27f3a91c2 ") == Anchor(12, "7f3a91c27f3a91c2")
    for wrong in ("12", "12:7f3a", "x:7f3a91c27f3a91c2", "12:zzzzzzzzzzzzzzzz"):
        with pytest.raises(ValueError, match=wrong):
            Anchor.parse(wrong)


def test_facts_without_rows_are_links_too(db: None) -> None:
    append(None, "journal.note", {"changes": 0, "digest": "", "facts": {"n": 1}})
    assert checking.verify() == (1, None)
