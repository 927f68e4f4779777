"""The data files are whole: no phrase stands twice, none is out of reach."""

from collections import Counter

from consistency.rulebook import default_rulebook
from consistency.sources.lines import fold
from consistency.sources.names import known_agency, known_publisher
from consistency.sources.phrases import classify_line


def test_publishers_have_one_name_each() -> None:
    data = default_rulebook().load("lexicon/publishers.yaml")
    forms = Counter(fold(f) for part in data.values() for name, others in part.items() for f in (name, *others))
    assert [f for f, n in forms.items() if n > 1] == []
    for part, names in data.items():
        for name, others in names.items():
            for form in (name, *others):
                assert known_publisher(form.upper()) == name
                assert known_agency(form) == (name if part == "agencies" else None)


def test_zone_phrases_are_unique_and_reached() -> None:
    data = default_rulebook().load("lexicon/zones.yaml")
    for kind in ("caption", "related", "boilerplate"):
        for phrases in data[kind].values():
            assert [p for p, n in Counter(fold(str(p)) for p in phrases).items() if n > 1] == []
        for phrase in data[kind]["starts"]:
            assert classify_line(f"{phrase} 2 words") is not None
    for line in data["boilerplate"]["lines"]:
        assert classify_line(str(line).title()) is not None
    for heading in data["related"]["headings"]:
        assert classify_line(f"{heading}:") == "related"


def test_header_words_are_unique() -> None:
    data = default_rulebook().load("lexicon/datelines.yaml")
    labels = [w for k in ("published", "updated", "source", "byline", "title", "url", "other") for w in data[k]]
    assert [w for w, n in Counter(labels).items() if n > 1] == []
    names = [w for words in data["keys"].values() for w in words]
    assert [w for w, n in Counter(names).items() if n > 1] == []
    assert sorted(int(m) for m in data["months"]) == list(range(1, 13))
