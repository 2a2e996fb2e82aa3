#!/usr/bin/env bash
# specutils smooths the inverse variances with the square of the kernel where the variances belong: the mean of four independent
# values of error 0.1 gets the error 0.2, and not 0.05. Smoothing then makes a spectrum worse, and one value with a huge error
# (a masked column) hardly shows in its neighbours.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages specutils==2.4.0 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >smooth.py <<'PY'
import astropy.units as u
import numpy as np
from astropy.nddata import StdDevUncertainty
from specutils import Spectrum
from specutils.manipulation import box_smooth

def smoothed(errors, width):
    spectrum = Spectrum(spectral_axis=np.arange(400, 400 + len(errors)) * u.nm, flux=np.ones(len(errors)) * u.Jy,
                        uncertainty=StdDevUncertainty(np.asarray(errors)))
    return box_smooth(spectrum, width).uncertainty.array

for width in (1, 5, 9):
    print("box", width, f"{smoothed(np.full(41, 0.1), width)[20]:.4f}", f"{0.1 / np.sqrt(width):.4f}")
errors = np.full(41, 0.1)
errors[20] = 100
print("bad", f"{smoothed(errors, 5)[20]:.4f}")
PY
python smooth.py >smooth.txt 2>messages.txt
expect "errors of 0.1 averaged over 1" "0.1000, of independent values 0.1000" "$(sed -n 's/^box 1 \(.*\) /\1, of independent values /p' smooth.txt)"
expect "over 5" "0.2236, of independent values 0.0447" "$(sed -n 's/^box 5 \(.*\) /\1, of independent values /p' smooth.txt)"
expect "over 9" "0.3000, of independent values 0.0333" "$(sed -n 's/^box 9 \(.*\) /\1, of independent values /p' smooth.txt)"
expect "over 5, one of which has an error of 100 (20 is right)" "0.2500" "$(sed -n 's/^bad //p' smooth.txt)"
finish
