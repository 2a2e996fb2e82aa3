#!/usr/bin/env bash
# Four frames with an error of 10 in each pixel, combined by ccdproc: the result has an error, and it is not 5 but the scatter of
# the four values over the root of four, whatever the frames say of their errors. Where the values agree by chance it is 0, and a
# weight of 1 / error^2 becomes infinite. "sum" takes the scatter too, and two frames give errors that are wrong by half and more.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages ccdproc==2.5.1 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >combine.py <<'PY'
import ccdproc
import numpy as np
from astropy.nddata import CCDData, StdDevUncertainty


def frames(values):
    return [CCDData(np.full((2, 2), v), unit="adu", uncertainty=StdDevUncertainty(np.full((2, 2), 10.0))) for v in values]


for name, values in (("equal", (100.0, 100.0, 100.0, 100.0)), ("two", (99.0, 101.0))):
    for method in ("average", "median", "sum"):
        result = ccdproc.combine(frames(values), method=method)
        print(name, method, f"{result.data[0, 0]:.0f} +- {result.uncertainty.array[0, 0]:.2f}")
PY
python combine.py >combine.txt 2>messages.txt
expect "four equal values, average (propagated: 5.00)" "100 +- 0.00" "$(sed -n 's/^equal average //p' combine.txt)"
expect "four equal values, median" "100 +- 0.00" "$(sed -n 's/^equal median //p' combine.txt)"
expect "four equal values, sum (propagated: 20.00)" "400 +- 0.00" "$(sed -n 's/^equal sum //p' combine.txt)"
expect "99 and 101, average (propagated: 7.07)" "100 +- 0.71" "$(sed -n 's/^two average //p' combine.txt)"
expect "warnings about errors" "0" "$(grep -ci 'uncertain\|error' messages.txt || true)"
finish
