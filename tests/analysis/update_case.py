"""An escalation and its update: written, answered, recorded."""

from datetime import datetime
from pathlib import Path

import numpy as np

from impactcalc.domain.result import Estimate
from impactcalc.engine.simulate import Effort, sample
from impactcalc.engine.trial import compile_model
from impactcalc.usecases.estimate import estimate, write
from impactcalc.usecases.request import Request

DATA = Path(__file__).parents[1] / "data"
SEED = (DATA / "corpus" / "CE1004-stratton.txt").read_text()
NOON = "2024-01-23T12:00+00:00"
NEXT = "2024-01-24T06:00+00:00"
PLAN = """\
impactcalc: 1
incident: {{id: X, customer: S, started: 2024-01-22T20:00Z, lost_share: 21% to 53%}}
recovery:
  started: 2024-01-23T02:00Z
  stages:
    - {{name: One, window: 0 h to 4 h, status: done}}
    - {{name: Two, {two}}}
    - {{name: Three, window: 24 h to 72 h, {three}restores: 10%}}
business: {{revenue_at_risk: 75 K USD/day}}
"""

WINDOW = "window: 4 h to 24 h"
LOGNORMAL = 'duration: "lognormal(8 h, 30 h)"'


class Case:
    """Writes inputs and records into a folder, and answers them."""

    def __init__(self, folder: Path, trials: int = 1024) -> None:
        self.folder, self.trials = folder, trials

    def answer(self, text: str, as_of: str, since: str | None = None, **more: object) -> Estimate:
        suffix = "yaml" if text.startswith("impactcalc") else "txt"
        path = self.folder / f"now.{suffix}"
        path.write_text(text, encoding="utf-8")
        asked = {"trials": self.trials, **more}
        return estimate(str(path), Request(as_of=as_of, since=since, **asked))

    def kept(self, answer: Estimate) -> str:
        return str(write([answer], (), self.folder / f"{answer.as_of:%d%H}")[0])


def ended(before: Estimate, moment: str, trials: int) -> list[np.ndarray]:
    """Tell by trial of the earlier forecast which stages end by a later moment."""
    model = compile_model(before.scenario)
    found = sample(model, Effort(trials=trials))
    hours = (datetime.fromisoformat(moment) - model.plan.origin).total_seconds() / 3600
    return [found.figures[f"stage/{k}"] <= hours for k in range(3)]
