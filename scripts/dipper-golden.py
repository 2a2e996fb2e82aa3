#!/usr/bin/env python3
"""Results of the ZTF group's dip finder for made-up light curves, as DipFinderTest compares them.

usage: dipper-golden.py dipper.py > catalogue/app/src/test/resources/io/spectractor/catalogue/series/dips.csv
dipper.py is that of github.com/dirac-institute/ZTF_Boyajian at commit 24b6bde; needs numpy (made with 2.4.6).
The light curves come from a generator of random numbers that the test has too, so that they need not be kept.
"""
import re
import sys

import numpy as np


class Generator:
    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) / 2.0**53

    def normal(self):
        return sum(self.uniform() for _ in range(12)) - 6


def curve(seed):
    g = Generator(seed)
    count = 30 + int(g.uniform() * 200)
    depth = [0.0, 0.3, 1.0][seed % 3]
    centre = 58000 + 400 * g.uniform()
    width = 3 + 20 * g.uniform()
    bands = {"g": [], "r": []}
    for _ in range(count):
        band = "g" if g.uniform() < 0.45 else "r"
        mjd = 58000 + 400 * g.uniform() if g.uniform() < 0.5 else centre + 4 * width * (g.uniform() - 0.5)
        err = 0.01 + 0.03 * g.uniform()
        dip = depth * max(0.0, 1 - abs(mjd - centre) / width)
        mag = (17.2 if band == "g" else 16.8) + dip + err * g.normal()
        xpos = 3072 * g.uniform()
        ypos = 3080 * g.uniform()
        flags = 0 if g.uniform() < 0.97 else 4
        err = err if g.uniform() < 0.99 else 0.0
        bands[band].append((mjd, mag, err, xpos, ypos, flags))
        if g.uniform() < 0.03:
            bands[band].append((mjd + 2e-6, mag, err, xpos, ypos, flags))
    return bands


def main():
    source = open(sys.argv[1]).read()
    source = source[source.index("def get_separated_times_mask"):source.index("def analyze_dip_row")]
    space = {"np": np}
    exec(source, space)
    print("# seed,max_gap,intmag,start_mjd,end_mjd,nobs,complexity,significance,num_dips")
    for seed in range(60):
        bands = curve(seed)
        columns = [list(c) for band in ("g", "r") for c in zip(*bands[band])]
        for gap in (2.0, 6.0):
            result = space["analyze_dip"](*columns, max_gap=gap)
            print(",".join([str(seed), str(gap)] + [repr(float(x)) for x in result]))


main()
