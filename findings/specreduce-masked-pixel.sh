#!/usr/bin/env bash
# One masked pixel under the peak of the trace costs a column of specreduce's boxcar extraction an eighth of its flux, and nothing
# says so: the pixel is replaced by the mean of the others in the box, most of which are in the wings, and the column is not
# masked. The treatment "propagate" does not mask the column either. HorneExtract gives the flux as if the pixel were there.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages specreduce==1.9.0 specutils==2.4.0 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >extract.py <<'PY'
import astropy.units as u
import numpy as np
from astropy.nddata import VarianceUncertainty
from specreduce.extract import BoxcarExtract, HorneExtract
from specreduce.tracing import FlatTrace
from specutils import Spectrum

rows = np.arange(40)[:, None]
profile = np.exp(-0.5 * ((rows - 20) / 2.0) ** 2) / (2.0 * np.sqrt(2 * np.pi))
mask = np.zeros((40, 50), bool)
mask[20, 10] = True
frame = Spectrum(1000 * profile * np.ones((1, 50)) * u.adu, mask=mask, spectral_axis=np.arange(50) * u.pix,
                 uncertainty=VarianceUncertainty(np.full((40, 50), 4.0)))
trace = FlatTrace(frame, 20)

def show(name, spectrum):
    masked = bool(spectrum.mask[10]) if spectrum.mask is not None else False
    print(name, f"{spectrum.flux[9].value:.1f} {spectrum.flux[10].value:.1f} masked {masked}")

for treatment in ("apply", "propagate", "nan_fill"):
    show(treatment, BoxcarExtract(frame, trace, width=11, mask_treatment=treatment)())
show("default", BoxcarExtract(frame, trace, width=11)())
show("horne", HorneExtract(frame, trace)())
PY
python extract.py >extract.txt 2>messages.txt
expect "boxcar, beside the masked pixel and at it" "994.5 874.6 masked False" "$(sed -n 's/^default //p' extract.txt)"
expect "mask_treatment=apply" "994.5 874.6 masked False" "$(sed -n 's/^apply //p' extract.txt)"
expect "mask_treatment=propagate" "994.5 994.5 masked False" "$(sed -n 's/^propagate //p' extract.txt)"
expect "mask_treatment=nan_fill" "994.5 nan masked True" "$(sed -n 's/^nan_fill //p' extract.txt)"
expect "HorneExtract" "1000.0 1000.0 masked False" "$(sed -n 's/^horne //p' extract.txt)"
expect "warnings" "0" "$(grep -ci 'mask' messages.txt || true)"
finish
