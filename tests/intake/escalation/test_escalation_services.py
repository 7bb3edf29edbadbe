"""The service is what fails, and no paper, place or part of the plan that bears its word."""

import pytest

from impactcalc.intake.escalation import read_escalation

_SERVICES = [
    (
        (
            "Teams channel export: Escalation Quernmoor Terminals\n"
            "Monday, 4 May 2026\n\n"
            "[08:14] Ilka (on call)\n"
            "Quernmoor Terminals opened 7741-TQ today at 07:40 CET. Berth planner API hangs, "
            "trucks wait"
        ),
        "Berth planner API",
    ),
    (
        (
            "NOTICE\n"
            "given under clause 14.3 of the Master Services Agreement\n\n"
            "1. Reference\n"
            '1.1 This notice concerns case PEN/0093 of Saltholm Ferries (the "Customer").\n\n'
            "2. Incident\n"
            '2.1 The document search service (the "Service") answers a search in 35 seconds.'
        ),
        "document search service",
    ),
    (
        (
            "NOTICE\n"
            "under the Framework Services Contract\n\n"
            "1. Parties\n"
            '1.1 Saltholm Ferries (the "Client").\n'
            "2. Incident\n"
            '2.1 The ticket gate platform (hereinafter the "Platform") answers in 35 seconds.'
        ),
        "ticket gate platform",
    ),
    (
        (
            "Customer: Alder Foods\n\n"
            "The service desk was told at noon. The till sync engine drops receipts."
        ),
        "till sync engine",
    ),
    (
        (
            "Customer: Alder Foods\n\n"
            "Our platform team was told at noon by the system administrator. The till sync "
            "engine drops receipts."
        ),
        "till sync engine",
    ),
    (
        (
            "Customer: Alder Foods\n\n"
            "The account has premium service level. Their network operations centre rang. "
            "The till sync engine drops receipts."
        ),
        "till sync engine",
    ),
    (
        (
            "Customer: Alder Foods\n\n"
            "what's broken: stock lookup in the dealer ordering app (our SaaS). lookup takes "
            "18 s"
        ),
        "stock lookup in the dealer ordering app",
    ),
    (
        (
            "Subject: RE: [#48] Sable Seeds\n\n"
            "What they see: a reading needs 14 minutes to show up in the irrigation "
            "telemetry platform.\n"
            "The change: move readings to their own database."
        ),
        "irrigation telemetry platform",
    ),
    (
        (
            "Customer: Alder Foods\n\n"
            "Labels come late from the parcel label printer service; the web shop is not "
            "affected."
        ),
        "parcel label printer service",
    ),
    ("Customer: Alder Foods\nAffected: route planner\nNot affected: driver app", "route planner"),
    (
        ("Customer: Ilmen Rail\nTitle: seat map API times out behind the payment gateway"),
        "seat map API",
    ),
    (
        (
            "Customer ....... Alder Works\n"
            "Product ........ meter data gateway\n"
            "Priority ....... P2\n"
            "State .......... open"
        ),
        "meter data gateway",
    ),
    (
        (
            "Hi,\n\n"
            "students of Tarn cannot open papers in the exam portal since Monday; login "
            "server and mail work.\n"
        ),
        "exam portal",
    ),
    (
        (
            "Customer: Alder Foods\n\n"
            "We signed a new service agreement on Monday. The support centre is closed."
        ),
        None,
    ),
]


@pytest.mark.parametrize(("text", "name"), _SERVICES)
def test_the_service_fails_and_is_no_paper_place_or_part_of_the_plan(text, name):
    assert read_escalation(text).facts.service == name
