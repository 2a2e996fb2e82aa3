#!/usr/bin/python3
"""The water of a joint fit, and of the fits that AuxTel's nightly files bring along, against MERRA-2: means of the same nights.

scripts/water-and-merra.py NIGHTLY MERRA2 FIT...    folders: of the nightly *.h5, of MERRA2_*_asm_*.csv.gz, of `spectractor fit --joint`

MERRA-2's water is scaled to the pressure at the telescope by its fourth power, as `spectractor night --merra2` does. Printed are mean and standard
deviation of the difference, 1.4826 times its median absolute deviation, and its standard deviation where MERRA-2 has less than 4 mm.
Needs Debian's python3-h5py.
"""
import csv
import datetime
import gzip
import json
import sys
from pathlib import Path

import h5py
import numpy as np

DRY_MM = 4
UNIX_EPOCH_MJD = 40587


def merra(folder):
    rows = []
    for file in sorted(Path(folder).glob("MERRA2_*_asm_*.csv.gz")):
        with gzip.open(file, "rt") as text:
            for r in csv.DictReader(text):
                time = datetime.datetime.fromisoformat(r["time"].replace("Z", "")).replace(tzinfo=datetime.timezone.utc)
                rows.append((time.timestamp() / 86400 + UNIX_EPOCH_MJD, float(r["TQV"]), float(r["PS"]) / 100))
    return np.array(sorted(rows)).T


def theirs(nightly, name):
    file, group = name.split("/")
    with h5py.File(Path(nightly) / file) as night:
        return float(night[group].attrs["PWV [mm]_x"])


def main(nightly, reanalysis, folders):
    time, water, ground = merra(reanalysis)
    nights = {}
    for folder in folders:
        fit = json.loads((Path(folder) / "joint.json").read_text())
        pwv = {p.get("spectrum"): p["value"] for p in fit["parameters"] if p["name"] == "pwv"}
        for s in fit["spectra"]:
            scale = (s["pressureHPa"] / np.interp(s["mjd"], time, ground)) ** 4
            known = np.interp(s["mjd"], time, water) * scale
            ours = pwv.get(s["name"], pwv.get(None))
            nights.setdefault(int(s["mjd"] - 0.5), []).append((ours, theirs(nightly, s["name"]), known))
    means = np.array([np.mean(n, axis=0) for n in nights.values()])
    between = means[:, 0] - means[:, 1]
    print("joint fit less the files' own fits: %+.2f +- %.2f mm" % (between.mean(), between.std(ddof=1)))
    for label, column in (("joint fit", 0), ("the files' own fits", 1)):
        d = means[:, column] - means[:, 2]
        dry = d[means[:, 2] < DRY_MM]
        mad = 1.4826 * np.median(np.abs(d - np.median(d)))
        print("%s, %d nights: %+.2f +- %.2f mm, 1.4826 MAD %.2f mm; below %g mm %d nights: %+.2f +- %.2f mm" % (
            label, len(d), d.mean(), d.std(ddof=1), mad, DRY_MM, len(dry), dry.mean(), dry.std(ddof=1)))


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
