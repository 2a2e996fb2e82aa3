#!/usr/bin/env bash
# DuckDB answers questions about NaN differently for a Parquet file than for the same rows in memory. In memory NaN is larger
# than every number and equals itself, as DuckDB documents. Parquet's statistics of a column leave NaN out, DuckDB takes them for
# the whole truth, and skips row groups, or does not read them at all: max, = and > then miss the rows with NaN.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages duckdb==2.0.1 pyarrow==26.0.1
cd -- "$work"
cat >read.py <<'PY'
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
pq.write_table(pa.table({"flux": [0.5, 2.0, float("nan")]}), "flux.parquet")
stored = pq.ParquetFile("flux.parquet").metadata.row_group(0).column(0).statistics
print("statistics", stored.min, stored.max)
duckdb.sql("create table memory as from 'flux.parquet'")
for place, table in (("file", "'flux.parquet'"), ("memory", "memory")):
    def ask(what):
        return duckdb.sql(f"select {what}").fetchall()[0][0]
    print(place, "max", ask(f"max(flux) from {table}"), "equal", ask(f"count(*) from {table} where flux = 'NaN'::double"),
          "above", ask(f"count(*) from {table} where flux > 10"))
PY
python read.py >read.txt
expect "statistics of 0.5, 2, NaN as pyarrow writes them" "0.5 2.0" "$(sed -n 's/^statistics //p' read.txt)"
expect "in memory: max, rows equal to NaN, rows above 10" "max nan equal 1 above 1" "$(sed -n 's/^memory //p' read.txt)"
expect "in the file: max, rows equal to NaN, rows above 10" "max 2.0 equal 0 above 0" "$(sed -n 's/^file //p' read.txt)"
finish
