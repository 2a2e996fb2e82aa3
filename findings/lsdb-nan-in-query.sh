#!/usr/bin/env bash
# Values that are NaN in a pandas table are no longer NaN in LSDB: it turns its columns into Arrow's, where they are null. The
# customary tests for NaN then find nothing: query("mag != mag") is empty, and numpy.isnan of a column of results as well.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages lsdb==0.10.4 hats==0.10.4 pandas==2.3.3 pyarrow==26.0.1 numpy==2.4.6
cd -- "$work"
cat >nan.py <<'PY'
import logging
import warnings
warnings.simplefilter("ignore")
logging.disable()
import lsdb
import numpy as np
import pandas as pd

if __name__ == "__main__":
    stars = pd.DataFrame({"ra": [10.0, 20.0, 30.0], "dec": [1.0, 2.0, 3.0], "mag": [20.5, np.nan, 19.0]})
    catalogue = lsdb.from_dataframe(stars, catalog_name="stars", margin_threshold=None)
    print("pandas", len(stars.query("mag != mag")), len(stars.query("not mag > 20")))
    print("lsdb", len(catalogue.query("mag != mag").compute()), len(catalogue.query("not mag > 20").compute()))
    print("null", int(catalogue.compute()["mag"].isna().sum()), catalogue.compute()["mag"].dtype)
PY
python nan.py >nan.txt 2>messages.txt || { cat messages.txt >&2; exit 2; }
expect "rows of mag != mag, and of not mag > 20, of magnitudes 20.5, NaN, 19: pandas" "1 2" "$(sed -n 's/^pandas //p' nan.txt)"
expect "LSDB" "0 1" "$(sed -n 's/^lsdb //p' nan.txt)"
expect "nulls, and type of the column" "1 double[pyarrow]" "$(sed -n 's/^null //p' nan.txt)"
finish
