"""UptimeRobot, Pingdom and Statuspage: events become states; odd files are refused."""

import json
from datetime import UTC
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from impactcalc.domain.observation import Episode
from impactcalc.errors import InputError
from impactcalc.intake.monitors import is_uptimerobot_csv, monitor_kind, read_monitors
from impactcalc.intake.monitors.timeline import worst_of
from impactcalc.intake.observation_file import FOREVER_NS, ObservationFile
from impactcalc.intake.read_options import ReadOptions

T0 = 1_706_745_600  # 2024-02-01T00:00Z
SECOND = 10**9
UP, DOWN, STARTED, PAUSED = 2, 1, 98, 99
CSV = """Event,Date-Time,Reason,Duration,Duration (in mins.)
Up,2024-02-01 00:10:30,OK,"0 hrs, 49 mins",49
Down,2024-02-01 00:05:00,Connection Timeout,"0 hrs, 5 mins",5
Paused,2024-02-01 00:04:00,Paused,"0 hrs, 1 mins",1
Started,2024-02-01 00:00:00,Started,"0 hrs, 4 mins",4
"""


def source(document, name="m.json"):
    data = document if isinstance(document, str) else json.dumps(document)
    return ObservationFile(name, data.encode())


def read(*documents, **options):
    return read_monitors([source(one) for one in documents], ReadOptions(**options))


def refusal(document, **options):
    with pytest.raises(InputError) as caught:
        read(document, **options)
    return str(caught.value)


def minutes(observed):
    """Spans in minutes since T0 with their lost share; FOREVER is None."""
    return [
        (
            (one.start_ns - T0 * SECOND) / 60e9,
            None if one.end_ns == FOREVER_NS else (one.end_ns - T0 * SECOND) / 60e9,
            one.lost_share,
        )
        for one in observed.data.episodes
    ]


def robot(*logs, **more):
    keys = ("type", "datetime", "duration")
    rows = [dict(zip(keys, (kind, T0 + 60 * at, *rest), strict=False)) for kind, at, *rest in logs]
    return {"stat": "ok", "monitors": [{"id": 1, "friendly_name": "API", "logs": rows} | more]}


def test_a_state_lasts_until_the_next_event_and_the_newest_as_long_as_it_says():
    observed = read(robot((UP, 9, 300), (DOWN, 5, 999), (PAUSED, 3, 1), (STARTED, 0, 1)))
    assert minutes(observed) == [(0, 3, 0), (3, 5, None), (5, 9, 1), (9, 14, 0)]
    assert observed.data.otherwise is None
    assert (observed.span.end_ns - observed.span.start_ns) == 14 * 60 * SECOND


def test_a_newest_event_without_a_duration_is_still_open():
    observed = read(robot((UP, 0), (DOWN, 5)), as_of_ns=(T0 + 3600) * SECOND)
    assert minutes(observed) == [(0, 5, 0), (5, None, 1)]
    assert observed.span.end_ns == (T0 + 3600) * SECOND


def test_times_may_be_text_or_milliseconds_and_the_order_does_not_matter():
    document = robot((DOWN, 5, 60), (UP, 0, 300))
    logs = document["monitors"][0]["logs"]
    logs[0]["datetime"] = str(logs[0]["datetime"])
    logs[1]["datetime"] *= 1000
    logs.reverse()
    assert minutes(read(document)) == [(0, 5, 0), (5, 6, 1)]


def test_of_two_events_at_one_moment_the_later_in_time_holds():
    newest_first = robot((UP, 9, 60), (UP, 5, 0), (DOWN, 5, 0), (UP, 0, 300))
    assert minutes(read(newest_first)) == [(0, 5, 0), (5, 9, 0), (9, 10, 0)]


def test_of_several_monitors_the_worst_counts_and_one_can_be_chosen():
    document = robot((UP, 0, 600))
    document["monitors"].append(
        {"id": 2, "friendly_name": "Web",
         "logs": robot((DOWN, 2, 120), (UP, 1, 60))["monitors"][0]["logs"]}
    )  # fmt: skip
    document["monitors"].append({"id": 3, "friendly_name": "idle", "logs": []})
    observed = read(document)
    assert minutes(observed) == [(0, 1, None), (1, 2, 0), (2, 4, 1), (4, 10, None)]
    assert "several monitors ('API', 'Web')" in observed.remarks[0].message
    for wanted in ("API", "1"):
        assert minutes(read(document, component=wanted)) == [(0, 10, 0)]
    assert "there is no monitor 'Wep'; did you mean 'Web'?" in refusal(document, component="Wep")
    assert "holds no event" in refusal(document, component="idle")


def test_the_logs_of_one_monitor_may_be_spread_over_files():
    first, second = robot((UP, 0, 300)), robot((DOWN, 5, 60))
    assert minutes(read(second, first)) == [(0, 5, 0), (5, 6, 1)]


def test_unknown_gives_way_to_what_is_known_within_a_monitor_not_between_two():
    known, hidden = Episode(0, 10, Fraction(0)), Episode(5, 20, None)
    assert worst_of([[known, hidden]]) == [known, hidden]
    assert worst_of([[known, hidden], [Episode(0, 20, Fraction(0))]]) == [
        Episode(0, 5, Fraction(0)), Episode(5, 10, Fraction(0)), Episode(10, 20, None),
    ]  # fmt: skip


def test_missing_pages_of_monitors_are_said():
    observed = read(robot((UP, 0, 60)) | {"pagination": {"total": 7}})
    assert "holds 1 of 7 monitors" in observed.remarks[0].message


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"stat": "fail", "error": {"message": "api_key not found."}}, "api_key not found."),
        (robot((7, 0, 60)), "monitors[0].logs[0].type: '7' is no kind of log"),
        (robot((UP, 0, "long")), "monitors[0].logs[0].duration"),
        ({"monitors": [{"logs": [{"type": 1}]}]}, "monitors[0].logs[0].datetime: is missing"),
        ({"monitors": [{"logs": [{"type": 1, "datetime": "soon"}]}]}, "'soon' is no time"),
        ({"monitors": [{"id": 1}]}, "ask getMonitors with logs=1"),
        ({"monitors": []}, "holds no event"),
        ({"monitors": [5]}, "monitors[0]: '5' is no object"),
        ({"a": 1}, "is no export"),
    ],
)
def test_what_is_wrong_with_logs_is_named(document, words):
    assert words in refusal(document)


def test_the_csv_is_read_from_event_times_and_its_newest_duration_is_rounded():
    observed = read(CSV, zone=UTC)
    assert minutes(observed) == [
        (0, 4, 0), (4, 5, None), (5, 10.5, 1), (10.5, 60.5, 0),
    ]  # fmt: skip


def test_the_csv_may_hold_several_monitors_semicolons_and_a_byte_order_mark():
    rows = ["\ufeffMonitor;Event;Date-Time (UTC);Duration", "A;Up;2024-02-01 00:00:00;1 h",
            "", "B;Down;2024-02-01 00:00:00;1 h"]  # fmt: skip
    text = "\r\n".join(rows)
    assert is_uptimerobot_csv(text.encode())
    assert minutes(read(text, zone=UTC, component="B")) == [(0, 120, 1)]
    assert minutes(read(text, zone=UTC)) == [(0, 120, 1)]


def test_a_date_that_proves_its_order_proves_that_of_all():
    text = CSV.replace("2024-02-01", "02/01/2024").replace("Up,02/01", "Up,02/13")
    assert minutes(read(text, zone=UTC))[1] == (4, 5, None)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Up,", "Seems up,", "m.json:2: event 'Seems up' is not known"),
        ("2024-02-01 00:05:00", "yesterday", "m.json:3: 'yesterday' is no time"),
        ('"0 hrs, 49 mins"', "0 hrs, 49 mins", "m.json:2: 6 cells where the header has 5"),
        ('"0 hrs, 49 mins"', '"0 hrs, 49 mins', "broken quotes"),
    ],
)
def test_what_is_wrong_with_the_csv_is_named_by_its_line(old, new, words):
    assert words in refusal(CSV.replace(old, new), zone=UTC)


def test_the_csv_needs_a_zone_and_an_hour_that_exists_once():
    assert "--tz" in refusal(CSV)
    twice = CSV.replace("2024-02-01 00:05:00", "2024-11-03 01:05:00")
    assert "exists twice" in refusal(twice, zone=ZoneInfo("America/New_York"))


def test_a_csv_without_rows_or_in_another_encoding_is_refused():
    assert "no rows after the header" in refusal(CSV.splitlines()[0], zone=UTC)
    latin = ObservationFile("m.csv", CSV.replace("OK", "Gr\u00fc\u00dfe").encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        read_monitors([latin], ReadOptions(zone=UTC))


def pingdom(*states):
    keys = ("status", "timefrom", "timeto")
    rows = [
        dict(zip(keys, (status, T0 + 60 * start, T0 + 60 * end), strict=True))
        for status, start, end in states
    ]
    return {"summary": {"states": rows}}


def test_states_of_pingdom_are_spans_and_the_rest_is_unknown():
    observed = read(pingdom(("down", 5, 7), ("up", 0, 5), ("unknown", 7, 9), ("up", 9, 9)))
    assert minutes(observed) == [(5, 7, 1), (0, 5, 0), (7, 9, None)]
    assert observed.data.otherwise is None


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"error": {"statuscode": 403, "errormessage": "Forbidden"}}, "Forbidden"),
        (pingdom(("down", 5, 4)), "summary.states[0].timeto"),
        (pingdom(("sleepy", 0, 4)), "'sleepy' is not known"),
        ({"summary": {"states": [{"status": "up"}]}}, "summary.states[0].timefrom: is missing"),
        ({"summary": {"states": []}}, "holds no state"),
        ({"summary": {"states": 4}}, "summary.states: is missing"),
    ],
)
def test_what_is_wrong_with_states_is_named(document, words):
    assert words in refusal(document)


def update(at, **states):
    return {
        "status": "investigating",
        "display_at": f"2024-02-01T00:{at:02d}:00Z",
        "affected_components": [
            {"code": code, "name": code.upper(), "new_status": status}
            for code, status in states.items()
        ],
    }


def incident(*updates, end=None, **more):
    ended = None if end is None else f"2024-02-01T00:{end:02d}:00Z"
    return {"name": "I", "resolved_at": ended, "incident_updates": list(updates)[::-1]} | more


def page(*incidents, **more):
    return {"page": {"time_zone": "Etc/UTC"}, "incidents": list(incidents)} | more


def test_component_states_decide_and_last_until_the_next_update_or_the_end():
    document = page(
        incident(
            update(5, api="partial_outage"),
            update(8, web="major_outage"),
            update(9, api="degraded_performance"),
            end=20, impact="critical",
        )
    )  # fmt: skip
    observed = read(document)
    assert sorted(minutes(observed)) == [(5, 9, Fraction(3, 10)), (8, 20, 1)]
    assert observed.data.otherwise == 0
    assert minutes(read(document, component="api")) == [(5, 9, Fraction(3, 10))]
    assert minutes(read(document, component="Web")) == [(8, 20, 1)]
    half = {"partial": Fraction(1, 2), "degraded": Fraction(1, 10)}
    assert sorted(minutes(read(document, component="API", weights=half))) == [
        (5, 9, Fraction(1, 2)), (9, 20, Fraction(1, 10)),
    ]  # fmt: skip


def test_an_open_incident_never_ends_and_a_closing_update_ends_one_without_a_time():
    opened = page(incident(update(5, api="major_outage"), status="monitoring"))
    assert minutes(read(opened)) == [(5, None, 1)]
    closed = incident(update(5, api="major_outage"), update(9) | {"status": "resolved"})
    assert minutes(read(page(closed | {"status": "postmortem"}))) == [(5, 9, 1)]


def test_maintenance_is_no_downtime_but_what_overruns_is():
    planned = incident(update(0, api="under_maintenance"), update(30, api="major_outage"), end=40)
    observed = read(page(scheduled_maintenances=[planned]))
    assert minutes(observed) == [(30, 40, 1)]


def test_a_group_means_its_components_whether_nested_or_by_id():
    one = incident(update(5, a="major_outage"), end=6)
    two = incident(update(8, b="major_outage"), end=9)
    nested = [{"id": "g", "name": "Group", "components": [{"id": "a", "name": "A"}, "b"]}]
    by_id = [
        {"id": "g", "name": "Group", "group": True},
        {"id": "a", "name": "A", "group_id": "g"},
        {"id": "b", "name": "B", "group_id": "g"},
    ]
    odd = [{"id": "x", "components": True}]
    for components in (nested, by_id, [*nested, *odd]):
        document = page(one, two, components=components)
        assert minutes(read(document, component="Group")) == [(5, 6, 1), (8, 9, 1)]
        assert minutes(read(document, component="a")) == [(5, 6, 1)]


def test_a_component_that_never_failed_is_up_and_an_unknown_one_refused():
    document = page(
        incident(update(5, api="major_outage"), end=6), components=[{"id": "db", "name": "Store"}]
    )
    assert minutes(read(document, component="Store")) == []
    assert "known are API, Store" in refusal(document, component="x")


def test_an_incident_without_component_states_is_not_counted_and_that_is_said():
    observed = read([incident(update(5), end=9)])
    assert minutes(observed) == []
    assert "names no component's state" in observed.remarks[0].message


def test_no_incident_at_all_is_a_good_month():
    observed = read(page())
    assert (observed.data.episodes, observed.span) == ((), None)


def test_times_without_an_offset_are_of_the_page():
    late = update(5, api="major_outage") | {"display_at": "2024-02-01 01:05:00"}
    document = page(incident(late, end=9)) | {"page": {"time_zone": "Europe/Berlin"}}
    assert minutes(read(document)) == [(5, 9, 1)]
    assert "has no time zone" in refusal(document | {"page": {"time_zone": "Nowhere"}})


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (page(incident(update(5, api="broken"), end=9)), "affected_components[0].new_status"),
        (page(incident(update(5, api="major_outage"), end=4)), "lies before the first update"),
        (page(incident({"affected_components": []})), "incident_updates[0].display_at"),
        (
            page(incident(update(5) | {"affected_components": [{"new_status": "operational"}]})),
            "affected_components[0].code: is missing",
        ),
        (page({"name": "no time"}), "incidents[0].started_at: is missing"),
        ({"incidents": {}}, "incidents: is no list"),
    ],
)
def test_what_is_wrong_with_a_page_is_named(document, words):
    assert words in refusal(document)


def test_files_of_several_services_do_not_mix():
    with pytest.raises(InputError, match="several services: pingdom, statuspage"):
        read(page(), pingdom())


def test_kinds_are_told_apart():
    kinds = [monitor_kind(one) for one in ([incident()], [5], 5, page(), {"summary": 4}, [])]
    assert kinds == ["statuspage", None, None, "statuspage", None, None]
