"""Who it is about: a name by what speaks for it, and never a sentence, a label or an address."""

import pytest

from impactcalc.intake.escalation import read_escalation


def customer(text):
    return read_escalation(text).facts.customer


_NAMED = [
    (
        (
            "### shift log ### client: Alder Foods ### times in UTC\n\n"
            "2026-05-02 03:10 [nia] opened after alert, prio 1\n"
            "2026-05-02 03:40 [bridge] client: 4,000 scanners go offline, drivers wait at "
            "the gate\n"
            "2026-05-02 04:40 [bridge] client: we lose 300 EUR per hour"
        ),
        "Alder Foods",
    ),
    (
        (
            "Tarn House, 4 May 2026\n\n"
            "Dear Mr Sole,\n\n"
            "you asked for a page about the Brenwick Building Society affair. The society "
            "opened case BB/22 on 2 May 2026. Its clerks cannot print statements. The "
            "statement printer needs 40 seconds instead of 2.\n\n"
            "Yours sincerely,\n"
            "Edda Crane\n"
            "Service Director"
        ),
        "Brenwick Building Society",
    ),
    (
        (
            "Ardmouth, 4 May 2026\n\n"
            "Dear Mr Sole,\n\n"
            "I write to report on the matter of Penloe Museums Trust. The trust raised case "
            "22/817 on 2 May 2026 about the ticket shop. About 300 clerks wait.\n\n"
            "Yours sincerely,\n"
            "Edda Crane"
        ),
        "Penloe Museums Trust",
    ),
    (
        (
            "Hartwell & Moss Solicitors\n"
            "12 Old Mill Lane\n"
            "Ardmouth\n\n"
            "4 May 2026\n\n"
            "To the Head of Support\n\n"
            "Dear Sir or Madam,\n\n"
            "your document store has failed our fee earners since Monday. We opened ticket "
            "99817 on 2 May 2026. 120 of our people cannot file.\n\n"
            "Yours faithfully,\n"
            "Edda Crane\n"
            "Office Manager"
        ),
        "Hartwell & Moss Solicitors",
    ),
    (
        (
            "Tessel Cloud GmbH\n"
            "Hafenstrasse 1, Hamburg\n\n"
            "Hartwell Dental Group\n"
            "Ms Ada Lorne\n"
            "3 Quay Street\n\n"
            "4 May 2026\n\n"
            "Your escalation 99817\n\n"
            "Dear Ms Lorne,\n\n"
            "we are sorry that our booking platform fails your practices. 120 of your people "
            "are affected.\n\n"
            "Yours sincerely,\n"
            "Edda Crane\n"
            "Tessel Cloud GmbH"
        ),
        "Hartwell Dental Group",
    ),
    (
        (
            "Dear colleagues,\n\n"
            "as agreed I pass on the complaint of the Marl County Library. The library has "
            "used our catalogue search since 2019. On 2 May 2026 it opened case 7781.\n\n"
            "Best wishes\n"
            "Edda"
        ),
        "Marl County Library",
    ),
    (
        (
            "NOTICE\n"
            "under clause 9 of the Framework Services Agreement\n\n"
            "1. Parties\n"
            '1.1 This notice is given by Saltholm Ferries (the "Client") in case SF/0021.\n'
            "1.2 The case was opened on 2 May 2026.\n\n"
            "2. Incident\n"
            '2.1 The ticket gate platform (the "Platform") answers in 35 seconds.'
        ),
        "Saltholm Ferries",
    ),
    (
        (
            "FORMAL NOTICE\n\n"
            'Between Saltholm Ferries (hereinafter "Customer") and Tessel Cloud GmbH '
            '(hereinafter "Provider")\n\n'
            "1 Background\n"
            "1.1 The Customer opened case SF/0021 on 2 May 2026."
        ),
        "Saltholm Ferries",
    ),
    (
        (
            "Slack export\n"
            "Channel: escalations / Brightmere Schools Trust\n"
            "By: Ana Reed\n\n"
            "--- Monday, 4 May 2026 ---\n\n"
            "[08:41] Ana Reed (Support)\n"
            "Brightmere Schools Trust, case 88-1200, opened today 08:15 UTC. Audio lessons "
            "platform. Sev 2.\n\n"
            "[08:44] Tom Bell (Account)\n"
            "they are unhappy\n\n"
            "[08:46] Ida Vance (Audio)\n"
            "restarting now"
        ),
        "Brightmere Schools Trust",
    ),
    (
        (
            "Teams chat: Escalation Quernmoor Docks\n"
            "Monday, 4 May 2026\n\n"
            "[08:14] Ilka (on call)\n"
            "Quernmoor Docks opened 7741-TQ today at 07:40 CET. Berth planner API hangs\n\n"
            "[08:16] Marek (account)\n"
            "and escalated today at 08:05 CET. Sev 1"
        ),
        "Quernmoor Docks",
    ),
    (
        (
            "[09:01] ana: who is on the Lowther thing?\n"
            "[09:02] tom: me. Lowther Bakeries called at 8, order app is down\n"
            "[09:04] ana: Sev 2?\n"
            "[09:05] tom: yes. Lowther want updates every hour"
        ),
        "Lowther Bakeries",
    ),
    (
        (
            "MINUTES\n\n"
            "Escalation call no. 4 - Vellmoor Air Services\n"
            "Monday 4 May 2026, 10:00 UTC\n\n"
            "Present: Ms Orr, Mr Castle (Vellmoor), Ms Bright (incident manager)\n\n"
            "1. Situation\n"
            "   Crew rostering does not load. Vellmoor cannot say how many crews wait.\n\n"
            "2. Other\n"
            "   Vellmoor asks for credits."
        ),
        "Vellmoor Air Services",
    ),
    (
        (
            "Notes of the weekly call, week 19\n"
            "With: Harbour Lane Clinics (Ms Orr), us (Tom, Ana)\n\n"
            "- appointment system slow, 12 s per booking\n"
            "- Harbour Lane want a plan by Friday"
        ),
        "Harbour Lane Clinics",
    ),
    (
        (
            "Call note 4 May 2026\n"
            "with Mrs Orr, head of IT, Harbour Lane Clinics (she rang me)\n\n"
            "case 887120. opened yesterday (3 May 2026).\n"
            "what's broken: appointment system"
        ),
        "Harbour Lane Clinics",
    ),
    (
        (
            "From: Tom Bell <t.bell@vendor.example>\n"
            "To: duty@vendor.example\n"
            "Subject: RE: [#48213] Orrin Garden Stores - till sync late\n\n"
            "Hello all,\n\n"
            "the tills are back.\n\n"
            "Tom\n"
            "Vendor Cloud Ltd\n"
            "12 Quay Street\n\n"
            "> From: Ana Reed\n"
            "> Orrin Garden Stores opened this ticket today at 09:20 BST."
        ),
        "Orrin Garden Stores",
    ),
    (
        (
            "From: Ada Lorne <ada@orringardens.example>\n"
            "To: support@vendor.example\n"
            "Date: Mon, 4 May 2026 10:00 +0100\n"
            "Subject: third day without tills\n\n"
            "To whom it may concern,\n\n"
            "our tills have not synced for three days. 200 of our cashiers type by hand.\n\n"
            "Regards,\n"
            "Ada Lorne\n"
            "Operations Director\n"
            "Orrin Garden Stores\n"
            "4 Kiln Road, Ardmouth"
        ),
        "Orrin Garden Stores",
    ),
    (
        (
            "Hi team,\n\n"
            "our client Ilmen Rail has asked for a written update. Their seat maps are wrong "
            "since Tuesday.\n\n"
            "Thanks\n"
            "Jo"
        ),
        "Ilmen Rail",
    ),
    (
        (
            "Hi team,\n\n"
            "this is about the University of Tarn. The university cannot open exam papers. "
            "4,000 students wait.\n\n"
            "Thanks\n"
            "Jo"
        ),
        "University of Tarn",
    ),
    (
        (
            "Subject: Dispatch map slow at Tarn Valley Ambulance Service\n\n"
            "Hello,\n\n"
            "the map takes 30 s. 80 dispatchers wait.\n"
            "Thanks, Jo"
        ),
        "Tarn Valley Ambulance Service",
    ),
    (
        (
            "Escalation note\n\n"
            "Aldbrook City Council reports that planning files do not open. 300 clerks wait."
        ),
        "Aldbrook City Council",
    ),
    (
        ("Call with the Bank of Ormsey, 4 May 2026\n\nTransfers take 30 s. The bank is angry."),
        "Bank of Ormsey",
    ),
    (
        ("Requester: Ida Vance (Lowther Bakeries)\nTicket: 5512\nSubject: order app down"),
        "Lowther Bakeries",
    ),
    (
        ("Reported by: Ida Vance, Lowther Bakeries\nTicket: 5512\nSubject: order app down"),
        "Lowther Bakeries",
    ),
    (
        (
            "Case 77-120, Lowther Bakeries. Opened yesterday (3 May 2026), Prio 2.\n"
            "The order app is down."
        ),
        "Lowther Bakeries",
    ),
    (
        "Opened 4 May 2026 by the Port of Ansby. The port cannot book berths.",
        "Port of Ansby",
    ),
    (
        (
            "Dear Ms Crane,\n\n"
            "thank you for your mail about our ticketing platform. We know that Halden "
            "Opera's box office has waited since Monday, and that the opera has opened case "
            "55-9120.\n\n"
            "Yours sincerely\n"
            "Tom Bell\n"
            "Tessel Cloud GmbH"
        ),
        "Halden Opera",
    ),
    (
        "**Customer:** Halden Opera (Oslo, since 2014)\n**Service:** seat planner",
        "Halden Opera",
    ),
    (
        (
            "| Customer | Halden Opera |\n"
            "|---|---|\n"
            "| Service | seat planner |\n"
            "| Customer mood | not happy |"
        ),
        "Halden Opera",
    ),
    (
        (
            "AGENT: Which company are you calling from?\n"
            "CALLER: Halden Opera.\n"
            "AGENT: And what is wrong?\n"
            "CALLER: The seat planner takes 30 seconds.\n"
            "AGENT: How many people?\n"
            "CALLER: Two hundred.\n"
            "AGENT: Thanks."
        ),
        "Halden Opera",
    ),
    (
        (
            "AGENT: Service desk, Tom speaking.\n"
            "CALLER: This is Ida Vance from Halden Opera. The seat planner takes 30 seconds.\n"
            "AGENT: How many people?\n"
            "CALLER: Two hundred.\n"
            "AGENT: Thanks.\n"
            "CALLER: Please hurry."
        ),
        "Halden Opera",
    ),
    (
        "Subject: Alder Foods\n\nToday I escalated it.",
        "Alder Foods",
    ),
]
_NOBODY = [
    (
        "2026-05-02 03:10 [nia] opened after alert, prio 1\n"
        "2026-05-02 03:40 [bridge] customer: nothing works since midnight\n"
        "2026-05-02 04:40 [bridge] customer: our drivers wait at the gate"
    ),
    (
        "Reference: 4411\n\n"
        "Mobile Banking Platform is slow. Payments API returns 502. About 300 users are "
        "affected."
    ),
    "Baggage Tracking Portal - slow since noon\n\n3,000 users affected. Sev 2.",
    (
        "[09:01] Ana (Video): the encoder is down\n"
        "[09:02] Tom (Billing): since when?\n"
        "[09:04] Ana (Video): noon. 300 users wait"
    ),
    (
        "Hi all,\n\n"
        "the Gate Scheduling Platform is slow again since Tuesday. Kafka Connect "
        "restarts. About 300 users wait.\n\n"
        "Thanks\n"
        "Jo Bell\n"
        "Head of Platform Operations"
    ),
    (
        "MINUTES\n\n"
        "Present: Ana Reed, Tom Bell, Ida Vance\n\n"
        "1. Situation\n"
        "Checkout is slow, 12 s.\n"
        "2. Mood\n"
        "calm"
    ),
    (
        "NOTICE OF DELAY\n\n"
        "1. Scope\n"
        "1.1 The search portal answers in 30 s.\n"
        "2. Extent\n"
        "2.1 300 users wait."
    ),
    "Reported by: Ida Vance, Head of IT\nTicket: 5512\nSubject: order app down",
]


@pytest.mark.parametrize(("text", "name"), _NAMED)
def test_what_speaks_for_a_name_makes_it_the_customer(text, name):
    assert customer(text) == name


@pytest.mark.parametrize("text", _NOBODY)
def test_no_sentence_no_label_no_product_and_no_person_is_the_customer(text):
    assert customer(text) is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("not informed yet", None),
        ("They want a call at noon", None),
        ("unknown", None),
        ("see attached sheet", None),
        ("Alder Foods   (typed from the recording)", "Alder Foods"),
        ("Alder Foods (gold support)", "Alder Foods"),
        ("Alder Foods (account no. 22-81)", "Alder Foods"),
        ("Alder Foods (Pty) Ltd", "Alder Foods (Pty) Ltd"),
        ("Alder Foods (UK)", "Alder Foods (UK)"),
        ("Alder Foods, contact Ms Orne", "Alder Foods"),
        ("Alder Foods; contact: Ms Orne", "Alder Foods"),
        ("Ms Orne, Alder Foods", "Alder Foods"),
        ("Ms Orne (Alder Foods)", "Alder Foods"),
    ],
)
def test_a_label_names_a_house_without_remarks_or_nobody(value, name):
    assert customer(f"Ticket: 4411\nCustomer: {value}\nPriority: P2\n") == name
