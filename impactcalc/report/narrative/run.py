"""How the answer was computed, and whether it is as accurate as was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from impactcalc.domain.result import Estimate


def run_words(estimate: Estimate, *, digest: bool = True) -> str:
    """Say how the answer was computed: version, trials, seed, error, digest of the input."""
    run = estimate.run
    error = _error_words(estimate)
    shown = f" · input {run.inputs_sha256[:12]}" if run.inputs_sha256 and digest else ""
    return f"impactcalc {run.version} · {run.trials:,} trials, seed {run.seed}{error}{shown}"


def _error_words(estimate: Estimate) -> str:
    """Say what error the simulation left."""
    run = estimate.run
    if run.error_reached is None:
        return "" if run.converged else ", not converged"
    reached = f"simulation error {100 * run.error_reached:.2g}%"
    return f", {reached}" if run.converged else f", not converged: {reached}"


def convergence_warning(estimate: Estimate) -> str:
    """Warn of an answer that the wanted accuracy did not reach; empty when it did."""
    run = estimate.run
    if run.converged:
        return ""
    reached = "" if run.error_reached is None else f" ({100 * run.error_reached:.2g}% reached)"
    return f"Not converged: {run.trials:,} trials did not reach {100 * run.accuracy:g}%{reached}."
