#!/usr/bin/env bash
# DuckDB guesses the types of Hive partition columns from the names of the folders, over all files: night=2017-05-30 is a DATE
# as long as every folder looks like one, and a VARCHAR as soon as one does not (Hive's own name for null is passed over). Two
# queries that worked yesterday then see another type, because a folder was added.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages duckdb==2.0.1 pyarrow==26.0.1
cd -- "$work"
rm -rf nights
cat >read.py <<'PY'
import os
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
def add(night):
    os.makedirs(f"nights/night={night}", exist_ok=True)
    pq.write_table(pa.table({"x": [1]}), f"nights/night={night}/part.parquet")
def kind():
    sql = "select typeof(night) from read_parquet('nights/**/*.parquet', hive_partitioning=true) limit 1"
    return duckdb.sql(sql).fetchall()[0][0]
add("2017-05-30")
print("one", kind())
add("__HIVE_DEFAULT_PARTITION__")
print("null", kind())
add("unknown")
print("text", kind())
PY
python read.py >read.txt
expect "type of night, one folder with a date" "DATE" "$(sed -n 's/^one //p' read.txt)"
expect "and one with Hive's null" "DATE" "$(sed -n 's/^null //p' read.txt)"
expect "and one with a word" "VARCHAR" "$(sed -n 's/^text //p' read.txt)"
finish
