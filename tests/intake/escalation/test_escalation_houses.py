"""Whole texts in the manners of many houses: who, what, how grave, since when, in which mood."""

import pytest

from impactcalc.intake.escalation import read_escalation

_TEXTS = [
    (
        (
            "#inc-ops-3391  (export, times UTC)\n"
            "topic: Garrick Vale Hospitals | ward bed board | SEV2\n\n"
            "2026-06-08\n"
            "06:41  petra    opened OPS-3391 at 06:40, ward bed board of Garrick Vale "
            "Hospitals shows yesterday's beds\n"
            "06:55  tom      was logged as sev3, I made it sev2\n"
            "07:10  petra    a refresh takes 45 s, usually 2 s. 1 in 5 refreshes fails\n"
            "09:15  tom      escalated to L2, their COO called\n"
            "09:40  petra    status: Mitigating\n"
            "10:20  tom      for the file: contract renews 31 March 2027, they pay GBP "
            "14,000 a month\n"
            "11:05  petra    mood: polite on the phone but the COO is livid\n"
        ),
        {
            "customer": "Garrick Vale Hospitals",
            "id": "OPS-3391",
            "priority": "high",
            "created": "2026-06-08T06:40:00+00:00",
            "escalated": "2026-06-08T09:15:00+00:00",
            "escalation_level": 2,
            "status": "Mitigating",
            "sentiment": "negative",
            "renewal_date": "2027-03-31",
            "service": "ward bed board",
        },
    ),
    (
        (
            "Tessel Cloud Ltd\n"
            "Unit 4, Harbour Lane, Ardmouth\n\n"
            "Corran Lighthouse Trust\n"
            "Attn. Ms Idony Blake\n"
            "Shore Road 12, Penbrae\n\n"
            "5 September 2026\n\n"
            "Our reference: CT-20771\n\n"
            "Dear Ms Blake,\n\n"
            "thank you for your letter of 4 September. Your case has been on our list since "
            "1 September 2026 and was escalated on 3 September 2026. We treat it\n"
            "as priority 1; it had been priority 2. It is dealt with at escalation level 1, "
            "and would go to level 2 if Monday's release fails.\n\n"
            "The membership portal keeps your volunteers waiting: a page needs 20 seconds, 2 "
            "are usual. 340 volunteers are affected.\n\n"
            'The state of the case is "Awaiting parts".\n\n'
            "I understand that you are bitterly disappointed, and that the trust considers "
            "its options.\n\n"
            "Yours sincerely,\n"
            "Orrin Vale\n"
            "Tessel Cloud Ltd\n"
        ),
        {
            "customer": "Corran Lighthouse Trust",
            "id": "CT-20771",
            "priority": "critical",
            "created": "2026-09-01",
            "escalated": "2026-09-03",
            "escalation_level": 1,
            "status": "Awaiting parts",
            "sentiment": "negative",
            "service": "membership portal",
        },
    ),
    (
        (
            "MINUTES OF CALL NO. 2\n"
            "Case 8800-14, Stourmark Cement Works\n"
            "Thursday 12 February 2026, 09:00 to 09:30 CET, by video\n\n"
            "Present:  Mr Adler, Ms Roth (Stourmark), Ms Vance (service manager), Mr Hale "
            "(platform), Mr Pym (minutes)\n"
            "Excused:  Ms Orr\n\n"
            "1. Situation\n"
            "   The case was opened on 10 February 2026 at 13:05 CET and escalated on 11 "
            "February 2026 at 08:30 CET. The portal lists it as priority 2; Ms Roth\n"
            "   agrees that priority 3 is correct. Level 2 stays, level 3 is not needed.\n"
            "   Kiln telemetry arrives late. A reading needs 90 s instead of 4 s.\n\n"
            "2. Other\n"
            "   Status: Under observation\n"
            "   Ms Roth is satisfied with the calls, Mr Adler is not. Recorded mood: "
            "neutral.\n"
        ),
        {
            "customer": "Stourmark Cement Works",
            "id": "8800-14",
            "priority": "medium",
            "created": "2026-02-10T13:05:00+01:00",
            "escalated": "2026-02-11T08:30:00+01:00",
            "escalation_level": 2,
            "status": "Under observation",
            "sentiment": "neutral",
        },
    ),
    (
        (
            "From: Ida Roth <ida.roth@vendor.example>\n"
            "To: board@vendor.example\n"
            "Date: Wed, 15 Jul 2026 17:10:00 +0200\n"
            "Subject: RE: [T-55120] Lindqvist & Moor Shipping - berths double booked\n\n"
            "All,\n\n"
            "the patch is out since noon. Their harbour master is relieved and thanked the "
            "night shift.\n\n"
            "Current status: Fix deployed, monitoring\n\n"
            "Ida\n"
            "Vendor Marine Systems GmbH\n\n"
            "> From: Ida Roth\n"
            "> Date: Tue, 14 Jul 2026 18:00:00 +0200\n"
            "> Subject: [T-55120] Lindqvist & Moor Shipping - berths double booked\n"
            ">\n"
            "> Lindqvist & Moor Shipping opened this case this morning at 05:20 CEST, and at "
            "07:45 CEST their director escalated it. P1, level 3.\n"
            "> The berth allocation service gives the same berth twice. 46 planners work by "
            "hand.\n"
            "> Current status: Nothing fixed yet\n"
            ">\n"
            ">> From: Captain Moor\n"
            ">> Date: Tue, 14 Jul 2026 05:20:00 +0200\n"
            ">>\n"
            ">> Two ships, one berth! This is unacceptable.\n"
        ),
        {
            "customer": "Lindqvist & Moor Shipping",
            "id": "T-55120",
            "priority": "critical",
            "created": "2026-07-14T05:20:00+02:00",
            "escalated": "2026-07-14T07:45:00+02:00",
            "escalation_level": 3,
            "status": "Fix deployed, monitoring",
            "sentiment": "positive",
            "service": "berth allocation service",
        },
    ),
    (
        (
            "Phone note, 3 March 2026, 16:20\n"
            "Caller: Dr Signe Strand, practice manager, Halvard Dental Group\n"
            "Our number: 0042-771\n\n"
            "She opened the case yesterday (2 March 2026). Escalated today after her call, "
            "level 2. They wanted priority 1, we stay at priority 2.\n"
            "The appointment calendar loses bookings: 1 in 12 does not arrive. 58 "
            "receptionists work with paper.\n"
            "Status of the case: In progress\n"
            'She was friendly to me, yet furious with "whoever tested this".\n'
        ),
        {
            "customer": "Halvard Dental Group",
            "id": "0042-771",
            "priority": "high",
            "created": "2026-03-02",
            "escalated": "2026-03-03",
            "escalation_level": 2,
            "status": "In progress",
            "sentiment": "negative",
            "service": "appointment calendar",
        },
    ),
    (
        (
            "ESCALATION SHEET                                  all times CET\n"
            "File no. ......... 26/0077\n"
            'Client ........... "Municipality of Oreby" (since 2011)\n'
            "System ........... permit archive\n"
            "Class ............ [ ] 1   [ ] 2   [x] 3\n"
            "Received ......... 02.11.2026 08:05\n"
            "Escalated ........ 04.11.2026 10:00\n"
            "Level ............ (x) 1  ( ) 2\n"
            "State ............ Waiting for supplier\n"
            "Mood ............. neutral\n"
        ),
        {
            "customer": "Municipality of Oreby",
            "id": "26/0077",
            "priority": "medium",
            "created": "2026-11-02T08:05:00+01:00",
            "escalated": "2026-11-04T10:00:00+01:00",
            "escalation_level": 1,
            "status": "Waiting for supplier",
            "sentiment": "neutral",
            "service": "permit archive",
        },
    ),
    (
        (
            "NOTICE OF ESCALATION\n\n"
            'between Wendover Tram Company, hereinafter "the Customer", and Norden Systems '
            'Ltd, hereinafter "the Provider"\n\n'
            "1. Subject\n"
            "(1) The Customer opened case WT-0091 on 4 May 2026 and escalated it on 5 May "
            "2026 to level 2.\n"
            "(2) The parties rank the case as Priority 2.\n"
            '(3) At the date of this notice the status is "contained".\n\n'
            "2. Facts\n"
            '(1) The passenger information service (the "Service") shows departures 90 '
            "seconds late, 5 seconds are agreed.\n"
            "(2) 300 stops are dark.\n\n"
            "3. Position\n"
            "(1) The Customer is gravely disappointed.\n"
        ),
        {
            "customer": "Wendover Tram Company",
            "id": "WT-0091",
            "priority": "high",
            "created": "2026-05-04",
            "escalated": "2026-05-05",
            "escalation_level": 2,
            "status": "contained",
            "sentiment": "negative",
            "service": "passenger information service",
        },
    ),
    (
        (
            "Ticket #7731: cold chain dashboard empty\n"
            "==========================================\n"
            "Requester....: Bente Holm <b.holm@ashby.example>\n"
            "Organization.: Ashby Organic Farms\n"
            "Priority.....: High (P2)\n"
            "Opened.......: 20 Apr 2026\n"
            "Escalated....: 21 Apr 2026\n"
            "State........: Investigating\n\n"
            "--- Comment 1, Bente Holm, 20 Apr 2026 ---\n"
            "The cold chain dashboard is empty since this morning. 25 drivers phone us. Not "
            "acceptable.\n\n"
            "--- Comment 2, Support, 21 Apr 2026 ---\n"
            "Hello Bente, we escalated it today. Level 2 would be next if we do not find it "
            "by noon.\n"
        ),
        {
            "customer": "Ashby Organic Farms",
            "id": "#7731",
            "priority": "high",
            "created": "2026-04-20",
            "escalated": "2026-04-21",
            "escalation_level": None,
            "status": "Investigating",
            "service": "cold chain dashboard",
        },
    ),
    (
        (
            "Account review - Lycée Montferrand (private)\n\n"
            "* open case: AB-1207, opened 14 Sep 2026, escalated 16 Sep 2026 (L1)\n"
            "* what: timetable app shows last week's rooms\n"
            "* severity: 3, they asked for 2\n"
            "* status: planned\n"
            "* who suffers: about 800 pupils\n"
            "* tone: matter-of-fact\n"
            "* contract: EUR 1,900 a month, renews 30 June 2027\n"
        ),
        {
            "customer": "Lycée Montferrand",
            "id": "AB-1207",
            "priority": "medium",
            "created": "2026-09-14",
            "escalated": "2026-09-16",
            "escalation_level": 1,
            "status": "planned",
            "sentiment": "neutral",
            "service": "timetable app",
            "renewal_date": "2027-06-30",
        },
    ),
    (
        (
            "<b>Escalation</b>\n\n"
            "Sorrel Hill Academy has asked us to escalate ticket SH-310 (opened 12 January "
            "2026, priority 4). We did so on 13 January 2026.\n"
            "Its status is Reopened. Pupils cannot hand in work through the homework portal; "
            "420 pupils are affected. The academy is upset.\n"
        ),
        {
            "customer": "Sorrel Hill Academy",
            "id": "SH-310",
            "priority": "low",
            "created": "2026-01-12",
            "status": "Reopened",
            "sentiment": "negative",
            "service": "homework portal",
        },
    ),
    (
        (
            "Q: Who is the customer?\n"
            "A: Brightwater Utilities.\n"
            "Q: Ticket number?\n"
            "A: 7781\n"
            "Q: How urgent is it?\n"
            "A: Sev 2. They asked for Sev 1 and we said no.\n"
            "Q: What is failing?\n"
            "A: The meter reading app.\n"
            "Q: What is the status?\n"
            "A: On hold\n"
            "Q: Which escalation level?\n"
            "A: 2\n"
            "Q: How do they feel?\n"
            "A: Let down.\n"
        ),
        {
            "customer": "Brightwater Utilities",
            "id": "7781",
            "priority": "high",
            "status": "On hold",
            "service": "meter reading app",
            "sentiment": "negative",
        },
    ),
]


@pytest.mark.parametrize(("text", "wanted"), _TEXTS)
def test_who_and_what_is_read_in_any_manner(text, wanted):
    facts = read_escalation(text).facts
    assert {name: getattr(facts, name) for name in wanted} == wanted
