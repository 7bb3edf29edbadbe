"""The parameters of the commands: their names, words of help and headings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

WRITE, INPUTS, SIMULATION, GENERAL = "What to write", "Inputs", "Simulation", "General"

Sources = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="SOURCE...",
        help="Escalation text, scenario (.yaml), or - for standard input.",
    ),
]
Text = Annotated[
    Path, typer.Argument(metavar="SOURCE", help="Escalation text, or - for standard input.")
]
Scenario = Annotated[
    Path, typer.Argument(metavar="SCENARIO", help="Scenario (.yaml), or - for standard input.")
]
Out = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of the files.  [reports]", rich_help_panel=WRITE),
]
Pdf = Annotated[bool, typer.Option("--pdf", help="The brief to forward.", rich_help_panel=WRITE)]
Png = Annotated[
    bool, typer.Option("--png", help="Its first page as a picture.", rich_help_panel=WRITE)
]
Paper = Annotated[
    str | None,
    typer.Option(metavar="SIZE", help="a4 or letter.  [a4]", rich_help_panel=WRITE),
]
Template = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.typ", help="Your own layout of the brief, in Typst.", rich_help_panel=WRITE
    ),
]
Logo = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Your logo for its head, SVG or PNG.", rich_help_panel=WRITE),
]
Pptx = Annotated[
    bool, typer.Option("--pptx", help="Five slides, editable charts.", rich_help_panel=WRITE)
]
Xlsx = Annotated[
    bool, typer.Option("--xlsx", help="A workbook of all figures.", rich_help_panel=WRITE)
]
Html = Annotated[
    bool, typer.Option("--html", help="The brief as one page to open.", rich_help_panel=WRITE)
]
Csv = Annotated[
    bool,
    typer.Option("--csv", help="Every figure as a row of one table.", rich_help_panel=WRITE),
]


def forms(**wanted: bool) -> tuple[str, ...]:
    """List the forms of files that are wanted."""
    return tuple(form for form, asked in wanted.items() if asked)


Json = Annotated[
    bool,
    typer.Option("--json", help="One JSON document, nothing else.", rich_help_panel=WRITE),
]
OneLine = Annotated[
    bool,
    typer.Option("--summary", help="One line, at most 255 characters.", rich_help_panel=WRITE),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", help="Only the paths of the files.", rich_help_panel=WRITE)
]
FailIf = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CONDITION",
        help="Exit 3 when it holds, e.g. 'breach_prob>0.5' (repeatable).",
        rich_help_panel=WRITE,
    ),
]
Example = Annotated[
    bool,
    typer.Option("--example", help="Answer the bundled escalation.", rich_help_panel=INPUTS),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="TIME",
        help="Moment of the forecast, e.g. 2024-01-23T12:00Z.",
        rich_help_panel=INPUTS,
    ),
]
Observations = Annotated[
    list[Path] | None,
    typer.Option(
        "--observations",
        metavar="FILE",
        help="Measurements: counts, states of monitors, incidents (repeatable).",
        rich_help_panel=INPUTS,
    ),
]
History = Annotated[
    Path | None,
    typer.Option(
        "--history",
        metavar="FILE",
        help="Earlier incidents with start and end: repair times, how often.",
        rich_help_panel=INPUTS,
    ),
]
Since = Annotated[
    Path | None,
    typer.Option(
        metavar="RECORD",
        help="What changed since an earlier estimate: its JSON, written with --out.",
        rich_help_panel=INPUTS,
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change a value, e.g. business.reading=lost (repeatable).",
        rich_help_panel=INPUTS,
    ),
]
Accuracy = Annotated[
    str | None,
    typer.Option(
        metavar="SHARE",
        help="Wanted standard error of the main figures.  [1%]",
        rich_help_panel=SIMULATION,
    ),
]
Trials = Annotated[
    str | None,
    typer.Option(
        metavar="N",
        help="Trials to run; with --accuracy the most.",
        rich_help_panel=SIMULATION,
    ),
]
Seed = Annotated[
    str | None,
    typer.Option(metavar="N", help="Seed of the draws.  [1]", rich_help_panel=SIMULATION),
]
ScenarioFile = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE.yaml",
        help="Write an editable scenario instead.",
        rich_help_panel=WRITE,
    ),
]
