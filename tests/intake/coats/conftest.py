"""Makes the helper beside the tests importable by its full name, wherever pytest is called."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3]))
