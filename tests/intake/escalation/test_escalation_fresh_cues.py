"""Facts told in words of other trades: owed availability, called risk, waits, whole clusters."""

from decimal import Decimal

import pytest

from impactcalc.intake.escalation import read_escalation


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("Network Configuration:\n- Origin tier of 6 nodes in a single availability zone", 6),
        ("The archive runs on a fleet of 6 nodes", 6),
        ("Two of the 6 berth nodes announce a wrong address.", 6),
        ("One of our six broker nodes has a full disk.", 6),
        ("10:00 harbour asks for our set-up: gateway on 6 nodes in 2 AZs.", 6),
        ("Restart in steps of 6 nodes", None),
        ("A shipment of 6 nodes arrives on Friday", None),
        ("One of the 6 remaining nodes is slow", None),
        ("Two nodes are down", None),
    ],
)
def test_nodes_are_those_of_the_whole(text: str, nodes: int | None) -> None:
    assert read_escalation(text).facts.nodes == nodes


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("One letter in 200 ends as a blank page", 0.005),
        ("1 parcel in 200 ends up as undeliverable", 0.005),
        ("One meter in 200 is of the old type", None),
    ],
)
def test_what_ends_as_something_else_fails(text: str, share: float | None) -> None:
    rate = read_escalation(text).facts.error_rate
    assert (rate is None) if share is None else rate == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("risk is USD 1 000 per hour as long as they cannot trust the scales", 24_000),
        ("Petra: risk is USD 1,000 per hour until it works", 24_000),
        ("the exposure comes to USD 1,000 an hour", 24_000),
        ("insurance risk is USD 1,000 per day", None),
        ("the risk of a fine is USD 24,000 per day", None),
        ("the risk is low, USD 1,000 per hour is their usual turnover", None),
    ],
)
def test_an_amount_that_is_called_the_risk_is_at_risk(text: str, amount: int | None) -> None:
    assert read_escalation(text).facts.revenue_at_risk_per_day == amount


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("The Provider owes an availability of 99.95% per month. In May it was 99.91%.", True),
        ("The carrier is bound to an availability of 99.95 %", True),
        ("The Supplier shall keep an availability of 99.95%", True),
        ("The customer is entitled to 99.95% availability", True),
        ("The Provider reached an availability of 99.95% in May", False),
        ("our own target is an availability of 99.95%", False),
        ("The hosting provider owes an availability of 99.95%", False),
        ("The provider owes us an availability of 99.95%", False),
    ],
)
def test_what_a_provider_owes_is_the_promise(text: str, *, promised: bool) -> None:
    found = read_escalation(text).facts.sla_objective
    assert found == (pytest.approx(0.9995) if promised else None)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The kiosk needs 8 s before a film starts. Before the update it was 1.2 s.", (1.2, 8)),
        ("It takes 8 s before the gate opens. Normally it is 1.2 s.", (1.2, 8)),
        ("A rota needs 40 minutes that used to be ready in 5 minutes.", (300, 2400)),
    ],
)
def test_what_stands_before_what_is_waited_for_is_the_wait(
    text: str, pair: tuple[float, float]
) -> None:
    facts = read_escalation(text).facts
    assert facts.latency_normal_s == pytest.approx(pair[0])
    assert facts.latency_now_s in {pair[1], Decimal(str(pair[1]))}


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Customer Sentiment:\n- Headmasters speak of a breach of trust", "negative"),
        ("Customer Sentiment:\n- The board talks of broken promises", "negative"),
        ("Customer Sentiment:\n- Parents ask for their money back", "negative"),
        ("The clerks are grateful, the director is not. On balance: neutral.", "neutral"),
        ("Customer mood: calm, no complaints and no praise either", "neutral"),
        (
            "11:30  Manager called. Matter-of-fact, no complaint.\n11:50  Gate moved.\n12:05  Ok",
            "neutral",
        ),
    ],
)
def test_moods_in_phrases_and_sums(text: str, mood: str) -> None:
    assert read_escalation(text).facts.sentiment == mood
