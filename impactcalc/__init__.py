"""Business impact and SLA risk of a customer escalation.

>>> from impactcalc import estimate, plot_recovery_fan
>>> answer = estimate("scenarios/stratton.txt")  # doctest: +SKIP
>>> answer.customer.total.p50, answer.promise.p80  # doctest: +SKIP
>>> plot_recovery_fan(answer)  # doctest: +SKIP

`docs/python.md` describes what is here. All of it is loaded at its first use: ``import
impactcalc`` itself loads nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from impactcalc.errors import InputError as InputError
    from impactcalc.report.export import to_document as to_document
    from impactcalc.report.export import to_json as to_json
    from impactcalc.report.figures import plot_changes as plot_changes
    from impactcalc.report.figures import plot_exceedance as plot_exceedance
    from impactcalc.report.figures import plot_loss_dots as plot_loss_dots
    from impactcalc.report.figures import plot_recovery_fan as plot_recovery_fan
    from impactcalc.report.figures import plot_savings as plot_savings
    from impactcalc.report.figures import plot_sla_readings as plot_sla_readings
    from impactcalc.report.figures import plot_tornado as plot_tornado
    from impactcalc.usecases.interface import estimate as estimate

__version__ = "0.1.0"

_FIGURES = "impactcalc.report.figures"
_PLACES = {
    "InputError": "impactcalc.errors",
    "estimate": "impactcalc.usecases.interface",
    "plot_changes": _FIGURES,
    "plot_exceedance": _FIGURES,
    "plot_loss_dots": _FIGURES,
    "plot_recovery_fan": _FIGURES,
    "plot_savings": _FIGURES,
    "plot_sla_readings": _FIGURES,
    "plot_tornado": _FIGURES,
    "to_document": "impactcalc.report.export",
    "to_json": "impactcalc.report.export",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module at its first use."""
    if name not in _PLACES:
        raise AttributeError(f"module 'impactcalc' has no attribute '{name}'")
    from importlib import import_module

    found = getattr(import_module(_PLACES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names."""
    return sorted({"__version__", *_PLACES})
