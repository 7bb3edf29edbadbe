"""A mail as its reader sees it: from, date and subject, then the body; forwarded mails below."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import TYPE_CHECKING

from impactcalc.domain.sourced import Caution
from impactcalc.errors import InputError, Problem
from impactcalc.intake.coats import Uncoated
from impactcalc.intake.escalation.words.vocabulary import holds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_HEADS = ("From", "To", "Date", "Subject")
_FORWARDED = "-----Original Message-----"
_MOST_MAILS = 20  # mails inside one another
_NAMES_SHOWN = 6
_AS_TEXT = "save the words of the mail as a .txt file"


def read_mail(data: bytes, name: str) -> Uncoated:
    """Read a mail: multipart, quoted-printable, base64, HTML, forwarded as an attachment.

    Parameters
    ----------
    data
        The file.
    name
        Its name for messages.

    Raises
    ------
    InputError
        The mail is broken, nested too deeply, in an unknown encoding, or has no words of its own.
    """
    try:
        mail = BytesParser(policy=policy.default).parsebytes(data)
        mails = list(_mails(mail, 0))
        bodies = [_body(one) for one in mails]
        attached = [part_name for one in mails for part_name in _attachments(one)]
        heads = [_head(one) for one in mails]
    except (RecursionError, LookupError, ValueError, AttributeError) as error:
        problem = Problem(f"the mail cannot be read: {_reason(error)}", _AS_TEXT, name)
        raise InputError(problem) from error
    if not any(body.strip() for body in bodies):
        raise InputError(Problem(_empty(attached), _remedy(attached), name))
    parts = [f"{head}\n\n{body.strip(chr(10))}" for head, body in zip(heads, bodies, strict=True)]
    text = f"\n\n{_FORWARDED}\n".join(parts)
    return Uncoated(text.replace("\r\n", "\n"), tuple(_cautions(attached)))


def _mails(mail: EmailMessage, depth: int) -> Iterator[EmailMessage]:
    """Give a mail, then those that are attached to it."""
    yield mail
    if depth >= _MOST_MAILS:
        raise ValueError("too many mails inside one another")
    for part in mail.walk():
        if part is not mail and part.get_content_type() == "message/rfc822":
            for inner in part.get_payload():
                if isinstance(inner, EmailMessage):
                    yield from _mails(inner, depth + 1)
            return  # walk() has gone through the mails inside the first


def _head(mail: EmailMessage) -> str:
    """Give the lines above the body that a mail program shows."""
    lines = (f"{name}: {' '.join(str(mail[name]).split())}" for name in _HEADS if mail[name])
    return "\n".join(lines)


def _body(mail: EmailMessage) -> str:
    """Give the words of a mail: its plain text, else its HTML as text.

    In plain text struck words look like any others: where the HTML strikes some, it is read.
    """
    part = mail.get_body(("plain", "html"))
    words = _words(part)
    if part is not None and part.get_content_subtype() == "plain":
        page = mail.get_body(("html",))
        if isinstance(page, EmailMessage) and holds(str(page.get_content()).lower(), _STRIKES):
            return _words(page)
    if part is None or (not words.strip() and part.get_content_subtype() == "plain"):
        words = _words(mail.get_body(("html",)))
    return words


_STRIKES = ("<s>", "<s ", "<del", "<strike", "line-through")


def _words(part: Message | None) -> str:
    """Decode one part; a page becomes its text."""
    if not isinstance(part, EmailMessage) or part.get_content_maintype() != "text":
        return ""
    content = str(part.get_content())
    if part.get_content_subtype() != "html":
        return content
    from impactcalc.intake.coats.page import page_text

    return page_text(content)


def _attachments(mail: EmailMessage) -> Iterator[str]:
    """Name what is attached, mails excepted; it is neither read nor written."""
    body = mail.get_body(("plain", "html"))
    if not mail.is_multipart() and body is None:
        yield mail.get_filename() or mail.get_content_type()
        return
    for part in mail.iter_attachments() if mail.is_multipart() else ():
        if part.get_content_type() != "message/rfc822":
            yield part.get_filename() or part.get_content_type()


def _cautions(attached: list[str]) -> Iterator[Caution]:
    """Warn of what was not read."""
    if attached:
        shown = ", ".join(attached[:_NAMES_SHOWN])
        more = f" and {len(attached) - _NAMES_SHOWN} more" if len(attached) > _NAMES_SHOWN else ""
        yield Caution("", f"attachments are not read: {shown}{more}", 0)


def _empty(attached: list[str]) -> str:
    """Say why a mail gives nothing."""
    if attached:
        return f"the mail holds no text, only an attachment: {', '.join(attached[:_NAMES_SHOWN])}"
    return "the mail holds no text"


def _remedy(attached: list[str]) -> str:
    """Say what to do about a mail without words."""
    return "save the attachment and read that file" if attached else _AS_TEXT


def _reason(error: Exception) -> str:
    """Say in a person's words what is wrong with a mail."""
    if isinstance(error, RecursionError):
        return "its parts are nested too deeply"
    words = str(error)
    return f"{words[:1].lower()}{words[1:]}"[:120] or "it is broken"
