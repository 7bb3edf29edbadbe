"""The commands: parse, call one use case, say what came out."""

from __future__ import annotations

from typing import Annotated

import typer

from impactcalc import __version__
from impactcalc.cli import backtest as tests_given
from impactcalc.cli import credit as credits_given
from impactcalc.cli import parameters as given
from impactcalc.cli import sli as levels
from impactcalc.cli import whatif as alternatives
from impactcalc.cli.help import Command
from impactcalc.cli.interrupts import interruptible
from impactcalc.cli.memory import keep_freed_pages
from impactcalc.cli.outcome import Outcome

WELCOME = """\
impactcalc: what an escalation costs, when it is over, whether the SLA breaks.

  1  impactcalc estimate escalation.txt --pdf     the answer, a brief to forward
  2  impactcalc read escalation.txt -o case.yaml  what was read, to correct
  3  impactcalc whatif case.yaml                  which action buys most

Try it now, with the bundled escalation:

  impactcalc estimate --example

Also: check, schema (scenario files); sli, credit (measurements, contracts);
backtest (were such forecasts right). impactcalc COMMAND --help says more.
"""

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _examples(*lines: str) -> str:
    """Write the end of a help text; the backspace keeps its lines apart."""
    return "\b\nExamples:\n" + "\n".join(f"  impactcalc {line}" for line in lines)


def _version(asked: bool) -> None:
    """Say the version and leave."""
    if asked:
        typer.echo(f"impactcalc {__version__}")
        raise typer.Exit


@app.callback(
    invoke_without_command=True,
    epilog=_examples("estimate --example", "estimate escalation.txt --pdf"),
)
def root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> Outcome:
    """Say what a customer escalation costs, when it is over, and whether the SLA breaks."""
    del version
    return Outcome() if context.invoked_subcommand else Outcome(WELCOME)


@app.command(
    cls=Command,
    short_help="Answer an escalation: money, SLA, when it is over.",
    epilog=_examples(
        "estimate escalation.txt --pdf --png",
        "estimate case.yaml --set business.reading=lost --json",
        "estimate today.txt --since reports/yesterday.json",
    ),
)
def estimate(  # noqa: PLR0913, PLR0917 - typer reads one parameter an option
    sources: given.Sources = None,
    out: given.Out = None,
    pdf: given.Pdf = False,
    png: given.Png = False,
    paper: given.Paper = None,
    template: given.Template = None,
    logo: given.Logo = None,
    pptx: given.Pptx = False,
    xlsx: given.Xlsx = False,
    html: given.Html = False,
    csv: given.Csv = False,
    as_json: given.Json = False,
    summary: given.OneLine = False,
    quiet: given.Quiet = False,
    fail_if: given.FailIf = None,
    example: given.Example = False,
    observations: given.Observations = None,
    history: given.History = None,
    columns: levels.Columns = None,
    errors: levels.Errors = None,
    threshold: levels.Threshold = None,
    zone: levels.Zone = None,
    as_of: given.AsOf = None,
    since: given.Since = None,
    settings: given.Settings = None,
    accuracy: given.Accuracy = None,
    trials: given.Trials = None,
    seed: given.Seed = None,
) -> Outcome:
    """Answer an escalation: money at stake, SLA, recovery; each with its range."""
    from impactcalc.cli.options import Findings, Reading, read_page, read_request, read_wish

    findings = Findings()
    request = read_request(
        findings,
        observations=observations,
        history=history,
        reading=Reading(columns, errors, threshold, zone),
        as_of=as_of,
        since=since,
        settings=settings,
        accuracy=accuracy,
        trials=trials,
        seed=seed,
    )
    wish = read_wish(
        findings,
        sources=sources,
        observations=observations,
        since=since,
        example=example,
        as_json=as_json,
        summary=summary,
        quiet=quiet,
        fail_if=fail_if,
    )
    forms = given.forms(pdf=pdf, png=png, pptx=pptx, xlsx=xlsx, html=html, csv=csv)
    layout = read_page(findings, forms, paper=paper, template=template, logo=logo)
    findings.finish()
    from impactcalc.cli.answer import answer

    interruptible()
    keep_freed_pages()
    return answer(wish, request, forms, out, layout)


@app.command(
    cls=Command,
    short_help="Show the facts of a text, each beside its line.",
    epilog=_examples("read escalation.txt", "read escalation.txt -o case.yaml"),
)
def read(
    source: given.Text, output: given.ScenarioFile = None, as_json: given.Json = False
) -> Outcome:
    """Show the facts of an escalation text, each beside its line."""
    from impactcalc.cli.facts import facts

    interruptible()
    return facts(str(source), output, as_json=as_json)


@app.command(
    cls=Command,
    short_help="Say what each action saves, and which one buys most.",
    epilog=_examples(
        "whatif case.yaml",
        "whatif escalation.txt --set 'recovery.stages.2.window=4 h to 9 h'",
        "whatif case.yaml other.yaml",
    ),
)
def whatif(  # noqa: PLR0913, PLR0917 - typer reads one parameter an option
    source: alternatives.Source,
    second: alternatives.Second = None,
    plot: alternatives.Plot = None,
    as_json: given.Json = False,
    observations: given.Observations = None,
    history: given.History = None,
    as_of: given.AsOf = None,
    settings: given.Settings = None,
    accuracy: given.Accuracy = None,
    trials: given.Trials = None,
    seed: given.Seed = None,
) -> Outcome:
    """Say what each alternative saves: the what_if list, --set, or a second scenario."""
    from impactcalc.cli.options import Findings, Reading, read_request

    findings = Findings()
    request = read_request(
        findings,
        observations=observations,
        history=history,
        reading=Reading(None, None, None, None),
        as_of=as_of,
        settings=settings,
        accuracy=accuracy,
        trials=trials,
        seed=seed,
    )
    if settings and second is not None:
        findings.refuse("--set and a second scenario exclude each other", "leave one out")
    findings.finish()
    interruptible()
    keep_freed_pages()
    return alternatives.answer(source, second, request, plot, as_json=as_json)


@app.command(
    cls=Command,
    short_help="Name every mistake in a scenario file.",
    epilog=_examples(
        "check case.yaml", "read escalation.txt -o case.yaml && impactcalc check case.yaml"
    ),
)
def check(scenario: given.Scenario) -> Outcome:
    """Name every mistake in a scenario file, with its line and its remedy."""
    from impactcalc.usecases.check import check as warnings_of

    interruptible()
    return Outcome(notes=warnings_of(str(scenario)))


@app.command(
    cls=Command,
    short_help="Print the JSON Schema of the scenario file.",
    epilog=_examples("schema > scenario.schema.json", "schema | python3 -m json.tool | less"),
)
def schema() -> Outcome:
    """Print the JSON Schema of the scenario file, for editors."""
    from impactcalc.usecases.schema import schema as document

    interruptible()
    return Outcome(document(), utf8=True)


@app.command(
    cls=Command,
    short_help="Say what a contract pays for an availability.",
    epilog=_examples(
        "credit case.yaml --availability 99.2%",
        "credit list.json --id gold --availability 0.9985 --fee '10 K USD'",
    ),
)
def credit(
    schedule: credits_given.Schedule,
    availability: credits_given.Availability,
    wanted: credits_given.Id = None,
    fee: credits_given.Fee = None,
    as_json: given.Json = False,
) -> Outcome:
    """Say what a contract pays for an availability, exactly at its bounds too."""
    interruptible()
    return credits_given.answer(str(schedule), availability, wanted, fee, as_json=as_json)


@app.command(
    cls=Command,
    short_help="Judge measurements: SLIs, error budget, burn rates.",
    epilog=_examples(
        "sli minutes.csv --target 99.9% --period 2024-01",
        "sli week.parquet slo.yaml --downtime 'threshold 5%' --json",
    ),
)
def sli(  # noqa: PLR0913, PLR0917 - typer reads one parameter an option
    files: levels.Files,
    target: levels.Target = None,
    period: levels.Period = None,
    downtime: levels.Downtime = None,
    min_consecutive: levels.MinConsecutive = None,
    min_events: levels.MinEvents = None,
    exclude: levels.Exclude = None,
    zone: levels.Zone = None,
    columns: levels.Columns = None,
    errors: levels.Errors = None,
    threshold: levels.Threshold = None,
    weight: levels.Weight = None,
    component: levels.Component = None,
    kind: levels.Format = None,
    slice_width: levels.Slice = None,
    slice_target: levels.SliceTarget = None,
    as_of: levels.AsOf = None,
    plot: levels.Plot = None,
    as_json: given.Json = False,
    fail_below_target: levels.FailBelow = False,
) -> Outcome:
    """Judge measurements: SLIs, downtime under each definition, error budget, burn rates."""
    interruptible()
    asked = levels.Asked(
        files, target, period, downtime, min_consecutive, min_events, exclude or (), zone, columns,
        errors, threshold, weight or (), component, kind, slice_width, slice_target, as_of,
    )  # fmt: skip
    return levels.answer(asked, levels.Write(as_json, plot, fail_below_target))


@app.command(
    cls=Command,
    short_help="Test forecasts against what really happened.",
    epilog=_examples(
        "backtest incidents.csv",
        "backtest tickets.parquet --columns start=opened,end=closed --png",
        "backtest reports --actuals actuals.csv",
    ),
)
def backtest(  # noqa: PLR0913, PLR0917 - typer reads one parameter an option
    history: tests_given.History,
    actuals: tests_given.Actuals = None,
    png: tests_given.Png = False,
    out: given.Out = None,
    as_json: given.Json = False,
    columns: tests_given.Columns = None,
    zone: tests_given.Zone = None,
    burn_in: tests_given.LearnedFirst = None,
    window: tests_given.Window = None,
) -> Outcome:
    """Test forecasts: the model's on a history, or one's own that --out has kept in a folder."""
    interruptible()
    asked = tests_given.Asked(str(history), columns, zone, burn_in, window, actuals)
    write = tests_given.Write(as_json, png, out)
    if history.is_dir():
        from impactcalc.cli.backtest_records import answer as records_answer

        return records_answer(asked, write)
    return tests_given.answer(asked, write)
