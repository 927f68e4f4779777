"""Only what is surely not English is turned away."""

import pytest

from consistency.sources import read_records
from consistency.sources.language import detect

FOREIGN = {
    "fr": "Le port a traité douze millions de tonnes de marchandises pendant l'année, a déclaré son exploitant.",
    "es": "El puerto movió doce millones de toneladas de carga durante el año, según informó la empresa.",
    "de": "Der Hafen hat im vergangenen Jahr zwölf Millionen Tonnen Fracht umgeschlagen, wie der Betreiber mitteilte.",
    "nl": "De haven heeft vorig jaar twaalf miljoen ton vracht verwerkt en dat was meer dan in de jaren daarvoor.",
    "zh": "据港口运营商星期五表示,该港口去年处理了一千二百万吨货物,比前一年增加了百分之五,创下历史新高。",
    "ru": "По словам оператора, в прошлом году порт обработал двенадцать миллионов тонн грузов.",
}

ENGLISH = [
    "The harbour moved 12 million tonnes of cargo in 2021.",
    "Population: 81,204",
    "Population: 81,204 (July 1990), growth rate 0.7% (1990)\nBirth rate: 21 births/1,000 population (1990)",
    "12, 13, 14, 15, 16",
    "Ouagadougou Bobo-Dioulasso 12,000 km",
    "19 countries joined",
    "HARBOUR GROWS AGAIN AFTER THREE LEAN YEARS",
    "a",
    f"The minister said the words “{FOREIGN['fr'][:60]}” in a speech, and that it was time for a change.",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_or_unsure_is_read(text: str) -> None:
    assert detect(text) in ("en", None)
    assert len(read_records([{"text": text}])[0]) == 1


@pytest.mark.parametrize("code", FOREIGN)
def test_other_languages_are_skipped_by_name(code: str) -> None:
    sources, skipped = read_records([{"text": FOREIGN[code]}])
    assert sources == []
    assert [s.reason for s in skipped] == [f"language not read: {code}"]


def test_what_a_record_states_is_believed() -> None:
    assert read_records([{"text": ENGLISH[0], "language": "fr"}])[1][0].reason == "language not read: fr"
    assert read_records([{"text": FOREIGN["de"], "language": "en-GB"}])[0][0].language == "en"
