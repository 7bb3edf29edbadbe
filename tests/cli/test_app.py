import pytest

from impactcalc import __version__
from impactcalc.cli.guard import run


def said(capsys, *words):
    code = run(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_alone_it_says_what_it_is_and_what_to_try_first(capsys):
    code, out, err = said(capsys)
    assert (code, err) == (0, "")
    assert len(out.splitlines()) <= 14
    assert "impactcalc estimate --example" in out


def test_it_says_its_version(capsys):
    assert said(capsys, "--version") == (0, f"impactcalc {__version__}\n", "")


def test_help_groups_the_options_and_ends_with_examples(capsys):
    code, out, err = said(capsys, "estimate", "--help")
    headings = ["Arguments:", "What to write:", "Inputs:", "Simulation:", "General:", "Examples:"]
    assert (code, err) == (0, "")
    assert [line.strip() for line in out.splitlines() if line.strip() in headings] == headings
    assert "--since RECORD" in out


COMMANDS = ("estimate", "read", "whatif", "check", "schema", "credit", "sli", "backtest")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_two_examples_and_fits_80_columns(capsys, monkeypatch, command):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = said(capsys, command, "--help")
    lines = out.splitlines()
    examples = lines[lines.index("  Examples:") + 1 :]
    assert code == 0
    assert len(examples) >= 2
    assert all(one.startswith("    impactcalc ") for one in examples)
    assert max(map(len, lines)) <= 80
    assert "{" not in lines[0]


def test_the_first_help_cuts_no_command_short(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = said(capsys, "--help")
    assert code == 0
    assert "..." not in out.partition("\n")[2]
    assert all(f"\n  {command} " in out for command in COMMANDS)
    assert "impactcalc estimate --example" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["estimat", "x"], "No such command 'estimat'. Did you mean 'estimate'?"),
        (["estimate", "--trails", "5"], "--trials"),
        (["estimate"], "SOURCE is missing; try it: impactcalc estimate --example"),
        (["check"], "impactcalc check: Missing argument 'SCENARIO'"),
        (["estimate", "x", "--out"], "--out"),
        (["estimate", "x", "--example"], "--example answers the bundled escalation"),
        (["estimate", "x", "y", "--json"], "--json prints one document"),
        (["estimate", "x", "--summary", "--json"], "--json and --summary exclude each other"),
        (["estimate", "-", "-"], "can be read once"),
        (["read", "x", "--json", "-o", "y"], "-o and --json exclude each other"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_exit_2(capsys, words, message):
    code, out, err = said(capsys, *words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--trials", "0"),
        ("--trials", "1"),
        ("--trials", "10,000x"),
        ("--trials", "9" * 400),
        ("--seed", "-1"),
        ("--seed", "1.5"),
        ("--accuracy", "5"),
        ("--accuracy", "0%"),
        ("--accuracy", "-1%"),
        ("--accuracy", "101%"),
        ("--accuracy", "nan"),
        ("--fail-if", "breach_prob"),
    ],
)
def test_a_wrong_number_names_its_option_and_its_value(capsys, option, value):
    code, out, err = said(capsys, "estimate", "x", option, value)
    assert (code, out) == (2, "")
    assert err.startswith(option)
    assert value[:100] in err


def test_all_wrong_options_are_named_at_once(capsys):
    code, _, err = said(capsys, "estimate", "--trials", "x", "--seed", "y", "--accuracy", "z")
    assert code == 2
    assert [line.split(":")[0].split()[0] for line in err.splitlines()] == [
        "--accuracy",
        "--trials",
        "--seed",
        "SOURCE",
    ]


def test_impactcalc_alone_shows_three_commands_in_order_of_use(capsys):
    code, out, err = said(capsys)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    numbered = [line.split()[2] for line in lines if line.lstrip()[:1].isdigit()]
    assert numbered == ["estimate", "read", "whatif"]
    assert "impactcalc estimate --example" in out
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    "command", ["estimate", "read", "check", "schema", "credit", "sli", "whatif", "backtest"]
)
def test_every_help_ends_with_at_least_two_examples(capsys, command):
    _, out, _ = said(capsys, command, "--help")
    examples = out.partition("Examples:")[2].strip().splitlines()
    assert len(examples) >= 2
    assert all("impactcalc" in line for line in examples)


def test_colour_is_forced_and_forbidden_by_the_environment(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1m" in said(capsys, "read", "scenarios/stratton.txt")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in said(capsys, "read", "scenarios/stratton.txt")[1]
