"""The phrases that name the customer: ``customer Alder reports``, ``on behalf of Alder``."""

from __future__ import annotations

import re
from functools import cache

NAME_JOINTS = ("of", "and", "de", "van")


_NAME = r"(?:St\. )?[A-Z][\w&'-]*(?: (?:[A-Z&][\w&'-]*|of|and|de|van)){%s}(?<! of)(?<! and)"


@cache
def named_customer() -> re.Pattern[str]:
    """Compile ``customer NAME``, the name in capitals."""
    return re.compile(
        rf"\b(?:[Cc]ustomer|[Cc]lient)(?: is(?: called| named)?|:| \(|,)? ?"
        rf"({_NAME % '0,4'})(?![\w-])"
    )


@cache
def customer_who() -> re.Pattern[str]:
    """Compile ``NAME NAME reports``, names in capitals."""
    return re.compile(
        rf"(?:^|(?<=[,:;!] ))({_NAME % '1,4'}) (?:reports?|reported|called|calls|complains|"
        rf"complained|escalated|"
        r"cannot|can't|could|sees|says|has|is|are|have|had|was|were|wrote|raised|experiences?|"
        r"opens?|opened|raises|lost|loses|needs?|asked|told|informed|"
        r"estimates?|expects?|uses?|runs|suffers?|"
        r"confirm(?:s|ed)|insists|does|do|went|files?|filed|operates|started|noticed|found|"
        r"finds|gets|got|claims?|"
        r"here\b(?= \(|,|\.|:|!|$)|wants?|threatens?|demands?|"
        r"escalates|describes?|speaks|puts?|depends|relies)\b"
    )


@cache
def customer_behind() -> re.Pattern[str]:
    """Compile ``handover for NAME NAME``, ``viewers of NAME NAME``, names in capitals."""
    return re.compile(
        rf"\b(?:for|of|at|from|by|with|w/|on|our|from customer|about) ({_NAME % '1,4'})(?![\w-])"
    )


@cache
def customer_wrote() -> re.Pattern[str]:
    """Compile the head that a mail program writes above a quoted mail."""
    return re.compile(rf"(?:\bschrieb|[, >]) ?({_NAME % '0,4'})(?: wrote)?(?: <[^<>]{{3,60}}>)?:$")


@cache
def defined_customer() -> re.Pattern[str]:
    """Compile ``NAME NAME (the "Customer")``, and a label inside of a line: ``- client: NAME``."""
    return re.compile(
        rf"({_NAME % '0,5'}),? ?\(?(?:the |hereinafter |hereafter |herein |called )*"
        r"\"(?:[Tt]he )?(?:[Cc]ustomer|CUSTOMER|[Cc]lient|CLIENT)\""
        rf"|(?<=\W )(?:[Cc]ustomer|[Cc]lient)(?: name)?: ({_NAME % '0,5'})(?= *(?:$|[^\w\s&-]))"
    )


@cache
def numbered_name() -> re.Pattern[str]:
    """Compile a number and a name of two words or more behind it."""
    return re.compile(
        r"#?[\w/.-]{0,20}[0-9][\w/-]{0,20}(?:,| for| from| of) "
        rf"({_NAME % '1,5'})(?=[.,;]|$)"
    )
