#!/usr/bin/env bash
# The HEALPix cell of a position that is not a number: astropy_healpix gives -1, healpy and cdshealpix give a cell like any other,
# each a different one; healpy with numpy's warning of an invalid value, cdshealpix without a word. A catalogue that is partitioned
# with them keeps rows without a position, somewhere.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages healpy==1.20.1 cdshealpix==0.9.0 astropy-healpix==2.0.1 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >nan.py <<'PY'
import astropy.units as u
import healpy
import numpy as np
from astropy.coordinates import Latitude, Longitude
from astropy_healpix import HEALPix
from cdshealpix import lonlat_to_healpix

def healpy_cell(ra, dec):
    return healpy.ang2pix(8, ra, dec, nest=True, lonlat=True)

def cds_cell(ra, dec):
    return lonlat_to_healpix(Longitude([ra], u.deg), Latitude([dec], u.deg), 3)[0]

def astropy_cell(ra, dec):
    return HEALPix(nside=8, order="nested").lonlat_to_healpix(ra * u.deg, dec * u.deg)

for name, cell in (("healpy", healpy_cell), ("cdshealpix", cds_cell), ("astropy_healpix", astropy_cell)):
    print(name, *(int(cell(ra, 10.0)) for ra in (20.0, np.nan)))
PY
python nan.py >nan.txt 2>messages.txt
expect "cells at order 3 of ra 20 and ra NaN, dec 10: healpy" "286 298" "$(sed -n 's/^healpy //p' nan.txt)"
expect "cdshealpix" "286 256" "$(sed -n 's/^cdshealpix //p' nan.txt)"
expect "astropy_healpix" "286 -1" "$(sed -n 's/^astropy_healpix //p' nan.txt)"
expect "who warns" "healpy astropy_healpix" "$(grep -o 'healpy/pix\|astropy_healpix/core' messages.txt | sed 's,/.*,,' | xargs)"
finish
