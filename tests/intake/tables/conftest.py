import pytest

from impactcalc.errors import InputError
from impactcalc.intake.observations import read_observations
from impactcalc.intake.read_options import ReadOptions

DEFAULTS = ReadOptions()


@pytest.fixture
def read(tmp_path):
    """Write one file and read it."""

    def reader(content, options=DEFAULTS, name="t.csv"):
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        return read_observations([str(tmp_path / name)], options)

    return reader


@pytest.fixture
def refused(read, tmp_path):
    """Read a file that must be refused, and return its problems without the folder."""

    def reader(content, options=DEFAULTS, name="t.csv"):
        with pytest.raises(InputError) as error:
            read(content, options, name)
        return [str(each).replace(f"{tmp_path}/", "") for each in error.value.problems]

    return reader


@pytest.fixture
def parquet(tmp_path):
    """Write the rows of a query as Parquet, and return the file's name."""
    import duckdb

    def writer(query, name="t.parquet", options="format parquet"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        duckdb.sql(f"set TimeZone = 'UTC'; copy ({query}) to '{path}' ({options})")
        return str(path)

    return writer
