#!/usr/bin/env bash
# flat_correct of ccdproc divides by the flat over its mean, and the masked pixels of the flat count in that mean: one hot pixel
# that is masked scales the whole frame. The result's mask is right.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages ccdproc==2.5.1 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >flat.py <<'PY'
import ccdproc
import numpy as np
from astropy.nddata import CCDData

frame = CCDData(np.full((10, 10), 100.0), unit="adu")
flat = CCDData(np.full((10, 10), 2.0), unit="adu", mask=np.zeros((10, 10), bool))
flat.data[0, 0] = 60000
flat.mask[0, 0] = True
result = ccdproc.flat_correct(frame, flat)
print(f"{result.data[5, 5]:.1f}, masked {int(np.sum(result.mask))}")
PY
python flat.py >flat.txt 2>messages.txt
expect "a pixel of 100 behind an even flat with one masked hot pixel" "30099.0, masked 1" "$(cat flat.txt)"
expect "warnings about masks" "0" "$(grep -ci 'mask' messages.txt || true)"
finish
