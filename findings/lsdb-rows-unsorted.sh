#!/usr/bin/env bash
# A catalogue that LSDB makes of a pandas table and writes is in no order of _healpix_29 within its partitions: the column that
# LSDB filters cones and boxes by. The statistics of its row groups then exclude nothing, and a reader that takes the order for
# granted finds wrong rows.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages lsdb==0.10.4 hats==0.10.4 pandas==2.3.3 pyarrow==26.0.1 numpy==2.4.6
cd -- "$work"
rm -rf stars
cat >sorted.py <<'PY'
import logging
import warnings
warnings.simplefilter("ignore")
logging.disable()
from pathlib import Path
import lsdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq

if __name__ == "__main__":
    random = np.random.RandomState(1)
    stars = pd.DataFrame({"ra": random.uniform(0, 360, 3000), "dec": np.degrees(np.arcsin(random.uniform(-1, 1, 3000)))})
    lsdb.from_dataframe(stars, catalog_name="stars", lowest_order=0, margin_threshold=None).write_catalog("stars", progress_bar=False)
    cells = [pq.read_table(file).column("_healpix_29").to_numpy() for file in Path("stars").rglob("Npix=*.parquet")]
    print("rows", sum(map(len, cells)), "partitions", len(cells), "sorted", sum(bool((np.diff(c) >= 0).all()) for c in cells))
PY
python sorted.py >sorted.txt 2>messages.txt || { cat messages.txt >&2; exit 2; }
expect "catalogue of 3,000 stars" "rows 3000 partitions 12 sorted 0" "$(grep '^rows' sorted.txt)"
finish
