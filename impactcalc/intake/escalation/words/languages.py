"""Languages: the small words by which a neighbour of English is known."""

from __future__ import annotations

from functools import cache

from impactcalc.intake.escalation.words.vocabulary import word_set


@cache
def function_words() -> dict[str, frozenset[str]]:
    """Give the small words of neighbouring languages; none of them is an English word."""
    return {
        name: word_set(words)
        for name, words in {
            "German": "der und ist nicht mit seit von dem ein eine einen sind wir das auf für es "
            "sie werden wird bei nach zu im zur zum sehr unser unsere kunde uhr pro",
            "French": "le la les et est une des du nous vous que qui dans pour pas avec sur depuis "
            "sont ne au aux notre client par jour ce cette il",
            "Spanish": "el la los las es una del que por con para se está están hay desde al su "
            "nuestro cliente día y en lo le",
            "Italian": "il lo gli è una della che per con sono non di dal nel alla nostro cliente "
            "giorno si da ed questo",
            "Portuguese": "os uma da que com para não se está estão há desde ao nosso cliente dia "
            "e em do dos das foi",
            "Dutch": "de het een van en dat niet met voor zijn wordt worden naar bij ook onze ons "
            "sinds er te zij klant op",
            "Swedish": "och att det som är inte på med för av har vi sedan från vår den kunden kr",
            "Danish": "og at det som er ikke på med af har siden fra vores kunden der kan",
            "Norwegian": "og det som er ikke på med av har siden fra vår kunden kan til",
            "Polish": "nie się jest na że od przez nasz klient dla jak są oraz po dnia",
            "Turkish": "ve bir bu için ile çok değil olarak müşteri gün olan kadar sonra",
        }.items()
    }
