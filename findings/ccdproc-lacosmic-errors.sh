#!/usr/bin/env bash
# cosmicray_lacosmic of ccdproc multiplies the data of a frame in adu by the gain, as documented, and calls the result electrons.
# The uncertainties of the same frame are left as they were: numbers in adu beside data in electrons, too small by the gain.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages ccdproc==2.5.1 astroscrappy==1.3.0 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >lacosmic.py <<'PY'
import astropy.units as u
import ccdproc
import numpy as np
from astropy.nddata import CCDData, StdDevUncertainty

values = np.random.default_rng(1).normal(1000, 20, (60, 60))
frame = CCDData(values, unit="adu", uncertainty=StdDevUncertainty(np.full(values.shape, 20.0)))


def show(name, result):
    print(name, f"{np.median(result.data) / np.median(values):.2f} x the data in {result.unit},",
          f"errors of {result.uncertainty.array[0, 0]:.0f}")


show("lacosmic", ccdproc.cosmicray_lacosmic(frame, gain=3.0))
show("gain_correct", ccdproc.gain_correct(frame, 3.0 * u.electron / u.adu))
PY
python lacosmic.py >lacosmic.txt 2>messages.txt
expect "cosmicray_lacosmic(gain=3)" "3.00 x the data in electron, errors of 20" "$(sed -n 's/^lacosmic //p' lacosmic.txt)"
expect "gain_correct(3)" "3.00 x the data in electron, errors of 60" "$(sed -n 's/^gain_correct //p' lacosmic.txt)"
expect "warnings about errors" "0" "$(grep -ci 'uncertain' messages.txt || true)"
finish
