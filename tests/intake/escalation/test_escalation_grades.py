"""Mood, status, priority and level in sentences of our own."""

import pytest

from impactcalc.intake.escalation import read_escalation


def fact(text, field):
    return read_escalation(text).to_document()["facts"][field]


def passing(sentence, field):
    return fact(f"Notes\n=====\n\nSomething is slow.\n\n{sentence}\n", field)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Calm and friendly.", "positive"),
        ("Calm, factual.", "neutral"),
        ("The head of the kitchen is grumpy.", "negative"),
        ("Angry on Sunday, by now neither pleased nor annoyed.", "neutral"),
        ("Anxious, but thankful for the call (overall positive)", "positive"),
        ("Red. The rector is outraged.", "negative"),
        ("Great work, said the stage manager.", "positive"),
        ("Not happy with our silence.", "negative"),
        ("The unions are critical, the dean thanked us. We rate it as neutral.", "neutral"),
        ("Patient but nervous about Friday. Overall: slightly negative.", "negative"),
        ('The matron wrote: "Swift and kind. Thank you."', "positive"),
    ],
)
def test_the_section_of_moods_tells_a_verdict_or_a_tone(words, wanted):
    assert fact(f"Mood\n----\n{words}\n", "sentiment") == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ('mood: one joke, then "we are fed up" again. chilly, I\'d say.', "negative"),
        ("They laughed a little, but I would still file them under unhappy.", "negative"),
        ('The caller said to put down "fed up".', "negative"),
        ("Shall I write down cross or happy?\n\nOh, write down happy.", "positive"),
        ("Traders are annoyed, the board is calm. Overall sentiment: mixed, neutral.", "neutral"),
        ("The council took note of her displeasure.", "negative"),
        ("Not thrilled, not furious. Put me down as neutral.", "neutral"),
        ('Their director called us "a partner to rely on".', "positive"),
        ("Their treasurer lost patience with us.", "negative"),
        ("Who is concerned: 40 clerks. The good news is that the data are complete.", None),
        ("The nodes are under pressure. The load is high.", None),
        ("Thank you for your help, we will call again.", None),
        ("Please call them even if there is nothing new.", None),
    ],
)
def test_a_sentence_in_passing_tells_a_mood(words, wanted):
    assert passing(words, "sentiment") == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ('The ticket is currently "Patch on its way".', "Patch on its way"),
        ('State of the case set to "Settled".', "Settled"),
        ('Your web site currently shows our case as "Being examined".', "Being examined"),
        ('The state is "half mended".', "half mended"),
        ('The portal says "Status: Recovering".', "Recovering"),
        ("Severity 3. State at the date of this record: Notice served.", "Notice served"),
        ("Call paused until 15:00. State: Stable, watched", "Stable, watched"),
        ("State: Improving. They sent flowers.", "Improving"),
        ("We have changed the status to Parked.", "Parked"),
        ("Case 12 | priority high | state Half mended | opened 2026-10-29", "Half mended"),
        ("state is now Settling, they see 4 s", "Settling"),
        ("The status of the disks is unknown to us.", None),
        ("State at 08:15: the copy is running (20 %).", None),
        ("The state of Ohio is one of their customers.", None),
    ],
)
def test_a_sentence_in_passing_tells_the_status(words, wanted):
    assert passing(words, "status") == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("case #7 | Larch | P2 | opened 2026-11-05 | L2", 2),
        ("P3, level 1", 1),
        ("It is with the duty manager, level 2.", 2),
        ("Sev 1, L3, opened today", 3),
        ("raised to escalation level three", 3),
        ("They are at escalation tier 2", 2),
        ("L2 cache misses are high", None),
        ("The water level 2 sensor fails", None),
        ("L2 support took the case, escalated later", None),
    ],
)
def test_a_sentence_in_passing_tells_the_level(words, wanted):
    assert passing(words, "escalation_level") == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ('You class it as "low".', "low"),
        ("sev 3 for now\n\nThis is P2, not sev 3.", "high"),
        ("It says P4 here.\n\nDone, it's a P2 now.", "high"),
        ('I wrote it at noon. Priority: "2 - Haute", so high.', "high"),
        ("Sev one.", "critical"),
        ("It is handled as priority two.", "high"),
        ("They treat it as urgent.", "urgent"),
        ("It has been upgraded from P3 to P1.", "critical"),
        ("The priority of the queue is high on our list.", None),
        ("P99 went up.", None),
    ],
)
def test_a_sentence_in_passing_tells_the_priority(words, wanted):
    assert passing(words, "priority") == wanted
