"""The same escalation in every coat gives the same facts; what cannot be read is refused."""

import base64
import gzip

import pytest

from impactcalc.errors import InputError
from impactcalc.intake.coats import kind_of, uncoat
from impactcalc.intake.escalation import read_escalation
from tests.intake.coats.coat_cutter import (
    FACTS,
    LINES,
    PAGE,
    TEXT,
    mail,
    paragraph,
    pdf_file,
    word_file,
)

COATS = {
    "plain.txt": TEXT.encode,
    "marked.txt": lambda: b"\xef\xbb\xbf" + TEXT.encode(),
    "wide.txt": lambda: TEXT.encode("utf-16"),
    "unmarked-wide.txt": lambda: TEXT.encode("utf-16-le"),
    "big-endian.txt": lambda: TEXT.encode("utf-16-be"),
    "windows.txt": lambda: TEXT.replace("\n", "\r\n").encode("cp1252"),
    "quoted.eml": lambda: mail().as_bytes(),
    "base64.eml": lambda: mail(encoding="base64").as_bytes(),
    "both.eml": lambda: mail(html=PAGE).as_bytes(),
    "html.eml": lambda: mail(None, html=PAGE).as_bytes(),
    "page.html": PAGE.encode,
    "latin.htm": lambda: PAGE.replace("<title>", '<meta charset="windows-1252"><title>').encode(
        "cp1252"
    ),
    "word.docx": word_file,
    "print.pdf": pdf_file,
}


@pytest.fixture(scope="module", params=COATS, ids=str)
def coat(request):
    return request.param, COATS[request.param]()


def facts_of(data, name):
    return read_escalation(uncoat(data, name).text).facts.to_mapping()


def test_every_coat_holds_the_same_facts(coat):
    name, data = coat
    found = facts_of(data, name)
    assert {field: found[field] for field in FACTS} == FACTS


def test_the_lines_of_the_facts_are_those_of_the_uncoated_text(coat):
    name, data = coat
    text = uncoat(data, name).text
    lines = text.replace("\r\n", "\n").split("\n")
    for one in read_escalation(text).provenance:
        assert one.text in lines[one.line - 1]


@pytest.mark.parametrize("name", ["-", "note", "case.dat"])
def test_a_coat_shows_itself_without_a_suffix(name):
    kinds = {
        "text": TEXT.encode(),
        "page": PAGE.encode(),
        "word": word_file(),
        "pdf": pdf_file(),
        "mail": b"MIME-Version: 1.0\n" + mail().as_bytes(),
    }
    assert {kind_of(data, name) for kind, data in kinds.items() if kind_of(data, name) == kind} == {
        *kinds
    }


def test_a_pasted_mail_with_its_heads_stays_a_plain_text():
    text = "From: A\nTo: B\nSubject: portal\n\nAffected users: 40\n"
    assert kind_of(text.encode(), "paste.txt") == "text"


def test_a_forwarded_mail_is_older_than_the_mail_around_it():
    inner = mail("Affected users: 40\nCustomer: Halvorsen Marine")
    outer = mail("Now 55 users are affected.", subject="Fwd: portal")
    outer.add_attachment(inner)
    assert facts_of(outer.as_bytes(), "forward.eml")["users_affected"] == 55
    assert facts_of(outer.as_bytes(), "forward.eml")["customer"] == "Halvorsen Marine"


def test_attachments_are_named_and_not_read():
    outer = mail()
    outer.add_attachment(b"Priority: low", maintype="application", subtype="x", filename="log.bin")
    found = uncoat(outer.as_bytes(), "case.eml")
    assert [one.message for one in found.cautions] == ["attachments are not read: log.bin"]
    assert "Priority: low" not in found.text


def test_the_dates_of_a_mail_stand_above_its_words():
    text = uncoat(mail("It is down.").as_bytes(), "case.eml").text
    assert text.split("\n")[:4] == [
        "From: Harbour Desk <desk@example.org>",
        "To: escalations@example.org",
        "Date: Tue, 14 Jul 2026 08:12:00 +0200",
        "Subject: mooring portal",
    ]


def only_attachment():
    message = mail("")
    message.set_content(b"x", maintype="application", subtype="pdf", filename="scan.pdf")
    return message.as_bytes()


REFUSED = {
    "empty.txt": (lambda: b"", "the file is empty"),
    "blank.eml": (lambda: mail("\n \n").as_bytes(), "the mail holds no text"),
    "attachment.eml": (only_attachment, "only an attachment: scan.pdf"),
    "charset.eml": (
        lambda: b'Content-Type: text/plain; charset="no-such"\n\nhello',
        "the mail cannot be read: unknown encoding",
    ),
    "base64.eml": (
        lambda: b"Content-Transfer-Encoding: base64\nContent-Type: text/plain\n\n====",
        "the mail holds no text",
    ),
    "binary.txt": (lambda: bytes(range(256)), "binary data"),
    "packed.txt": (lambda: gzip.compress(TEXT.encode()), "binary data"),
    "blank.html": (lambda: b"<html><script>x()</script></html>", "holds no text"),
    "archive.docx": (lambda: word_file(part="other.xml"), "is an archive, and no Word file"),
    "cut.docx": (lambda: word_file()[:200], "is a broken or encrypted Word file"),
    "broken.docx": (lambda: word_file("<w:p>"), "is a broken Word file"),
    "bomb.docx": (
        lambda: word_file(prolog='<!DOCTYPE x [<!ENTITY a "b">]>'),
        "declares entities",
    ),
    "locked.docx": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 90,
        "a Word file of before 2007, or with a password",
    ),
    "mail.msg": (lambda: b"x", "Outlook's own mail format is not read"),
    "locked.pdf": (lambda: pdf_file(password="secret"), "the PDF is encrypted"),
    "broken.pdf": (lambda: b"%PDF-1.7\nnothing of it", "is a broken PDF"),
    "picture.pdf": (lambda: pdf_file(""), "the PDF holds no text"),
    "note.rtf": (lambda: b"{\\rtf1 hello}", "rich text is not read"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_by_its_name(name):
    data, message = REFUSED[name]
    with pytest.raises(InputError) as refusal:
        uncoat(data(), name)
    assert message in str(refusal.value)
    assert name in str(refusal.value)


def test_a_word_document_larger_than_the_limit_is_refused_unpacked():
    with pytest.raises(InputError, match="MB when unpacked, 20 MB is the limit"):
        uncoat(word_file("x" * 20_000_100), "large.docx")


def test_a_page_nested_without_end_is_read():
    deep = "<div>" * 50_000 + "Affected users: 40" + "<blockquote>" * 50_000
    assert uncoat(deep.encode(), "deep.html").text == "Affected users: 40"


def test_a_mail_nested_without_end_is_refused():
    head = "".join(
        f'Content-Type: multipart/mixed; boundary="{number}"\n\n--{number}\n'
        for number in range(3_000)
    )
    with pytest.raises(InputError, match="the mail"):
        uncoat(head.encode(), "deep.eml")


def test_cells_of_a_page_keep_their_columns():
    page = (
        "<table><tr><th>Item<th>Value<tr><td>Priority</td><td></td></tr>"
        "<tr><td>Plan</td><td><p>drain | refill</p><p>test<br>again</p></td></tr></table>after"
    )
    assert uncoat(page.encode(), "x.html").text.split("\n") == [
        "| Item | Value |",
        "| Priority |  |",
        "| Plan | drain / refill<br>test<br>again |",
        "",
        "after",
    ]


def test_lists_quotes_and_code_of_a_page_keep_their_marks():
    page = (
        "<ol><li>one<ul><li>inner</li></ul></li><li>two</ol><blockquote>quoted<br>twice"
        "</blockquote><pre>a\n  b</pre>"
    )
    assert uncoat(page.encode(), "x.html").text.split("\n") == [
        *("1. one", "  - inner", "2. two", "", "> quoted", "> twice", "", "a", "  b")
    ]


def test_a_word_table_is_a_table():
    def cell(*lines):
        return f"<w:tc>{''.join(map(paragraph, lines))}</w:tc>"

    rows = f"<w:tr>{cell('Phase')}{cell('Actions')}</w:tr><w:tr>{cell('A')}{cell('x', 'y')}</w:tr>"
    text = uncoat(word_file(f"<w:tbl>{rows}</w:tbl>"), "x.docx").text
    assert [line for line in text.split("\n") if line] == ["| Phase | Actions |", "| A | x<br>y |"]


def test_a_word_paragraph_keeps_breaks_tabs_and_leaves_out_deletions():
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>inside</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert uncoat(word_file(body), "x.docx").text == "a\tb\nc\ninside"


def test_only_the_first_pages_of_a_long_pdf_are_read():
    import typst

    data = typst.compile("".join(f"page {n} #pagebreak()\n" for n in range(1, 53)).encode())
    found = uncoat(data, "long.pdf")
    assert [one.message for one in found.cautions] == [
        "the PDF has 53 pages: only the first 50 are read"
    ]
    assert "page 50" in found.text
    assert "page 51" not in found.text


def test_a_missing_base64_padding_does_not_lose_the_words():
    body = base64.b64encode(TEXT.encode()).rstrip(b"=")
    data = b"Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8\n\n" + body
    assert facts_of(data, "cut.eml")["users_affected"] == 1250


def test_every_line_of_the_text_survives(coat):
    name, data = coat
    text = " ".join(uncoat(data, name).text.replace("\u2013", "-").split())
    for line in LINES:
        assert " ".join(line.removeprefix("- ").split()) in text


def test_what_a_page_strikes_is_marked_even_where_an_element_is_not_closed():
    page = (
        b"<html><p>Status: <s>New</s> Open<ul><li><del>Old</del> step</ul><table><tr><td>Nodes"
        b"<td style='text-decoration:line-through'>3<tr><td>Zones<td>2</table>"
        b"<p style='text-decoration: line-through'>Fee: <span>4</span><p>Fee: 5"
        b"<p><span style='text-decoration:line-through'><span>6</span>7</span> 8</html>"
    )
    assert uncoat(page, "x.html").text.split("\n\n") == [
        "Status: <s>New</s> Open",
        "- <s>Old</s> step",
        "| Nodes | <s>3</s> |\n| Zones | 2 |",
        "<s>Fee: 4</s>",
        "Fee: 5",
        "<s>67</s> 8",
    ]


def test_what_a_word_file_strikes_is_marked_and_what_was_moved_away_is_left_out():
    def run(words, mark=""):
        return f'<w:r><w:rPr>{mark}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'

    runs = run("a ") + run("b", "<w:strike/>") + run("c", '<w:dstrike w:val="1"/>')
    moved = f"<w:moveFrom>{run('here')}</w:moveFrom><w:moveTo>{run('there')}</w:moveTo>"
    plain = run(" d", '<w:strike w:val="0"/>')
    body = f"<w:p>{runs}{plain}</w:p><w:p>{moved}</w:p>"
    assert uncoat(word_file(body), "x.docx").text == "a <s>bc</s> d\nthere"


def test_a_mail_whose_page_strikes_words_is_read_from_the_page():
    both = mail("Affected users: 300 450", html="<p>Affected users: <s>300</s> 450</p>")
    assert facts_of(both.as_bytes(), "case.eml")["users_affected"] == 450
