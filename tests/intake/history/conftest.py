import pytest

from impactcalc.intake.history import HistoryOptions, read_history


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Write one file and read it, from inside its folder."""
    monkeypatch.chdir(tmp_path)

    def reader(content, options=None, name="h.csv"):
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        return read_history(name, options or HistoryOptions())

    return reader
