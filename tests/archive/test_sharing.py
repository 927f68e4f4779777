"""Claims that came from elsewhere share what is equal, and are byte for byte what they were."""

from __future__ import annotations

import msgspec
import pytest

from benchmarks.invented import articles
from consistency.archive.sharing import Sharing
from consistency.extraction.claims import extract
from consistency.model import (
    Claim,
    Context,
    Derived,
    Extraction,
    Location,
    Measure,
    Period,
    Quote,
    Rank,
    Sentence,
    Value,
)
from consistency.sources import read_records


def travelled(extraction: Extraction) -> Extraction:
    """A copy of which no part is the same object."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(extraction), type=Extraction)


@pytest.fixture(scope="module")
def read() -> list[Extraction]:
    found, _ = read_records(articles(60, seed=60))
    return [extract(source) for source in found]


def full(source: str) -> Extraction:
    """Two claims of which no field is as it is by default."""
    period = Period(from_="2020-01-01", to="2020-12-31", granularity="year", basis="stated", text="2020")
    values = {"level": Value(low=1, high=1.0, low_open=True, high_open=True, point=1, hedge="about", step=1.0)}
    values["change"] = Value(low=1.0, high=1, low_open=True, high_open=True, point=1.0, hedge="about", step=1)
    claims = tuple(
        Claim(
            id=f"{source}#{aspect}",
            fingerprint="f",
            source=source,
            kind="money",
            text="1",
            start=1,
            end=2,
            sentence=Sentence(text="A 1.", start=0, end=4),
            location=Location(path="p", line=1, column=2, end_line=3, end_column=4, page=5),
            zone="lead",
            value=value,
            aspect=aspect,
            trend="up",
            unit="EUR",
            per="year",
            dimension="money",
            items=("a",),
            complete=True,
            quote=Quote(words="w", speaker="s", occasion="o"),
            rank=Rank(order="largest", of="port"),
            period=period,
            as_of=msgspec.structs.replace(period, basis="inferred"),
            measure=Measure(noun="port", relation="build", terms=("a", "b"), entities=("Orla",)),
            scope=("Orla",),
            modality="reported",
            speaker="s",
            standing="rumour",
            superseded=True,
            corrected=("value",),
            basis={"value": "stated", "period": "inherited"},
            derived=Derived(rule="r", from_=("x",), steps=("y",)),
            readings=(value,),
            confidence=0.5,
        )
        for aspect, value in values.items()
    )
    context = Context(
        source=source,
        publisher="p",
        published="2020-01-01",
        published_basis="metadata",
        places=("Orla",),
        persons=("Ana",),
        organisations=("O",),
        others=("x",),
        terms=("a", "b"),
        days=("2020-01-01",),
    )
    return Extraction(source=source, context=context, claims=claims, sentences=3, quantities=2, dropped=("d",))


def test_nothing_is_changed(read: list[Extraction]) -> None:
    share = Sharing()
    for extraction in (*read, full("a"), full("b")):
        made = share(travelled(extraction))
        assert made == extraction
        assert msgspec.json.encode(made) == msgspec.json.encode(extraction)  # 1 == 1.0, and is printed differently


def test_every_field_was_tried() -> None:
    by_default = Claim(
        id="", fingerprint="", source="", kind="", text=None, start=None, end=None, sentence=None, location=None,
        zone="", value=None,
    )  # fmt: skip
    extraction = full("a")
    for claim in extraction.claims:
        for record, plain in ((claim, by_default), (claim.measure, Measure()), (claim.period, Period())):
            same = [f for f in record.__struct_fields__ if getattr(record, f) == getattr(plain, f) and f != "aspect"]
            assert same == []


def test_what_is_equal_is_one_object(read: list[Extraction]) -> None:
    share = Sharing()
    one, two = share(travelled(full("a"))), share(travelled(full("b")))
    first, second = one.claims
    for name in ("sentence", "period", "measure", "basis", "source", "unit"):
        assert getattr(first, name) is getattr(second, name), name
    other = two.claims[0]
    assert first.kind is other.kind
    assert first.basis is other.basis
    assert first.measure.terms[0] is other.measure.terms[0] is two.context.terms[0]
    shared = [share(travelled(e)) for e in read]
    assert len({id(c.sentence) for e in shared for c in e.claims}) < sum(len(e.claims) for e in shared)
    assert len({id(c.basis) for e in shared for c in e.claims}) < 100
