#!/usr/bin/env bash
# fitsio writes floating-point images with compress="gzip", a lossless algorithm, after rounding them: values of noise 5 change by up to 0.9.
# Only qlevel=0 keeps the pixels. What is lost depends on the noise that the library finds in the image, tile by tile.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages fitsio==1.4.2 numpy==2.4.6
cd -- "$work"
cat >pixels.py <<'PY'
import fitsio
import numpy as np

pixels = np.random.RandomState(1).normal(100, 5, (100, 100)).astype("f4")
for name, options in (("default", {}), ("qlevel 0", {"qlevel": 0}), ("integers", {})):
    data = np.rint(pixels).astype("i4") if name == "integers" else pixels
    fitsio.write("frame.fits", data, compress="gzip", clobber=True, **options)
    worst = np.abs(fitsio.read("frame.fits") - data).max()
    print(f"{name}:", f"{worst:.1f}")
PY
python pixels.py >pixels.txt
expect "float image of noise 5, largest change" "0.9" "$(sed -n 's/^default: //p' pixels.txt)"
expect "with qlevel=0" "0.0" "$(sed -n 's/^qlevel 0: //p' pixels.txt)"
expect "integer image" "0.0" "$(sed -n 's/^integers: //p' pixels.txt)"
finish
