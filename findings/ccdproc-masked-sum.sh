#!/usr/bin/env bash
# The sum of four frames in which one pixel of one frame is masked: ccdproc gives three quarters of the sum in that pixel, does not
# scale it and does not mask it. A cosmic ray that was found and masked makes a dark pixel.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages ccdproc==2.5.1 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >masked.py <<'PY'
import ccdproc
import numpy as np
from astropy.nddata import CCDData

frames = [CCDData(np.full((2, 2), 100.0), unit="adu", mask=np.zeros((2, 2), bool)) for _ in range(4)]
frames[0].data[0, 0] = 60000
frames[0].mask[0, 0] = True
for method in ("sum", "average"):
    result = ccdproc.combine(frames, method=method)
    print(method, f"{result.data[0, 0]:.0f} beside {result.data[1, 1]:.0f}, masked {bool(result.mask[0, 0])}")
PY
python masked.py >masked.txt 2>messages.txt
expect "sum, at the pixel masked in one frame" "300 beside 400, masked False" "$(sed -n 's/^sum //p' masked.txt)"
expect "average" "100 beside 100, masked False" "$(sed -n 's/^average //p' masked.txt)"
expect "warnings about masks" "0" "$(grep -ci 'mask' messages.txt || true)"
finish
