#!/usr/bin/env bash
# fitsio knows no pixel without a value: one that equals BLANK comes back as a number, scaled like the others, where astropy gives
# NaN; and a masked array is written with the numbers under its mask, without the mask and without a message.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages fitsio==1.4.2 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >missing.py <<'PY'
import fitsio
import numpy as np
from astropy.io import fits

hdu = fits.PrimaryHDU(np.array([10, 20, -32768], dtype="int16"))
hdu.header["BSCALE"] = 0.5
hdu.header["BLANK"] = -32768
hdu.writeto("blank.fits", overwrite=True)
print("fitsio", *fitsio.read("blank.fits"))
print("astropy", *fits.getdata("blank.fits"))

fitsio.write("masked.fits", np.ma.masked_greater(np.array([1.0, 2.0, 9e9]), 100), clobber=True)
print("masked", *fits.getdata("masked.fits"))
PY
python missing.py >missing.txt 2>messages.txt
expect "10, 20 and BLANK with BSCALE 0.5, fitsio" "5.0 10.0 -16384.0" "$(sed -n 's/^fitsio //p' missing.txt)"
expect "the same, astropy" "5.0 10.0 nan" "$(sed -n 's/^astropy //p' missing.txt)"
expect "a masked array of 1, 2, masked, written by fitsio" "1.0 2.0 9000000000.0" "$(sed -n 's/^masked //p' missing.txt)"
expect "messages" "0" "$(grep -ci 'blank\|mask\|null' messages.txt || true)"
finish
