"""The sign or words before a figure that make it a bound: ``<``, ``under``, ``about``."""

from __future__ import annotations

from impactcalc.intake.escalation.figures.mention import Bound, Mention

_BOUND_WORDS = {
    **dict.fromkeys(
        ("<", "<=", "\u2264", "under", "below", "up to", "max", "maximum"), Bound.UPPER
    ),
    **dict.fromkeys(("less than", "at most", "no more than", "never above"), Bound.UPPER),
    **dict.fromkeys(
        ("not more than", "never more than", "well under", "well below", "max."), Bound.UPPER
    ),
    **dict.fromkeys((">", ">=", "\u2265", "over", "above", "more than", "at least"), Bound.LOWER),
    **dict.fromkeys(("minimum", "min.", "no less than", "upwards of"), Bound.LOWER),
    **dict.fromkeys(("~", "\u2248", "about", "around", "roughly", "circa", "ca."), Bound.ABOUT),
    **dict.fromkeys(("approximately", "approx.", "approx", "some", "nearly"), Bound.ABOUT),
    **dict.fromkeys(("almost", "an estimated", "estimated", "c."), Bound.ABOUT),
}
_LONGEST_BOUND = 3  # words


def bounded(mention: Mention, text: str) -> Mention:
    """Read the sign or words before a figure: ``<``, ``under``, ``about``."""
    if mention.bound is not Bound.EXACT:
        return mention
    before = text[max(0, mention.start - 24) : mention.start].rstrip().lower()
    if not before:
        return mention
    if before.endswith(("->", "=>")):
        return mention
    for sign in ("<=", ">=", "<", ">", "~", "\u2264", "\u2265", "\u2248"):
        if before.endswith(sign):
            return mention._replace(
                bound=_BOUND_WORDS[sign], start=text.rindex(sign, 0, mention.start)
            )
    words = before.split()
    for count in range(min(_LONGEST_BOUND, len(words)), 0, -1):
        bound = _BOUND_WORDS.get(" ".join(words[-count:]))
        if bound is not None:
            return mention._replace(bound=bound)
    return mention
