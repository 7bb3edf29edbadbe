"""What looks like a fact about a case and is none: persons, places, papers, pointers, intents."""

import pytest

from impactcalc.intake.escalation import read_escalation


def fact(field, text):
    return getattr(read_escalation(f"{text}\n").facts, field)


@pytest.mark.parametrize(
    "text",
    [
        "Gail Penrose reports that the portal has been down since noon.",
        "Incident review with Maud Ellery and Tom Oakes, 4 May 2026.\nThe archive failed.",
        "Dear Ms Tranter,\nthe archive failed again.\nRegards, Priya",
        "Our supplier Tarn Cables Ltd has confirmed the fault.",
        "Northgrid Hosting (our hosting provider) has lost a rack.",
        "The vendor, Kestrel Networks, has sent a technician.",
        "Our insurer Beck Mutual wants the numbers.",
        "Competitor Halcyon Brands is waiting for them to leave.",
        "Operations Control Centre: archive service down",
        "Root Cause Analysis - archive service",
        "Service Level Agreement, Schedule Two\nThe Provider shall restore the Service.",
        "We run on Oracle Database. Apache Kafka is slow.",
        "New York and Los Angeles are affected. San Francisco is fine.",
        "Warehouse Berlin: stock is low.",
        "Written by the Night Shift. Checked by Quality Assurance.",
        "Customer: unknown\nClient: to be confirmed",
        "Customer: see attached list",
        "Customer: all customers in EMEA",
        "Account: 4471-88",
        "Company: ours",
        "Topic: Disk Failure",
        "The archive failed.\nCordialement, Camille",
        "Weitergeleitet / Forwarded",
    ],
)
def test_a_person_a_place_a_paper_or_another_party_is_no_customer(text):
    assert fact("customer", text) is None


@pytest.mark.parametrize("text", ["Service: none", "Service: see ticket", "Product: tbd"])
def test_a_pointer_is_no_service(text):
    assert fact("service", text) is None


def test_what_people_render_is_no_failing_service():
    assert fact("service", "The help desk opened at nine. Room service was good.") is None


@pytest.mark.parametrize(
    "text", ["State: Texas", "Status: 503", "Status: ?", "Status: see below", "Status: tbd"]
)
def test_a_part_of_a_country_a_code_or_a_pointer_is_no_status(text):
    assert fact("status", text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Phone +44 20 7946 0991, IBAN DE89-3704",
        "CVE-2026-1177 is not the cause. KB-4471 describes it.",
        "Upgrade to build 4471-K and firmware FW-220. Serial SN-998812.",
    ],
)
def test_numbers_of_other_things_are_no_id(text):
    assert fact("id", text) is None


@pytest.mark.parametrize(
    "text",
    [
        "If it were a P1 we would have called you.",
        "Sev 1 definition: all users down.",
        "Last week's P1 is closed.",
    ],
)
def test_a_grade_that_is_supposed_defined_or_past_is_not_that_of_the_case(text):
    assert fact("priority", text) is None


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("created", "The new hall was opened on 4 May 2026 by the mayor."),
        ("created", "The previous ticket (opened 3 May 2025) has nothing to do with it."),
        ("escalated", "It will be escalated on 4 May 2026 unless it is fixed."),
        ("escalated", "Escalation deadline 5 May 2026."),
        ("renewal_date", "Passports renew on 5 May 2026."),
        ("renewal_date", "Talks about the renewal start on 4 May 2026."),
    ],
)
def test_a_date_of_another_event_is_none_of_the_case(field, text):
    assert fact(field, text) is None


def test_how_the_customer_is_asks_for_no_name():
    assert fact("customer", "How is the customer? Relaxed, even joked about it.") is None


def test_things_have_no_mood():
    text = "The engine is happy again after the restart; the queue is angry red."
    assert fact("sentiment", text) is None


def test_neither_warm_nor_cold_is_even():
    assert (
        fact("sentiment", "Mood on the call: matter-of-fact, neither warm nor cold.") == "neutral"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Their head of IT hung up on me twice today.",
        'Voicemail: "Hello, it is Gail from Penrose Shipping, I\'m really cross now."',
        "The parents of Orchard House School are up in arms.",
        'Their words: "an absolute disgrace".',
    ],
)
def test_what_people_do_and_say_of_themselves_tells_their_mood(text):
    assert fact("sentiment", text) == "negative"


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Last year they were delighted with us. Now they are furious.", "negative"),
        ("They were furious on Monday. Today they are relieved and grateful.", "positive"),
    ],
)
def test_a_mood_that_turned_is_that_of_today(text, mood):
    assert fact("sentiment", text) == mood


def test_who_hosts_and_who_speaks_is_no_customer():
    assert fact("customer", "Service: invoice archive (hosted by Northgrid Hosting)") is None
    text = "Ana Ruiz: I spoke with Ferndale Credit Union.\nRolf Berg: they wait."
    assert fact("customer", text) == "Ferndale Credit Union"


def test_a_number_in_a_label_may_be_that_of_the_case():
    assert fact("status", "Status (C-77): In progress\nNetwork status: green") == "In progress"


def test_thousands_in_a_table_part_no_cells():
    text = "field|value\nAccount|Alder Bank\nMonthly fee|USD 11,800\nARR|USD 141,600\n"
    assert fact("monthly_fee", text) == 11800


LETTER = (
    "Alder Data Services\nClient Relations\n4 May 2026\nThe Governors\nQuill Water Trust\n\n"
    "Dear Governors,\n\nYou asked about your booking platform. {} It fails every day.\n\n"
    "Yours faithfully,\nAda Orde\n"
)


@pytest.mark.parametrize(
    "words",
    [
        "I apologise for the delay.",
        "Please accept our apologies.",
        "We undertook to mend it.",
        "Your Mr Ode reported it on 2 May 2026.",
        "In a bad month you are credited 5 percent.",
    ],
)
def test_a_letter_that_answers_for_a_fault_goes_to_the_customer(words):
    text = LETTER.format(words)
    assert fact("customer", text) == "Quill Water Trust"
    assert fact("service", text) == "booking platform"


def test_a_supplier_is_no_service():
    text = "Customer: Alder Inns\nSupplier: Quill Systems\nPresent: Ada Orde (Quill Systems)\n\n"
    assert fact("service", f"{text}The key service is slow.") == "key service"


def test_a_zone_opens_no_name():
    text = (
        "Hi Ada,\none thing: Alder Coach Lines, case 71-D. They opened it at 06:20 NZST and Rewi "
    )
    assert fact("customer", f"{text}escalated it at 11:00 NZST.") == "Alder Coach Lines"


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("Three readings in every hundred were lost.", 0.03),
        ("Five calls of each hundred fail.", 0.05),
        ("About two thirds of the missing readings were imported again.", None),
        ("81% of the stuck parcels were handed out.", None),
        ("A quarter of the damaged labels were rejected.", 0.25),
    ],
)
def test_what_befalls_lost_things_is_no_share_of_failures(words, share):
    assert fact("error_rate", f"The shop is slow. {words}") == share


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("users_affected", "You told us 220 guests, and later 260; we use 260.", 260),
        ("escalated", "On 5 October 2026 my director made it an escalation.", "2026-10-05"),
        ("escalated", "On 6 May 2026 they had enough and it became an escalation.", "2026-05-06"),
        ("created", "On 6 May 2026 Alder Inns opened case SC-12: doors hang.", "2026-05-06"),
        ("created", "On 6 May 2026 the guests informed us that doors hang.", "2026-05-06"),
    ],
)
def test_what_is_settled_on_and_who_made_it_a_case_tell_figure_and_day(field, words, value):
    assert fact(field, f"Customer: Alder Inns\n\nThe key service is slow. {words}") == value


@pytest.mark.parametrize(
    "words", ["Forget the 84,000, it is", "Ignore my 84k, it is", "Disregard the old 84k, it is"]
)
def test_an_amount_to_forget_is_corrected(words):
    text = f"They say EUR 84,000 a week is at risk.\n{words} EUR 70,000 a week."
    assert fact("revenue_at_risk_per_day", text) == 10000


@pytest.mark.parametrize(
    ("words", "mood"),
    [
        ("I would be grateful for your help.", None),
        (
            "Their head is strict and the trust is damaged. I would be grateful for help.",
            "negative",
        ),
        ("Ring the owner, she is the angriest of them.", "negative"),
        ("Their owner is grateful.", "positive"),
    ],
)
def test_a_polite_wish_is_no_mood(words, mood):
    assert fact("sentiment", f"Mood\n{words}") == mood


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("created", "On 1 June 2026 they informed us that it hangs.", "2026-06-01"),
        ("escalated", "I raised the escalation today at 08:30 JST.", "2026-06-02T08:30:00+09:00"),
        ("escalated", "I am escalating it as we speak, 10:40 JST.", "2026-06-02T10:40:00+09:00"),
        ("escalated", "They asked for an escalation today.", "2026-06-02"),
        ("created", "I raised the escalation today at 08:30 JST.", None),
        ("priority", "We handled it as critical from then on.", "critical"),
        ("users_affected", "2,700 nurses work like that since Monday.", 2700),
    ],
)
def test_who_raises_an_escalation_opens_no_case(field, words, value):
    found = fact(field, f"Date: 2026/06/02 09:10 JST\n\nThe key service hangs. {words}")
    assert found == value


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("The contract ends in autumn. It says 99.9% and we were at 99.2%.", 0.999),
        ("Their agreement renews in 2027. It asks for 99.5%.", 0.995),
        ("The dashboard is red. It says 99.2%.", None),
        ("The contract ends in May. It says 5% of the fee is paid back.", None),
    ],
)
def test_what_a_contract_says_in_the_next_sentence_is_promised(words, share):
    assert fact("sla_objective", f"Customer: Alder Inns\n\n{words}") == share
