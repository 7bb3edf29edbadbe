"""Verbs of work that mean the same: ``the nodes were bounced`` tells of ``restart the nodes``."""

from __future__ import annotations

from functools import cache

from impactcalc.intake.escalation.words.vocabulary import word_set
from impactcalc.intake.escalation.words.wording import stem

_KIN = (
    "restart reboot bounce recycle relaunch restarted powercycle",
    "disable deactivate turnoff switchoff stop halt suspend pause shutdown unplug mute",
    "enable activate turnon switchon reactivate",
    "replace swap exchange renew rotate reissue substitute",
    (
        "raise increase lengthen enlarge lift bump up grow double triple quadruple extend expand "
        "scaleup widen"
    ),
    "lower reduce shorten decrease cut shrink halve cutback throttle limit cap",
    "remove delete drop purge clear flush empty discard clean cleanup erase cleanout",
    "drain empty workoff process clear reprocess",
    "move migrate shift relocate transfer switch reroute redirect failover steer route repoint",
    "deploy rollout ship install apply release push roll publish patch",
    "close shut lock seal",
    "merge unite join combine consolidate",
    "add introduce setup create establish build provide install implement",
    "rollback revert undo backout restore reset",
    "block ban blacklist bar shutout reject filter",
    "resend reissue redeliver replay reprocess rerun repeat retransmit requeue",
    "write document draft author compose",
    "review revisit check audit examine inspect assess reassess verify",
    "rebuild reindex recreate reconstruct regenerate",
    "upgrade update renew modernise",
    "fix repair correct mend patch rectify",
    "notify inform tell contact brief alert mail",
    "retire decommission switchoff phaseout remove dismantle",
    "split separate isolate decouple partition detach divide",
    "test rehearse exercise drill try prove",
    "pin lock freeze fix",
    "refund credit reimburse repay",
    "tune adjust optimise tweak",
    "train teach brief school",
    "automate script",
    "warm warmup preload prefill",
    "restore recover reinstate bringback",
    "send dispatch",
)
"""One row a meaning; particles are written behind their verbs, as ``split_words`` joins them."""

VERBS = frozenset(word for words in _KIN for word in words.split())
"""Every verb of the rows."""

WORK = (VERBS - {"restarted"}) | word_set(
    "add alert answer apply archive ask audit automate book buy bring build bypass call change "
    "calculate check clean close collect compact compare connect copy correct count credit cut "
    "deliver "
    "deploy double drain enable enlarge exclude export fail file find finish flush force freeze "
    "give go halve hand hide hire import increase inform introduce keep lengthen let limit load "
    "log make measure merge monitor offer open order patch pay phone pin poll post postpone "
    "prepare prevent print promote provide publish pull purge push put raise "
    "rate read rebalance rebuild "
    "reconcile reconnect recount redirect redo reduce refill refund reject release reload remind "
    "remove rename renew reopen repair replay report reprint rerun reserve reset resize resume "
    "retry return rework rewrite run save scan schedule scrub search sell send serve set shard "
    "shed shift shorten shut sign skip slow sort start step stop store swap sweep sync take teach "
    "tell test tighten time trace track train trim tune turn unblock unlock use vacuum validate "
    "accept acknowledge announce assign backfill cancel compress convert divert evacuate exempt "
    "lend normalise prune quarantine reassign redeploy redistribute reflash reimage reinstall rent "
    "replicate resubmit retrain retune revise sandbox silence simulate stagger suspend "
    "synchronise terminate upload weigh "
    "kill verify wait warm warn watch withdraw work rehearse document"
)
"""Verbs that open an action behind ``and``."""


def is_work(word: str) -> bool:
    """Whether a word in small letters is a verb of work, alone or as the last of a compound.

    Examples
    --------
    >>> is_work("restart"), is_work("hand-sort"), is_work("re-key"), is_work("rain")
    (True, True, True, False)
    """
    head, hyphen, last = word.rpartition("-")
    again = word.removeprefix("re")  # "recalculate"
    return not WORK.isdisjoint((word, again)) or (bool(hyphen) and (head == "re" or last in WORK))


STOPPING = "pause stop disable suspend turnoff switchoff shutdown halt freeze block remove drop"
_ENDING = word_set(
    f"{STOPPING} deactivate mute retire decommission delete take cut unplug withdraw"
)


@cache
def _rows_by_stem() -> dict[str, frozenset[int]]:
    """Give the rows that each verb stands in, by its stem."""
    rows: dict[str, set[int]] = {}
    for number, words in enumerate(_KIN):
        for word in words.split():
            rows.setdefault(stem(word), set()).add(number)
    return {verb: frozenset(numbers) for verb, numbers in rows.items()}


def kinship(verb: str) -> frozenset[int]:
    """Give the meanings that the stem of a verb may have, as numbers; empty when unknown.

    Examples
    --------
    >>> bool(kinship("restart") & kinship("bounc")), bool(kinship("restart") & kinship("drop"))
    (True, False)
    """
    return _rows_by_stem().get(verb, frozenset())


@cache
def ending_verbs() -> frozenset[str]:
    """Give the stems of verbs that end something: what is still running was not paused."""
    return frozenset(map(stem, _ENDING))


@cache
def of_kind(kind: str) -> frozenset[str]:
    """Give the stems of the verbs in all rows that hold one verb: ``raise`` and those like it."""
    return frozenset(
        stem(word) for words in _KIN if kind in words.split() for word in words.split()
    )
