#!/usr/bin/env bash
# A position that lies exactly on the border of HEALPix cells belongs to either side, and the libraries do not choose the same one: on
# the equator, at right ascensions in whole degrees, healpy and cdshealpix give another cell for some of the positions, and at RA 45,
# where four base cells meet, healpy says cell 5 of order 0 and the two others cell 0. Tables that were divided into cells by one library and
# are joined by cell number with those of another lose such rows.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages healpy==1.20.1 cdshealpix==0.9.0 astropy-healpix==2.0.1 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >borders.py <<'PY'
import astropy.units as u
import healpy
import numpy as np
from astropy.coordinates import Latitude, Longitude
from astropy_healpix import HEALPix
from cdshealpix import lonlat_to_healpix

def cells(ra, dec, order):
    return (
        healpy.ang2pix(2**order, ra, dec, nest=True, lonlat=True),
        np.asarray(lonlat_to_healpix(Longitude(ra, u.deg), Latitude(dec, u.deg), order)).astype(int),
        HEALPix(nside=2**order, order="nested").lonlat_to_healpix(ra * u.deg, dec * u.deg),
    )

print("corner", *(int(c[0]) for c in cells(np.array([45.0]), np.array([0.0]), 0)))
ra = np.arange(360.0)
for name, dec in (("equator", np.zeros(360)), ("beside", np.full(360, 0.01))):
    h, c, a = cells(ra, dec, 5)
    print(name, int((h != c).sum()), int((h != a).sum()), int((c != a).sum()))
PY
python borders.py >borders.txt
expect "order 0 at RA 45, dec 0: healpy, cdshealpix, astropy_healpix" "5 0 0" "$(sed -n 's/^corner //p' borders.txt)"
expect "cells of order 5 that differ, of 360 whole degrees on the equator: healpy-cds, healpy-astropy, cds-astropy" "7 7 1" \
    "$(sed -n 's/^equator //p' borders.txt)"
expect "the same at dec 0.01" "0 0 0" "$(sed -n 's/^beside //p' borders.txt)"
finish
