"""The help of a command: options under headings, examples below, and --debug everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperOption

from impactcalc.cli.parameters import GENERAL

if TYPE_CHECKING:
    from typer import CallbackParam, Context
    from typer._click import Context as ClickContext
    from typer._click import HelpFormatter


class Debug:
    """Where the traceback of an internal error goes; it outlives the command that read it."""

    file: Path | None = None


def _remember(context: Context, option: CallbackParam, value: str | None) -> str | None:
    """Keep the file that ``--debug`` names."""
    del option
    if value and isinstance(context.obj, Debug):
        context.obj.file = Path(value)
    return value


class Command(TyperCommand):
    """A command whose help groups its options under their headings."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        debug = TyperOption(
            param_decls=["--debug"],
            metavar="FILE",
            help="Write the traceback of an internal error to FILE.",
            expose_value=False,
            callback=_remember,
            rich_help_panel=GENERAL,
        )
        self.params.append(debug)

    def collect_usage_pieces(self, ctx: ClickContext) -> list[str]:
        """Write arguments as they are typed: without the braces around what is required."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: ClickContext, formatter: HelpFormatter) -> None:
        """Write arguments first, then each heading in the order of its first option."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None:
                continue
            argument = parameter.param_type_name == "argument"
            heading = getattr(parameter, "rich_help_panel", None) or GENERAL
            sections.setdefault("Arguments" if argument else heading, []).append(record)
        for heading, records in sections.items():
            with formatter.section(heading):
                formatter.write_dl(records)
