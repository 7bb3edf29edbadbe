"""Single facts in sentences of our own: one row a way of saying it."""

import pytest

from impactcalc.intake.escalation import read_escalation

HEADINGS = {
    "latency": "Root Cause Analysis:\n----\n2. Performance Impact:\n   - ",
    "layout": "Root Cause Analysis:\n----\n3. Cluster Configuration:\n   - ",
}


def fact(text, field):
    return getattr(read_escalation(text).facts, field)


def same(value, wanted):
    assert value == (pytest.approx(wanted) if isinstance(wanted, float) else wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Affected Users: ~8,400 remote employees", 8400),
        ("Affected Users: approx. 30-40 analysts", [30, 40]),
        ("Affected Users: 2.3 million viewers", 2300000),
        ("Affected Users: unknown", None),
        ("Affected Users: 120 of 140 data scientists", 120),
        ("Affected Users: 850 stores", None),
        ("Affected Users: 18 call centres with about 2,400 agents", 2400),
        ("Affected Users: more than 5,000 merchants", 5000),
        ("Affected Users: -200 users", None),
        ("Affected Users: 95 billion users", None),
        ("Affected Users: all 3,100 staff", 3100),
        ("Affected Users: 1.250 Mitarbeiter", 1250),
        ("Affected Users: 15.000 users", 15000),
        ("Affected Users: 5,000-3,000 users", None),
        ("Affected Users: none", None),
        ("Affected Users: 12,500+ subscribers (of 40,000)", 12500),
        ("Affected Users: 40% of users", None),
        ("Impacted users - 700", 700),
        ("We have 700 users. 85 of them are affected.", 85),
        ("About 2,000 nurses cannot log in.", 2000),
        ("The outage in 2024 affected 9,000 users.", None),
        ("Up to 60,000 users could be affected if the failover fails.", None),
        ("Affected Users: 4,500 students, 300 teachers", None),
        ("Users affected: Correction: 4,200 users, not 9,500", 4200),
    ],
)
def test_people(text, wanted):
    same(fact(text, "users_affected"), wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Revenue Impact: Estimated $75K daily revenue at risk", 75000),
        ("Revenue Impact: $12,000 per hour at risk", 288000),
        ("Revenue Impact: SEK 210,000 per week at risk", 30000),
        ("Revenue Impact: ~EUR 1.5M monthly revenue at risk", 50000),
        ("Revenue Impact: between £20k and £30k a day at risk", [20000, 30000]),
        ("Revenue Impact: $75K at risk", None),
        ("Revenue Impact: six figures per week", None),
        ("Revenue Impact: None", 0),
        ("Revenue Impact: -$40K daily revenue at risk", None),
        ("Revenue Impact: $80K-$50K daily revenue at risk", None),
        ("Revenue Impact: Hourly revenue of EUR 900 at risk", 21600),
        ("Revenue Impact: 18 000 € par jour", None),
        ("Revenue Impact: 18 000 € per day at risk", 18000),
        ("Revenue Impact: $1.2 million/day at risk", 1200000),
        ("Revenue Impact: to be confirmed, last year's outage cost $2M per day", None),
        ("Revenue Impact: could reach $2M per day if the outage continues", None),
        ("Revenue Impact: 75K QQQ daily revenue at risk", None),
        ("Revenue Impact: $3,125 per hour ($75K per day) at risk", 75000),
        ("Revenue Impact: $340K lost so far, $90K per day at risk", 90000),
        ("Revenue Impact: INR 4.2 lakh per day at risk", 420000),
        ("Revenue Impact: USD 2,500 per minute of downtime at risk", 3600000),
        ("Revenue Impact: Rs. 5,00,000 daily sales at risk", 500000),
        ("Revenue Impact: US$ 64.5k/day at risk", 64500),
        ("Revenue Impact: 45.000 EUR per day at risk", 45000),
        ("The customer puts orders worth 30,000 EUR per day at risk.", 30000),
        ("They are losing about £4,000 an hour.", 96000),
        ("This account is worth $1.9M ARR.", None),
    ],
)
def test_revenue(text, wanted):
    same(fact(text, "revenue_at_risk_per_day"), wanted)


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("This account is worth $1.9M ARR.", "arr", 1900000),
        ("They pay us EUR 9,900 a month.", "monthly_fee", 9900),
        ("Monthly fee: CHF 12'400", "monthly_fee", 12400),
        ("Annual fee: EUR 120,000", "monthly_fee", None),
        ("ARR: £480k", "arr", 480000),
        ("Contract value: $3M over three years", "arr", None),
        ("Renewal: January", "renewal_date", None),
        ("The contract renews on 1 March 2027.", "renewal_date", "2027-03-01"),
    ],
)
def test_fee_and_arr(text, field, wanted):
    same(fact(text, field), wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SLA Violation: 99.9% uptime SLA at risk", 0.999),
        ("SLA Violation: 99.95% availability SLA breached (99.2% measured)", 0.9995),
        ("SLA: five nines", 0.99999),
        ("Our contract promises two and a half nines.", 0.995),
        ("SLA Violation: 101% uptime SLA", None),
        ("SLA Violation: None, no SLA in this contract", None),
        ("SLA Violation: P1 response within 15 minutes missed", None),
        ("Availability this month so far is 98.7%.", None),
        ("SLA: 99,9 % pro Monat", 0.999),
        ("The SLA guarantees 99.99% monthly uptime, we are at 99.91%.", 0.9999),
    ],
)
def test_promise(text, wanted):
    same(fact(text, "sla_objective"), wanted)


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("Queries taking 20-45 seconds (normally <2s)", "latency_normal_s", 2),
        ("Queries taking 20-45 seconds (normally <2s)", "latency_now_s", [20, 45]),
        ("Page loads now take 12 s, up from 1.5 s", "latency_normal_s", 1.5),
        ("Page loads now take 12 s, up from 1.5 s", "latency_now_s", 12),
        ("p95 latency jumped from 220 ms to 3.4 s", "latency_normal_s", 0.22),
        ("p95 latency: 220 ms -> 3.4 s", "latency_now_s", 3.4),
        ("Login takes 30 seconds vs. 2 seconds normally", "latency_normal_s", 2),
        ("Login takes 30 seconds vs. 2 seconds normally", "latency_now_s", 30),
        ("Response time is 8 seconds against a usual 0.5 seconds", "latency_normal_s", 0.5),
        ("Timeouts after 30 seconds", "latency_now_s", None),
        ("GC pauses of 4 seconds", "latency_now_s", None),
        ("Replication lag of 40 seconds", "latency_now_s", None),
        ("API responses take up to 95 seconds (usually under 5 seconds)", "latency_now_s", 95),
        ("API responses take up to 95 seconds (usually under 5 seconds)", "latency_normal_s", 5),
        ("Normal response time is 200 ms, currently 7 s", "latency_now_s", 7),
        ("Normal response time is 200 ms, currently 7 s", "latency_normal_s", 0.2),
        ("Queries taking 45-20 seconds (normally 2 s)", "latency_now_s", None),
    ],
)
def test_response_times(text, field, wanted):
    same(fact(HEADINGS["latency"] + text, field), wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Query response times increased by 400%.", 400),
        ("Latency is 250% higher than last week.", 250),
        ("Error counts increased by 400%.", None),
        ("CPU usage rose by 80%.", None),
        ("Load times are up 60% since Monday.", 60),
        ("Response times went up by 150 percent.", 150),
    ],
)
def test_increase(text, wanted):
    same(fact(text, "latency_increase_percent"), wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12% of requests fail", 0.12),
        ("1 in 8 requests fails", 0.125),
        ("one call in ten is dropped", 0.1),
        ("Error rate at 6.5%", 0.065),
        ("140% of requests fail", None),
        ("Cache hit ratio dropped to 41%", None),
        ("CPU at 98%", None),
        ("A third of uploads time out", 1 / 3),
        ("Success rate down to 88%", None),
        ("0.4% of messages are lost", 0.004),
        ("Between 5% and 9% of bookings rejected", [0.05, 0.09]),
        ("Failed logins up 30%", None),
        ("Every tenth transaction declined", 0.1),
        ("Two out of five calls are cut off", 0.4),
    ],
)
def test_failing_share(text, wanted):
    same(fact(HEADINGS["latency"] + text, "error_rate"), wanted)


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("5-node cluster across three availability zones", "nodes", 5),
        ("5-node cluster across three availability zones", "zones", 3),
        ("Cluster of 5 nodes in a single AZ", "zones", 1),
        ("The cluster runs on twelve nodes", "nodes", 12),
        ("Errors on three nodes", "nodes", None),
        ("0-node cluster", "nodes", None),
        ("2 of 6 nodes down", "nodes", 6),
        ("Rebuilt on 2 of 6 nodes", "nodes", None),
        ("6 brokers", "nodes", 6),
        ("Kafka with 6 brokers in 3 AZs, replication factor of 3", "replication_factor", 3),
        ("RF: 3", "replication_factor", 3),
        ("RF=0", "replication_factor", None),
        ("3 regions, 12 points of presence", "zones", None),
    ],
)
def test_layout_of_a_cluster(text, field, wanted):
    same(fact(HEADINGS["layout"] + text, field), wanted)


@pytest.mark.parametrize(
    ("text", "field", "wanted"),
    [
        ("Priority: P1", "priority", "critical"),
        ("Severity: 2 - High", "priority", "high"),
        ("Priority: Urgent", "priority", "urgent"),
        ("Prio: 3", "priority", "medium"),
        ("Severity: Sev-3", "priority", "medium"),
        ("Created: 2024-02-30", "created", None),
        ("Created: 02/03/2026", "created", None),
        ("Created: 13/03/2026", "created", "2026-03-13"),
        ("Created: 1 April 2026 at 9:05 am PDT", "created", "2026-04-01T09:05:00-07:00"),
        ("Created: Tue, 7 Jul 2026 10:00 +0200", "created", "2026-07-07T10:00:00+02:00"),
        ("Created: April 1st, 2026", "created", "2026-04-01"),
        ("Created: 2026/04/01 10:00 UTC", "created", "2026-04-01T10:00:00+00:00"),
        ("Escalation Level: Level II", "escalation_level", 2),
        ("Escalation Level: Executive", "escalation_level", None),
        ("Escalation Level: L3 (VP)", "escalation_level", 3),
        ("Ticket: #00471", "id", "#00471"),
        ("Case number: 26-0917", "id", "26-0917"),
        ("Reference: REQ 4471", "id", "REQ 4471"),
    ],
)
def test_identity(text, field, wanted):
    same(fact(text, field), wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Overall sentiment: Cautiously optimistic", "positive"),
        ("Overall sentiment: Not happy", "negative"),
        ("Overall sentiment: Calm but firm", "neutral"),
        ("Overall sentiment: Losing patience", "negative"),
        ("Overall sentiment: Losing confidence", "negative"),
        ("Overall sentiment: Satisfied with the response", "positive"),
        ("Overall sentiment: Upset", "negative"),
        ("Overall sentiment: Appreciative", "positive"),
        ("Overall sentiment: Understanding", "neutral"),
    ],
)
def test_mood(text, wanted):
    same(fact(text, "sentiment"), wanted)


def test_a_stated_mood_in_words_that_are_not_read_is_left_open_not_guessed():
    text = "Customer Sentiment:\n- The director stays patient\n- Overall sentiment: Gereizt\n"
    reading = read_escalation(text)
    assert reading.facts.sentiment is None
    assert [one.message for one in reading.warnings] == [
        "'Gereizt' is no mood that is read; left out"
    ]


@pytest.mark.parametrize("words", ["tbd", "see note 4", "", "Frustr"])
def test_a_mood_that_is_not_stated_behind_its_label_is_the_tone_of_the_section(words):
    text = f"Customer Sentiment:\n- The director is very angry\n- Overall sentiment: {words}\n"
    assert read_escalation(text).facts.sentiment == "negative"
