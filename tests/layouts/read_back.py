"""Reads what `demarche-layouts` writes with pandas and DuckDB, and says whether they see what was written.

    python3 -m venv venv && venv/bin/pip install -r tests/layouts/requirements.txt
    venv/bin/python tests/layouts/read_back.py

It writes the fixed records of crates/demarche-layouts/tests/data in every layout (cargo run --example write), once as they are and
once for each pair of actor and recipient. With a folder as argument it reads what is there and runs no cargo.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import duckdb
    import pandas
    import pyarrow.parquet
except ImportError as absent:
    sys.exit(f"{absent.name} is not installed; run: pip install -r tests/layouts/requirements.txt")

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT / "crates/demarche-layouts/tests/data/records.jsonl"
# Columns, and whether there is a line of names.
SHAPES = {
    "polecat": (40, True), "icews": (20, True), "gdelt": (61, False),
    "petrarch": (10, False), "phoenix": (26, False), "acled": (31, True),
}
# A column that has a number in it wherever it has anything, by name or place.
NUMBERS = {"icews": "Event ID", "gdelt": 0, "phoenix": 0, "polecat": "Intensity", "acled": "fatalities"}


def cells(frame):
    """All cells as texts, nothing for what is missing."""
    return [["" if pandas.isna(cell) else str(cell) for cell in row] for row in frame.itertuples(index=False)]


def text_layout(path, name):
    columns, named = SHAPES[name]
    separator = "," if name == "acled" else "\t"
    # As an ordinary script reads it: quotes heeded, types guessed.
    guessed = pandas.read_csv(path, sep=separator, header=0 if named else None)
    assert guessed.shape[1] == columns, (name, guessed.shape)
    as_text = {"sep": separator, "header": 0 if named else None, "dtype": str, "keep_default_na": False}
    heeded = cells(pandas.read_csv(path, **as_text))
    if name in NUMBERS:
        assert pandas.to_numeric(guessed[NUMBERS[name]], errors="coerce").notna().any(), name
    if name != "acled":
        unheeded = cells(pandas.read_csv(path, quoting=3, **as_text))
        assert heeded == unheeded, f"{name}: quotes make a difference"
    # Numbers of ids survive a double.
    if name in ("icews", "gdelt", "phoenix"):
        ids = [row[0] for row in heeded]
        assert all(str(int(float(number))) == number for number in ids), name
    quoting = "'\"', escape='\"', strict_mode=true" if name == "acled" else "'', escape=''"
    rows = duckdb.sql(
        f"SELECT * FROM read_csv('{path}', delim='{separator}', header={named}, quote={quoting}, all_varchar=true)"
    ).fetchall()
    assert [["" if cell is None else cell for cell in row] for row in rows] == heeded, f"{name}: DuckDB reads other cells"
    # DuckDB's own guess has the columns too.
    sniffed = duckdb.sql(f"SELECT * FROM read_csv('{path}', delim='{separator}')")
    assert len(sniffed.columns) == columns, (name, len(sniffed.columns))
    return len(heeded)


def same(read, wrote):
    """Whether a value of a table is that of the record."""
    if isinstance(wrote, dict):
        return all(same(read[key], value) for key, value in wrote.items())
    if isinstance(wrote, list) and isinstance(read, dict):
        return [read["start"], read["end"]] == wrote
    if isinstance(wrote, list):
        return len(read) == len(wrote) and all(map(same, read, wrote))
    return read == wrote


def parquet(path, kind, records):
    table = pyarrow.parquet.read_table(path).to_pylist()
    assert [row["id"] for row in table] == [record["id"] for record in records]
    for row, record in zip(table, records):
        for column, read in row.items():
            # A column is a path: text_info_start is text_info.start.
            group, _, part = column.partition("_")
            wrote = record.get(column)
            for name in ("text_info", "evidence", "content", "why", "cite_info", "conflict"):
                if column not in record and column.startswith(name + "_"):
                    wrote = (record[name] or {}).get(column[len(name) + 1:])
            if column == "content_content":
                wrote, read = wrote or None, json.loads(read) if read else None
            if hasattr(read, "isoformat"):
                read = read.isoformat()
            assert same(read, wrote), (record["id"], column, read, wrote)
    assert len(pandas.read_parquet(path)) == len(records)
    counted = duckdb.sql(f"SELECT count(*), count(DISTINCT id) FROM '{path}'").fetchall()[0]
    assert counted == (len(records), len({record["id"] for record in records})), (kind, counted)
    if kind == "event":
        # Lists of structs open as they should.
        actors = duckdb.sql(
            f"SELECT id, a.entity_text FROM (SELECT id, unnest(actor) AS a FROM '{path}') ORDER BY ALL").fetchall()
        wanted = sorted((record["id"], actor["entity_text"]) for record in records for actor in record["actor"])
        assert sorted(actors) == wanted
    return len(records)


def check(folder, records):
    for name in SHAPES:
        print(f"{name}: {text_layout(folder / name, name)} rows")
    for kind in ("event", "statement", "initiative"):
        of_kind = [record for record in records if record["record"] == kind] if records else None
        if of_kind is not None:
            print(f"parquet {kind}: {parquet(folder / f'{kind}.parquet', kind, of_kind)} rows")


def main():
    if len(sys.argv) > 1:
        check(Path(sys.argv[1]), None)
        return
    records = [json.loads(line) for line in RECORDS.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as made:
        for folder, flags, wanted in (("plain", [], records), ("dyads", ["--expand-dyads"], None)):
            into = Path(made) / folder
            command = ["cargo", "run", "--quiet", "--release", "-p", "demarche-layouts", "--example", "write", "--"]
            subprocess.run([*command, str(RECORDS), str(into), *flags], cwd=ROOT, check=True)
            print(folder)
            check(into, wanted)
    print("all is read back as it was written")


if __name__ == "__main__":
    main()
