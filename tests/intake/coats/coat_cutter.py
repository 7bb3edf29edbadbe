"""One escalation, put into every coat by hand."""

import io
import zipfile
from email.message import EmailMessage
from html import escape

LINES = (
    "Customer: Halvorsen Marine",
    "Ticket: HM-4410",
    "Priority: High",
    "",
    "The mooring portal is slow: a page takes 14 seconds (normally 2 seconds).",
    "Affected users: 1,250 harbour clerks",
    "Revenue at risk: \u20ac9,600 per day",
    "",
    "Recovery plan",
    "- 0-4 hours: restart the map server",
    "- 4-24 hours: move the tiles to a cache",
)
TEXT = "\n".join(LINES)
FACTS = {
    "id": "HM-4410",
    "customer": "Halvorsen Marine",
    "priority": "high",
    "users_affected": 1250,
    "revenue_at_risk_per_day": 9600,
    "currency": "EUR",
    "latency_normal_s": 2,
    "latency_now_s": 14,
    "stages": [
        {"name": None, "from_hours": 0, "to_hours": 4, "actions": ["restart the map server"]},
        {"name": None, "from_hours": 4, "to_hours": 24, "actions": ["move the tiles to a cache"]},
    ],
}

PAGE = f"""<!DOCTYPE html><html><head><title>x</title><style>p {{ color: red }}</style></head><body>
{"".join(f"<p>{escape(line)}</p>" for line in LINES[:8] if line)}
<div style="display: none">Revenue at risk: $1 per day</div>
<script>document.write("Affected users: 7")</script>
<h2>Recovery plan</h2>
<ul><li>0&ndash;4 hours: restart the map&nbsp;server<li><b>4-24 hours</b>: move the tiles
 to a cache</ul></body></html>"""

TABLE_PAGE = """<table><tr><th>Phase</th><th>Window</th><th>Actions</th></tr>
<tr><td>First</td><td>0-4 hours</td><td><p>restart the map server</p>
<p>tell the pilots</p></td></tr>
<tr><td>Then</td><td>4-24 hours</td><td>move the tiles<br>warm the cache</td></tr></table>"""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(line):
    properties, words = "", line
    if line.startswith("- "):
        words = line[2:]
        properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    elif line == "Recovery plan":
        properties = '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
    half = len(words) // 2  # Word cuts words into runs wherever it likes
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (words[:half], words[half:])
    )
    return f"<w:p>{properties}{runs}</w:p>"


def word_file(body=None, *, part="word/document.xml", prolog=""):
    xml = body if body is not None else "".join(map(paragraph, LINES))
    document = f'{prolog}<w:document xmlns:w="{W}"><w:body>{xml}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, document)
    return packed.getvalue()


def mail(text=TEXT, *, html=None, subject="mooring portal", encoding="quoted-printable"):
    message = EmailMessage()
    message["From"] = "Harbour Desk <desk@example.org>"
    message["To"] = "escalations@example.org"
    message["Date"] = "Tue, 14 Jul 2026 08:12:00 +0200"
    message["Subject"] = subject
    if text is not None:
        message.set_content(text, cte=encoding)
    if html is not None:
        if text is None:
            message.set_content(html, subtype="html")
        else:
            message.add_alternative(html, subtype="html")
    return message


def pdf_file(text=TEXT, *, password=None):
    import typst

    lines = "".join(f"#text({line!r})".replace("'", '"') + " \\\n" for line in text.split("\n"))
    data = typst.compile(f"#set page(width: 18cm)\n{lines}".encode())
    if password is None:
        return data
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password)
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()
