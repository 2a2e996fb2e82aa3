#!/usr/bin/env bash
# A spectrum tabulated from 400 to 900 nm and sampled by synphot outside that range: it goes on at the level of its ends, to any
# wavelength, and no warning is kept or raised. Only an Observation through a band that reaches beyond the table is refused.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages synphot==1.8.0 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >sample.py <<'PY'
import numpy as np
from synphot import Observation, SourceSpectrum, SpectralElement
from synphot.exceptions import PartialOverlap
from synphot.models import Box1D, Empirical1D

wavelength = np.arange(4000, 9001, 10.0)  # Angstrom
star = SourceSpectrum(Empirical1D, points=wavelength, lookup_table=wavelength / 1000)
print("sampled", *(f"{value:.2f}" for value in star([1000.0, 4000.0, 9000.0, 20000.0]).value), star.warnings or "no warnings")
try:
    Observation(star, SpectralElement(Box1D, amplitude=1, x_0=9000, width=1000))
    print("observed without an error")
except PartialOverlap:
    print("observed PartialOverlap")
PY
python sample.py >sample.txt 2>messages.txt
expect "at 100, 400, 900 and 2000 nm" "4.00 4.00 9.00 9.00 no warnings" "$(sed -n 's/^sampled //p' sample.txt)"
expect "through a band from 850 to 950 nm" "PartialOverlap" "$(sed -n 's/^observed //p' sample.txt)"
expect "messages" "0" "$(grep -ci 'range\|extrapol\|outside' messages.txt || true)"
finish
