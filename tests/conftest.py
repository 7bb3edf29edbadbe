"""How much the property tests try: little while developing, more and the same each time in CI."""

import os

from hypothesis import settings

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=200, derandomize=True, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")
