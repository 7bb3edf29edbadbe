"""Who it is and which: names without a label, numbers by shape or verb, and when it came to us."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(text).to_document()["facts"]


@pytest.mark.parametrize(
    "text",
    [
        "Hi,\n\nI am writing on behalf of Linnet Foods. Their stock API is slow.\n\nBest,\nAna\n",
        "Subject: Linnet Foods cannot print\nFrom: Ana\n\nHi Ben,\n\nit is down.\n",
        "Hi,\n\nour stock API is slow.\n\nRegards,\nJane Porter\nHead of IT\nLinnet Foods\n",
        "Call, 4 May 2026\nPresent: Jane Porter (Linnet Foods), Tom (us), Ana (us)\n\nSlow.\n",
        "Customers concerned: Linnet Foods, nobody else.\nThe stock API is slow.\n",
        "LF-7, P1, Linnet Foods, stock API\n\nIt is slow.\n",
        "Linnet Foods: stock API slow (LF-7, Sev 1)\n\nIt is slow.\n",
        "Summary\n-------\n\nLinnet Foods' stock API is slow. Linnet Foods is angry.\n",
        "[10:02] ana: Linnet Foods on the line, the stock API is dead\n[10:03] ben: ok\n",
        "Hello,\n\nthis is Linnet Foods. Our stock API is down.\n",
        "Hi all\n\nquick one on Linnet Foods (groceries, Leeds): the stock API is down\n",
        "Who: Linnet Foods, 300 users\nWhat: stock API slow\n",
        "Phone note\n\nCaller: Jane Porter, Linnet Foods\nTopic: stock API returns errors\n",
        "Today Linnet Foods escalated case LF-7.\n",
        "At 10:00 UTC Linnet Foods reported that the stock API was down.\n",
        "Microsoft Teams - Incidents / Linnet Foods\n\nLinnet Foods has no stock.\n",
        'Customer: Linnet Foods (the "Buyer").\n',
        "Customer: Linnet Foods, opened 7 May 2026, and in a hurry.\n",
        "Escalation record: Linnet Foods\n\nIt is slow.\n",
    ],
)
def test_the_best_supported_name_is_the_customer(text):
    assert facts(text)["customer"] == "Linnet Foods"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The parcel carrier Quickhare uses our routing engine.\n", "Quickhare"),
        ("Quickhare's dispatchers cannot log in.\n", "Quickhare"),
        ("Your call on behalf of Linnet Foods plc.\n", "Linnet Foods plc"),
        ("Customer: Linnet Foods, Inc.\n", "Linnet Foods, Inc."),
        ("Ms Jane Porter called. It is slow.\n", None),
        ("Our Managing Partner wrote. The stock API is slow.\n", None),
        ("Everything is down. Nothing works.\n", None),
    ],
)
def test_a_name_in_a_sentence(text, name):
    assert facts(text)["customer"] == name


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Re: [26-0388] Linnet Foods, stock API slow\n", "26-0388"),
        ("Opened today as 26-0388, priority 1.\n", "26-0388"),
        ("We gave the matter the number LF-61.\n", "LF-61"),
        ("Our reference 26/0588-L\n", "26/0588-L"),
        ("=== incident log JP-0092 ===\n", "JP-0092"),
        ("We track it as PRB-66.\n", "PRB-66"),
        ("P1 - LF-77 - stock API - Linnet Foods\n", "LF-77"),
        ("The text is in UTF-8 and ISO-8859.\n", None),
        ("Opened on 2026-05-04 as a P1.\n", None),
    ],
)
def test_a_number_by_its_shape_or_its_verb(text, number):
    assert facts(text)["id"] == number


REPORT = "Report\nDate: 9 July 2026\n\n"


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("Opened 3 July 2026 at 10.30 UTC", "created", "2026-07-03T10:30:00+00:00"),
        ("Opened 3 July 2026 at 4 pm BST", "created", "2026-07-03T16:00:00+01:00"),
        ("Opened at 4.20 pm BST on 3 July 2026", "created", "2026-07-03T16:20:00+01:00"),
        ("Opened 3 July 2026, 1000 UTC", "created", "2026-07-03T10:00:00+00:00"),
        ("They rang us on 3 July 2026.", "created", "2026-07-03"),
        ("The ticket dates from 3 July 2026.", "created", "2026-07-03"),
        ("On 6 July they filed the ticket.", "created", "2026-07-06"),
        ("They rang on 3 July 2026, the case was opened on 4 July 2026.", "created", "2026-07-04"),
        ("I want it escalated, today, please.", "escalated", "2026-07-09"),
        ("On 5 July 2026 their CIO asked for an escalation.", "escalated", "2026-07-05"),
        ("Renewal talks start on 1 May 2027.", "renewal_date", None),
        ("They decide about the renewal before 1 May 2027.", "renewal_date", None),
        (
            "The contract ends 30.04.2027 and that is the renewal date.",
            "renewal_date",
            "2027-04-30",
        ),
        ("Monthly invoice is GBP 3,100.", "monthly_fee", 3100),
        ("They are on the $19,000-a-month plan.", "monthly_fee", 19000),
        ("Contract: EUR 11,000 p.m., runs until March 2027", "monthly_fee", 11000),
        ("The contract says 99.7 % availability and SEK 88,000 per month.", "monthly_fee", 88000),
    ],
)
def test_dates_and_fees_in_sentences(text, field, wanted):
    assert facts(f"{REPORT}{text}\n")[field] == wanted


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What fails is the routing engine.\n", "routing engine"),
        ("Affected: Live stock feed\n", "Live stock feed"),
        ("key service for tills: it asks and waits\n", "key service"),
        ("Opening a file in your document vault takes 9 s, one search in five fails.\n", "vault"),
    ],
)
def test_the_failing_service_is_named_in_passing(text, name):
    assert name in facts(text)["service"]


def test_a_pair_of_dates_stands_in_the_order_of_its_label():
    told = facts("Opened / escalated: 11.01.2026 / 13.01.2026\n")
    assert (told["created"], told["escalated"]) == ("2026-01-11", "2026-01-13")


@pytest.mark.parametrize(
    "text",
    [
        "Call with St. Corbin Foods\nTaking part: Prof. Ade and Mr Lutz (client), us\n\nSlow.\n",
        "Intranet > Customer News > Red phone\n\nThe customer is St. Corbin Foods.\n",
    ],
)
def test_neither_persons_nor_news_are_the_customer(text):
    assert facts(text)["customer"] == "St. Corbin Foods"


def test_what_works_is_not_the_failing_service():
    text = "The web portal is fine. The stock gateway returns errors.\n"
    assert facts(text)["service"] == "stock gateway"
