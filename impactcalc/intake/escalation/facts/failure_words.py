"""The words of failure, and of a share of requests: patterns that are compiled when asked for."""

from __future__ import annotations

import re
from functools import cache


@cache
def failing() -> re.Pattern[str]:
    """Compile the words of failure."""
    return re.compile(
        r"#(?:ref|n/a|value|div/0|name|null)\b|"  # what a sheet cannot compute
        r"\b(?:fail\w*|reject\w*|drop(?:s|ped|ping)?|lost|los(?:e|es|ing)|errors?|error[- ]?ing|"
        r"tim(?:e|es|ed|ing)[- ]out|timeouts?|refus\w+|declin\w+|abort\w*|return(?:s|ed|ing)? "
        r"(?:an? )?(?:http )?(?:error\w*|[45][0-9x]{2}|to )|"
        r"end(?:s|ed|ing)? (?:up )?(?:with|in|as|(?:at|on) an?)\b|"
        r"c[oa]mes? back (?:with|as|empty)|time-outs?|"
        r"(?:does|do|did) not (?!use|need|affect|count|matter|apply|notice)\w+|"
        r"(?:is|are|was|were) not (?!affected|impacted|included|concerned|used|counted)\w+|"
        r"(?:is|are|was|were|get|gets) (?:sent|turned|thrown|knocked) (?:back|away|down|out)|"
        r"returned to|(?:is|are|was|were|get|gets) denied|"
        r"http [45][0-9x]{2}|br(?:eaks?|oke) off|servfail|unusable|"
        r"kill(?:s|ed)|den(?:y|ies|ied)|terminated|evicted|"
        r"empty|corrupt\w*|unreadable|missing|bounc\w+|[45]xx|50[0-4]|429|"
        r"never (?!(?:above|below|over|more|less|longer|under|exceed\w*|takes?|took|mind|before|"
        r"been|had|an?|the|in|on|again|happen\w*)\b)\w+|"
        r"not (?:delivered|answered|go "
        r"through|complete)\w*|"
        r"[a-z]+s not (?!affected|impacted|included|concerned|used|counted)[a-z]{2,}(?:ed|en|nt)"
        r"(?! yet)|unanswered|blank|undelivered|"
        r"unsuccessful\w*|crash\w*|disconnect\w*|stall\w*|cut off|"
        r"(?:do|does) not (?:arrive|complete|connect|go through|get through)|cannot be \w+|"
        r"stuck|interrupt\w*|cancel\w*|expir(?:e|es|ed|ing)|faulty|wrong\w*|defective|d(?:ie|ies|ied|ying)|vanish\w*|swallow\w+|discard\w+|garbled|damaged|mangled|truncated|distorted|scrambled|"
        r"(?:gets?|returns?|yields?|gives?|brings?|finds?|delivers?) (?:no|nothing)\b|"
        r"(?:gets?|returns?|sees?|ends? (?:in|with)) an? (?:[45][0-9x]{2}|error|timeout)|"
        r"misrouted|misdirected|mislaid|"
        r"go(?:es)? missing|shows? no (?!change|sign|effect|improve)[a-z]+|"
        r"without (?:an? )?(?:answer|audio|reply|result|response|confirmation))\b"
    )


@cache
def every_nth() -> re.Pattern[str]:
    """Compile ``every fifth call``."""
    return re.compile(
        r"\bevery ([0-9]{1,3})(?:st|nd|rd|th)\b|\bevery "
        r"(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth)\b"
    )


@cache
def in_every() -> re.Pattern[str]:
    """Compile what stands between the figures of ``one bid in every twenty``, and the second."""
    return re.compile(r"(?: [a-z-]+){0,2} (?:in|out of|of every|of each)(?: every| each)? ~?$")


@cache
def some_of() -> re.Pattern[str]:
    """Compile ``7 of 10 calls``: of requests, not of machines."""
    return re.compile(
        r"\b([0-9]{1,5}) of (?:the |every |all )?([0-9]{1,5}) (?:[a-z-]+ )?(?:streams|"
        r"requests|calls|"
        r"messages|downloads|uploads|jobs|payments|orders|transactions|log-?ins|bookings|searches|"
        r"syncs|e-?mails|queries|attempts|transfers|prints|scans|checks|updates|invoices|imports|"
        r"exports|invocations|submissions|readings|faxes|builds|deliveries|responses|packets)\b"
    )


@cache
def fraction() -> re.Pattern[str]:
    """Compile ``a fifth of the orders``, ``half of all calls``."""
    return re.compile(
        r"\b(two[ -]thirds|three[ -]quarters|half|third|quarter|fifth|sixth|seventh|eighth|ninth|"
        r"tenth) (?:of|(?<=half )(?:the|all|their|our|its))\b"
        r"|\ba (third|quarter|fifth|sixth|seventh|eighth|ninth|tenth) "
        r"(?:gives?|ends?|fails?|returns?|gets?|is|are)\b"
    )
