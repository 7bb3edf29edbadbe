"""The words that tell how people feel: a new word is one entry."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from impactcalc.intake.escalation.words.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_STRONG = {
    "negative": (
        "dissatisfied unsatisfied unhappy angry frustrated frustration furious annoyed annoying "
        "upset "
        "anxious disappointed disappointment disappointing strained tense worried nervous "
        "impatient "
        "irritated irritation stressed hostile outraged livid unacceptable alarmed displeased "
        "displeasure unimpressed "
        "exasperated exasperation fed-up mistrust distrust impatience anger irate enraged bitter "
        "resentful resentment complains complained grumble grumbling grumbles "
        "demanding agitated fuming uneasy unsettled distressed desperate grumpy sour frosty icy "
        "chilly sulking shouting shouts yelling yells scathing offended insulted dismayed dismay "
        "appalled horrified mad miffed aggrieved helpless vexed snappy indignant incensed "
        "disgruntled "
        "discontented disillusioned unnerved shaken exhausted afraid fearful stern reproachful "
        "betrayed embarrassed hurt moaning rage raging seething unfriendly curt sceptical "
        "skeptical "
        "heated resigned threatens threatened threatening troubled pissed bothered distraught wary "
        "unamused apprehensive weary sarcastic rude unpleasant dissatisfaction unhappiness "
        "discontent annoyance indignation outrage fury bitterness unease disquiet despondent "
        "disgrace disgraceful shambles farce scandalous angriest angrier "
        "inexcusable intolerable pathetic bitterly aghast distrustful mistrustful short-tempered"
    ),
    "positive": (
        "satisfied happy pleased grateful gratitude delighted appreciative appreciates appreciated "
        "appreciation thanked thankful praised praises praise impressed complimentary "
        "relieved relief cheerful trusting cordial courteous reassured amused friendly optimistic "
        "glad "
        "compliments complimented applauded enthusiastic thrilled contented supportive confident "
        "encouraged hopeful brilliant superb outstanding fantastic exemplary joyful "
        "kind-hearted warm-hearted overjoyed"
    ),
    "neutral": (
        "neutral calm factual cooperative co-operative collaborative patient matter-of-fact "
        "professional businesslike business-like constructive composed indifferent reserved polite "
        "relaxed unemotional sober level-headed even-tempered unexcited stoic objective sachlich "
        "neutrally detached unfazed unmoved"
    ),
}
_WEAK = {
    "negative": "negative poor bad critical tired concerned cold cross red low difficult worse "
    "strict loud awful sad hard harsh sharp pressing gloomy grim",
    "positive": "best positive content good excellent nice great kind warm green happier "
    "better well "
    "thanks thx "
    "trust trusts fine-tuned perfect super honest thank",
    "neutral": "mixed neither understanding balanced amber yellow fair okay ok so-so middling "
    "undecided quiet fine",
}
"""Words that tell a mood only where moods are spoken of: ``good``, ``red``, ``mixed``."""


def _by_word(rows: Mapping[str, str]) -> dict[str, str]:
    """Give the tone of each word."""
    return {word: tone for tone, words in rows.items() for word in words.split()}


STRONG = _by_word(_STRONG)
"""Tones of the words that tell a mood wherever they stand."""
TONES = {**_by_word(_WEAK), **STRONG}
"""Tones of all words of mood."""
PARTS = frozenset(word.partition("-")[0] for word in TONES)
"""First parts of these words, as a statement's words are cut."""
NEGATIONS = frozenset(
    {"not", "no", "never", "less", "hardly", "isn't", "aren't", "far", "nor", "without", "wasn't"}
)
FLIPPED = {"positive": "negative", "negative": "neutral", "neutral": "neutral"}
_PEOPLE = word_set(
    "customer customers client they their them relationship mood team cio cto ceo coo cfo ciso vp "
    "director manager managers lead leadership founders founder board head owner owners executive "
    "executives procurement stakeholders sponsor he she operations caller contact side boss people "
    "union chief counterpart counterparts tone atmosphere registrar mayor minister principal dean "
    "partner partners nurse nurses doctors staff volunteers crew crews producer him her committee "
    "council users agents brokers dispatchers teachers pilots secretary treasurer president bank "
    "firm editor buyers shift operators superintendent commissioner marketing officer "
    "parent passenger resident visitor tenant subscriber doctor farmer trader "
    "officers headteacher curator matron rector bursar provost"
)
PEOPLE = _PEOPLE | {f"{word}s" for word in _PEOPLE}
HUMAN = word_set(
    "angry furious livid frustrated annoyed upset unhappy irritated grateful delighted "
    "disappointed "
    "dissatisfied outraged fuming irate thankful grumpy disgruntled exasperated incensed indignant "
    "displeased displeasure shouting thanked cross appalled horrified enraged aghast"
)
"""Moods that only people have."""


_THINGS = word_set(
    "portal portals record records data app system systems care safety service services ward "
    "monitoring path condition priority state severity level incident issue failure error errors "
    "bug impact component update infrastructure"
)
_VERBS = frozenset({"is", "are", "was", "were", "looks", "seems", "stays", "remains"})
_MACHINES = word_set(
    "engine queue server servers cluster database node nodes pump system service dashboard monitor "
    "build pipeline disk printer printers scanner scanners app portal network link cache broker "
    "light lights lamp graph check checks test tests probe sensor sensors machine"
)
"""Things that are ``happy``, ``angry`` or ``red`` in the talk of engineers alone."""
_ADJECTIVES = frozenset({"patient", "critical", "poor", "bad", "good", "excellent", "tired"})


def describes_thing(word: str, before: Sequence[str], after: str) -> bool:
    """Whether a word of mood belongs to a thing: ``patient portal``, ``the queue is happy``."""
    if _VERBS.isdisjoint(before[-2:]):
        said: Sequence[str] = ()
    else:
        said = [one for one in before[-4:] if one not in _VERBS]
    if said and not _MACHINES.isdisjoint(said[-2:]):
        return True
    if after[:1] in {"|", ":"}:
        return word == "concerned"  # "Other customer concerned: ..." is a label
    following = after[1:].partition(" ")[0].strip(".,;:!?") if after[:1] == " " else ""
    if word == "patient" and following not in PEOPLE:  # "each patient", "patient bookings"
        named = before[-1:] != [] and before[-1] in _ARTICLES
        return named or (following.isalpha() and following not in _JOINTS)
    return word in _ADJECTIVES and following in _THINGS


_ARTICLES = word_set("a the each every one per no any of this that another same which for by")
_JOINTS = word_set(
    "and but or so with yet though although because as while for in at on until till today now if "
    "despite about since again still towards toward to throughout during after when enough too "
    "given even than then"
)
"""Words that may follow a mood: ``patient with us``."""


PHRASE_CUES = (
    *("looked after", "good hands", "are cross", "is cross", "still cross"),
    *("patience", "confidence", "trust", "faith", "under pressure", "on the edge", "fed up"),
    *("at the end of", "vent", "escalat", "left alone", "let down", "neither", "well done"),
    *("temper", "shouted at", "shouts at", "yelled at", "slammed", "loses it", "lost it"),
    *("hung up", "walked out", "banged the", "m cross", "e cross", "y cross", "o cross"),
    *("wits' end", "up in arms", "last straw", "last chance", "last warning", "seen enough"),
    *("not acceptable", "no longer trust", "full of praise", "over the moon", " stride"),
    *("good work", "nice work", "great work", "great job", "good job", "thank you", "lawyer"),
    *("not amused", "taken seriously", "a joke", "had enough", "sick of", "no complaint"),
    *("rely on", "worn out", "short with", "tired of", "broken promise", "money back"),
)


@cache
def phrases() -> re.Pattern[str]:
    """Compile moods told in more than one word, each as a group of its tone."""
    return re.compile(
        r"\b(?P<negative>los(?:ing|t|es?) (?:\w+ )?(?:patience|confidence|trust|faith)|out of "
        r"patience|"
        r"los(?:ing|t|es?) (?:his|her|their|the) temper|tempers? (?:is|are|was|were) (?:running|"
        r"rising|short|frayed)|(?:shouted|shouts|shouting|yelled|yells) at|slammed the phone|"
        r"(?:loses|lost) it\b|"
        r"no patience|patience is (?:running|wearing)|under pressure|on the edge|at the end of "
        r"(?:his|her|their)|lack of trust|breach of (?:trust|faith|confidence)|"
        r"broken promises?|(?:asks?|demands?|wants?) (?:for )?(?:his|her|their|my|our) money back|"
        r"trust is gone|vent(?:ed|ing)|escalat\w+ to (?:the )?"
        r"(?:ceo|board)|fed up|left alone|let down|not amused|not (?:being |feel )?taken seriously|"
        r"(?:confidence|trust|faith) (?:in \w+ )?(?:has |have |is |was )?(?:been )?(?:badly )?"
        r"(?:suffered|gone|shaken|eroded|dented|damaged)|(?:they|he|she|customer|client) "
        r"(?:are|is) (?:still |very |rather |quite |really )?cross|"
        r"a joke|had enough|sick of|my lawyer|our lawyers|(?:his|her|their|my|our) wits' end|"
        r"worn out|short with (?:me|us|everybody|everyone)|tired of|"
        r"up in arms|not acceptable|last (?:straw|chance|warning)|seen enough|no longer trusts?|"
        r"hung up on (?:me|us|him|her|them)|walked out of the (?:call|meeting)|banged the table|"
        r"(?:i'm|i am|we're|we are) (?:really |very |so |quite )?cross)\b|"
        r"\b(?P<positive>well done|(?:good|nice|great) (?:work|job)|thank you|"
        r"no complaints?(?!,? (?:and|but) no praise)|"
        r"(?:very )?well looked after|in good hands|full of praise|over the moon|"
        r"partner to rely on)\b|"
        r"\b(?P<neutral>(?:(?:matter-of-fact|factual|businesslike|sober|calm|objective)[,;]? "
        r"(?:and )?no complaints?|no complaints?(?=,? (?:and|but) no praise))"
        r"(?:,? (?:and|but) no praise)?|in (?:his|her|their) stride|"
        r"neither (?:\w+ ){0,3}?(?:happy|pleased|satisfied|angry|annoyed|upset|good|"
        r"bad|positive|unhappy|delighted|warm|cold|friendly|hostile|content|relaxed|grateful|"
        r"enthusiastic|thrilled|impressed|relieved|worried)(?: \w+)? nor)\b"
    )
