"""What people write in chats, letters and minutes, in sentences of our own."""

import pytest

from impactcalc.intake.escalation import read_escalation


def facts(text):
    return read_escalation(text).facts


def progress(text):
    return {one["action"]: one["state"] for one in facts(text).progress or ()}


def stages(text):
    return [(one["name"], one["from_hours"], one["to_hours"]) for one in facts(text).stages or ()]


def test_a_window_between_dashes_is_no_name():
    text = (
        "Customer: Elm\n\nPlan\n----\nnow - 3 h: pause the mailing\n3 h - 2 days: mend the filter\n"
    )
    assert stages(text) == [(None, 0, 3), (None, 3, 48)]


@pytest.mark.parametrize(
    "closing",
    [
        "After seven years with you we are bitterly disappointed.",
        "After twelve years of good work with your house this is sad.",
    ],
)
def test_years_that_people_have_known_each_other_are_no_stage(closing):
    text = (
        "You promised us two steps. In the first 6 hours: swap the relay. "
        f"Between 6 and 30 hours: replay the parcels. The relay was swapped on Monday.\n\n{closing}"
    )
    assert stages(text) == [(None, 0, 6), (None, 6, 30)]
    assert progress(text) == {"swap the relay": "done"}


def test_a_part_of_roughly_a_whole_is_in_progress():
    text = (
        "Plan\n----\n1. Repair (0-9 hours)\n   - Re-send the lost orders\n\nStatus\n------\n"
        "Of the lost orders, 150 out of roughly 400 have been re-sent.\n"
    )
    assert progress(text) == {"Re-send the lost orders": "in_progress"}


@pytest.mark.parametrize(
    "said", ["Nothing was reported on 1.2.", "1.2: no report.", "1.2 was not mentioned."]
)
def test_what_nobody_reported_has_no_state(said):
    text = (
        "Decisions\n  1.1  Repair (0-9 hours)\n       - mend the press\n"
        "  1.2  Clean up (after 10 days)\n       - sell the old press\n\n"
        f"Progress\n  The press is mended. {said}\n"
    )
    assert progress(text) == {"mend the press": "done"}


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("The escalation was raised from level 1 to level 3.", 3),
        ("We moved the escalation from level 2 to 3 at noon.", 3),
        ("The escalation stands at level 2.", 2),
        ("This escalation is at level 2, no longer level 1.", 2),
    ],
)
def test_the_level_is_the_one_that_it_came_to(said, level):
    assert facts(f"Customer: Elm\n\n{said}\n").escalation_level == level


@pytest.mark.parametrize(
    "said",
    [
        "Their buyer is losing her temper.",
        "Their head of sales shouted at me for ten minutes.",
        "The board lost its temper and their chief is angry.",
    ],
)
def test_a_lost_temper_is_a_bad_mood(said):
    assert facts(f"Customer: Elm\n\n{said}\n").sentiment == "negative"


def test_other_business_of_minutes_is_no_progress():
    text = (
        "2  Progress\n   The press is mended.\n\n3  Other business\n"
        "   Ms Roe said that her owner is furious.\n"
    )
    assert facts(text).sentiment == "negative"


def test_people_whom_it_concerns_are_affected():
    found = facts("It concerns some 730 ticket clerks; our 2,100 sailors are spared.\n")
    assert found.users_affected == 730


def test_what_a_month_came_out_at_is_not_promised():
    assert facts("- contract: 99.4 % availability, May came out at 98.2 %\n").sla_objective == 0.994


@pytest.mark.parametrize("usual", ["on a quiet market day", "in an average week", "on calm days"])
def test_a_quiet_day_tells_the_usual_time(usual):
    found = facts(f"Bids of the auction appear after 20 to 30 seconds, {usual} it is 3 seconds.\n")
    assert (found.latency_normal_s, found.latency_now_s) == (3, [20, 30])


@pytest.mark.parametrize("change", ["the merger of May", "that"])
def test_what_it_took_before_a_change_is_usual(change):
    found = facts(f"A payslip takes 3 minutes. Before {change} it took 20 seconds.\n")
    assert (found.latency_normal_s, found.latency_now_s) == (20, 180)


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("I see 2 % failed prints only. That was at eight. It is 19 % now.", 0.19),
        ("A third of the prints fails. We measured it again, it is 12%.", 0.12),
        ("4 % of the prints fail. The cache is at 60 % now.", 0.04),
    ],
)
def test_a_newer_share_takes_the_place_of_the_last(said, share):
    assert facts(said + "\n").error_rate == share


@pytest.mark.parametrize(
    "head",
    [
        "From: Ada Poe (search service)\nTo: Ben Roe\n",
        "Ada Poe\nDirector of Revenue Services\n",
        "Call with St. Brannoc Medical Centre\n",
        "Subject: Tickets are slow at Elm Weather Service\n",
        "Land Registry of Dunmore, case 4471.\n",
    ],
)
def test_an_office_or_a_name_is_no_failing_service(head):
    assert (
        facts(f"{head}\nThe ferry booking platform is slow.\n").service == "ferry booking platform"
    )


def test_a_question_of_a_mail_is_the_label_of_the_answer_between_its_lines():
    found = facts(
        "From: Ada Poe\nTo: Ben Roe\n\n> What is at risk for them?\n\n"
        "EUR 1,400 weekly, they say.\n\n"
        "> What does the contract say?\n\n99.7 per cent, and they pay EUR 800 per month.\n"
    )
    assert (found.revenue_at_risk_per_day, found.sla_objective) == (200, 0.997)
    assert found.monthly_fee == 800


def test_money_given_back_below_a_limit_is_a_credit():
    found = facts(
        "We receive EUR 500 per month. If the availability of a month is below 99.2 % we give back "
        "4 % of the fee, below 97 % we give back 12 %.\n"
    )
    assert found.monthly_fee == 500
    assert found.credit_tiers == [{"below": 0.992, "credit": 0.04}, {"below": 0.97, "credit": 0.12}]


def test_nodes_that_are_called_the_total_are_all_of_them():
    assert facts("They are on 6 render nodes in two availability zones, the total.\n").nodes == 6
    assert facts("The fault shows on 6 render nodes.\n").nodes is None


def test_the_end_of_a_band_that_goes_to_a_limit_is_the_limit():
    found = facts(
        "Contract\n--------\n- Credit 2%: availability 97.00% to below 98.50%\n"
        "- Credit 9%: availability below 97.00%\n"
    )
    assert found.credit_tiers == [{"below": 0.985, "credit": 0.02}, {"below": 0.97, "credit": 0.09}]


def test_who_posted_it_is_not_the_customer():
    text = "The story of the week\nposted by Marta Quill, 3 May 2026\n\nThe ferry portal is slow.\n"
    assert facts(text).customer != "Marta Quill"


def test_the_newest_heading_of_a_status_page_tells_the_state():
    text = (
        "Component: Booking portal\n\n"
        "## 4 May 2026, 14:00 BST - Current state: Half repaired\nThe index is rebuilt.\n\n"
        "## 4 May 2026, 11:00 BST - Current state: Investigating\nA slow disk.\n\n"
        "## 4 May 2026, 10:00 BST - Opened\nA booking takes 9 minutes instead of 20 seconds.\n"
    )
    assert facts(text).status == "Half repaired"


def test_a_priority_that_was_raised_is_the_newer_one():
    text = (
        "2026-03-02 07:55  OPENED    the search answers slowly. severity SEV3\n"
        "2026-03-02 08:20  FACT      the loans work\n"
        "2026-03-02 09:05  SEVERITY  raised from SEV3 to SEV2, the fair starts today\n"
    )
    assert facts(text).priority == "high"


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("Correction from their finance: it is 65k USD per day, the 80k included hats.", 65000),
        ("Correction: the monthly fee is USD 3,000 per month.", 80000),
    ],
)
def test_a_correction_of_the_money_at_risk_needs_no_label(said, amount):
    found = facts(f"Sales of USD 80,000 per day are at risk.\n\n{said}\n")
    assert found.revenue_at_risk_per_day == amount


def test_a_legend_of_signs_in_brackets_is_no_report():
    text = (
        "Plan\n----\n1. Rescue (0-3 h)\n   - (/) Lift the barrier\n2. Later (2-4 weeks)\n"
        "   - Train with the running crew\n\n(/) finished, (!) running, (x) not begun\n"
    )
    assert progress(text) == {"Lift the barrier": "done"}


@pytest.mark.parametrize("label", ["Contractual availability", "Agreed availability"])
def test_a_contractual_availability_is_no_actual_one(label):
    assert facts(f"{label}: 99.4 %\n").sla_objective == 0.994
    assert facts("Actual availability: 99.4 %\n").sla_objective is None


def test_what_they_pay_is_not_at_risk_behind_the_label_of_money():
    found = facts("money: hats of EUR 700 per day at risk. They pay EUR 900 a month\n")
    assert (found.revenue_at_risk_per_day, found.monthly_fee) == (700, 900)


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("They guess between 150 and 190 campers a night.", [150, 190]),
        ("The club puts the number of people who notice at 150.", 150),
    ],
)
def test_people_are_counted_by_a_guess(said, people):
    assert facts(said + "\n").users_affected == people


def test_a_spinner_that_people_look_at_is_a_response_time():
    found = facts("Campers look at a spinner for up to 25 seconds. Used to be around 4 seconds.\n")
    assert (found.latency_normal_s, found.latency_now_s) == (4, 25)


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("Roughly a tenth gives an error straight away.", 0.1),
        ("One stamp in eight comes back empty.", 0.125),
        ("A third floor is closed by an error.", None),
    ],
)
def test_a_share_without_its_noun_fails(said, share):
    assert facts(said + "\n").error_rate == share


@pytest.mark.parametrize(
    ("said", "nodes"),
    [
        ("Hardware: nodes 4, halls 2.", 4),
        ("There are 3 worker nodes per hall, two halls, 6 nodes altogether.", 6),
        ("The relay is clustered on three nodes.", 3),
    ],
)
def test_nodes_are_counted_by_a_number_behind_them_or_all_in_all(said, nodes):
    assert facts(said + "\n").nodes == nodes


@pytest.mark.parametrize(
    ("words", "mood"),
    [
        (
            'polite on the phone. Their planner said "we are slowly losing trust in you".',
            "negative",
        ),
        ('calm and factual. The owner is "not happy at all and tired of explaining".', "negative"),
        ("calm and factual. They asked for a call on Friday.", "neutral"),
        ("worn out and short with us", "negative"),
        ("trust is gone", "negative"),
    ],
)
def test_an_even_manner_hides_no_mood_that_is_told_behind_it(words, mood):
    told = read_escalation(f"Customer: Tidewell\nPriority: P2\n\nMood: {words}\n").facts
    assert told.sentiment == mood


def test_a_mood_is_what_the_reader_is_asked_to_report():
    text = "Tidewell opened it.\n\nNot pleased, just tired. Please report it as neutral.\n"
    assert read_escalation(text).facts.sentiment == "neutral"


TONIGHT = (
    "ana  7:01 PM\nplan for tonight\n*Calm* (0-30 min): stop the menu job, put the bar scales into "
    "offline mode\n*Mend* (30 min - 5 h): rebuild the dish index, restore the price list from the "
    "weekly backup\n\n"
)


@pytest.mark.parametrize(
    ("said", "action", "state"),
    [
        ("all 90 bar scales are in offline mode", "put the bar scales into offline mode", "done"),
        ("the weekly backup is complete and readable", "restore the price list", None),
        (
            "and the dish index?\n\nbo  7:31 PM\n:x: not before noon, it would lock the bar scales",
            "rebuild the dish index",
            "not_started",
        ),
        (
            "menu job not stopped\n\nadded 14:20: the menu job is being stopped, 3 of 9 so far",
            "stop the menu job",
            "in_progress",
        ),
    ],
)
def test_a_chat_tells_how_far_the_action_is_that_it_speaks_of(said, action, state):
    told = progress(f"{TONIGHT}bo  7:16 PM\n{said}\n")
    found = {name: one for name, one in told.items() if name.startswith(action)}
    assert list(found.values()) == ([state] if state else [])
    assert len(told) == len(found)


GIFTS = (
    "Plan:\n1. Now (0-8 h)\n   - skip parcels that were sent twice\n"
    "   - give every yard manager a printer of their own\n\nStatus:\n"
)


@pytest.mark.parametrize(
    ("said", "states"),
    [
        ("Parcels are skipped for two of three yard managers.", ["in_progress"]),
        ("Yard managers informed.", []),
        ("Printer still at 1,400 pages.", []),
        ("Every yard manager has a printer of their own.", ["done"]),
    ],
)
def test_whom_an_action_gives_a_thing_is_not_what_it_does(said, states):
    assert list(progress(f"{GIFTS}{said}\n").values()) == states


def test_a_table_of_credits_bears_its_title():
    told = facts(
        "Terms\n-----\nUptime in the contract: 99.5 %\n\n.. list-table:: Service credits\n"
        "   :header-rows: 1\n\n   * - Monthly uptime\n     - Credit\n"
        "   * - 99.0 % to below 99.5 %\n     - 5 %\n   * - below 99.0 %\n     - 10 %\n"
    )
    assert told.credit_tiers == [
        {"below": 0.995, "credit": 0.05},
        {"below": 0.99, "credit": 0.1},
    ]


def test_who_writes_may_be_emphasised():
    told = facts(
        "Priority: P2\n\nh2. Comments\n_Ana Orde, 14/Apr/2026 11:20 EDT_\nThe key cache is live.\n"
        "_Bo Falk, 14/Apr/2026 17:58 EDT_\nEscalated to the management of Tidewell.\n"
    )
    assert told.escalated is None or told.escalated.startswith("2026-04-14")
    assert told.customer != "Ana Orde"


@pytest.mark.parametrize("label", ["Pinned", "Topic"])
def test_what_is_pinned_in_a_channel_names_customer_and_service(label):
    told = facts(f"#inc-ollerby\n{label}: Ollerby Ferries | ticket printing service | SEV2\n")
    assert (told.customer, told.service) == ("Ollerby Ferries", "ticket printing service")


def test_a_message_may_tell_of_a_mood_between_reports():
    told = facts(
        "h2. Comments\n_Ana Orde, 14/Apr/2026 11:20 EDT_\nThe key cache is live.\n"
        "_Ana Orde, 14/Apr/2026 17:58 EDT_\nYard managers are fuming and copy their CEO.\n"
    )
    assert told.sentiment == "negative"
