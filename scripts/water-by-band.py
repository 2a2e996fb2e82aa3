#!/usr/bin/python3
"""What the scatter of a joint fit's water is made of: water of single bands, and light of the second order under the first.

scripts/water-by-band.py FIT...    folders of `spectractor fit --joint`, each with joint.json and columns.h5

For each band the residuals of a spectrum are laid against the model's slope with water and a line: that gives the water which
the band alone asks for. Printed are, between exposures that follow each other, the scatter of ln PWV (1.4826 times the median size of its change over sqrt 2) and
how the bands go together: water that changed changes in all of them. Then, for each star, how much of the light from 955 to 985 nm
looks like the model of half the wavelength, which the second order of the grating puts there. Last, for spectra through much and through
little water, data over model less 1 about the strongest lines of oxygen and water, and how much narrower than the model's each band would like its lines
(change of ln sigma, from the model's second derivative; with a line, a shift and, where there is any, water).
Needs Debian's python3-h5py.
"""
import csv
import json
import sys
from pathlib import Path

import h5py
import numpy as np

BANDS = {"720 nm": (708, 752), "820 nm": (800, 855), "940 nm": (885, 985)}
SECOND = (955, 985)
LEAST_MM = 0.7
LINES = {"O2 754 to 758 nm": (754, 758), "O2 760 to 765 nm": (760, 765), "H2O 931 to 935 nm": (931, 935), "H2O 936 to 940 nm": (936, 940)}
SLANTS_MM = ((0, 5), (5, 9), (9, 99))
WIDTHS = {"O2 760 nm": (752, 780), **BANDS}
TABLE = Path(__file__).parent.parent / "calib-data/src/main/resources/io/spectractor/calib/atmosphere/absorption.csv"


def mad(x):
    return 1.4826 * np.median(np.abs(x - np.median(x)))


def table():
    lines = [line for line in TABLE.read_text().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    return [np.array([float(r[k]) for r in rows]) for k in ("lambda_nm", "water_k", "water_w0", "water_b")]


LAMBDA, K, W0, B = table()


def transmission(slant):
    return np.exp(-K * W0 / B * ((1 + slant / W0) ** B - 1))


def slope(pwv, airmass, sigma_nm):
    """d ln flux / d mm as the columns see it."""
    fine = np.arange(LAMBDA[0], LAMBDA[-1], 0.25)
    u = np.arange(-40, 41) * 0.25 / sigma_nm
    kernel = np.exp(-0.5 * u * u) / np.exp(-0.5 * u * u).sum()
    step = 0.05
    change = (transmission(airmass * (pwv + step)) - transmission(airmass * max(pwv - step, 0))) / (step + min(step, pwv))
    seen = [np.convolve(np.interp(fine, LAMBDA, c), kernel, "same") for c in (change, transmission(airmass * pwv))]
    return fine, seen[0] / seen[1]


def second_order(wavelength, flux, model):
    """Part of the light of a range that goes like the model at half the wavelength, where that is known."""
    lo, hi = SECOND
    m = (wavelength > lo) & (wavelength < hi)
    if m.sum() < 20 or wavelength[0] > lo / 2 or not np.all(np.isfinite(model)):
        return np.nan
    x = (wavelength[m] - (lo + hi) / 2) / (hi - lo) * 2
    half = np.interp(wavelength[m] / 2, wavelength, model)
    design = np.c_[model[m][:, None] * np.vander(x, 4), half]
    scale = flux[m].mean()
    found = np.linalg.lstsq(design / scale, flux[m] / scale, rcond=None)[0]
    return found[-1] * half.mean() / flux[m].mean()


def change_of_width(wls, fls, model, used, water, sigma, lo, hi):
    """d ln sigma that the residuals of a range ask for."""
    m = (wls > lo) & (wls < hi) & used
    if m.sum() <= 15:
        return np.nan
    first = np.gradient(model, wls)
    second = np.gradient(first, wls)
    x = (wls[m] - (lo + hi) / 2) / (hi - lo)
    design = np.c_[np.ones(m.sum()), x, first[m] / model[m], second[m] / model[m] * sigma**2, water[m]]
    return np.linalg.lstsq(design, fls[m] / model[m] - 1, rcond=None)[0][3]


def spectra(folder):
    fit = json.loads((folder / "joint.json").read_text())
    water = {p.get("spectrum"): p["value"] for p in fit["parameters"] if p["name"] == "pwv"}
    known = {s["name"]: s for s in fit["spectra"]}
    with h5py.File(folder / "columns.h5") as columns:
        for group in columns.values():
            name = group.attrs["name"]
            name = name.decode() if isinstance(name, bytes) else name
            s = known[name]
            pwv = water.get(name, water.get(None))
            wls, fls, model = (group[k][:] for k in ("wls", "fls", "model"))
            used = group["used"][:] > 0
            sigma = s["resolutionPx"] * np.median(np.diff(wls))
            fine, seen = slope(pwv, s["airmass"], sigma)
            bands = {}
            for band, (lo, hi) in BANDS.items():
                m = (wls > lo) & (wls < hi) & used
                x = (wls[m] - (lo + hi) / 2) / (hi - lo)
                design = np.c_[np.ones(m.sum()), x, np.interp(wls[m], fine, seen)]
                bands[band] = pwv + np.linalg.lstsq(design, fls[m] / model[m] - 1, rcond=None)[0][2] if m.sum() > 15 else np.nan
            bands["all"] = pwv
            within = {k: (wls > lo) & (wls < hi) for k, (lo, hi) in LINES.items()}
            off = {k: np.median(fls[m] / model[m] - 1) for k, m in within.items()}
            water_there = np.interp(wls, fine, seen)
            width = {k: change_of_width(wls, fls, model, used, water_there, sigma, *r) for k, r in WIDTHS.items()}
            yield dict(
                night=int(s["mjd"] - 0.5),
                mjd=s["mjd"],
                star=s["target"],
                bands=bands,
                second=second_order(wls, fls, model),
                slant=pwv * s["airmass"],
                off=off,
                width=width,
            )


def main(folders):
    all_spectra = sorted((s for f in folders for s in spectra(Path(f))), key=lambda s: s["mjd"])
    pairs = {"same star, within 3 min": [], "another star, within 30 min": []}
    for a, b in zip(all_spectra, all_spectra[1:]):
        minutes = (b["mjd"] - a["mjd"]) * 1440
        if a["night"] != b["night"] or not min(a["bands"]["all"], b["bands"]["all"]) > LEAST_MM:
            continue
        if a["star"] == b["star"] and minutes < 3:
            pairs["same star, within 3 min"].append((a, b))
        if a["star"] != b["star"] and minutes < 30:
            pairs["another star, within 30 min"].append((a, b))
    for kind, found in pairs.items():
        change = {}
        with np.errstate(invalid="ignore"):
            for band in list(BANDS) + ["all"]:
                change[band] = np.array([np.log(b["bands"][band] / a["bands"][band]) for a, b in found])
        line = []
        for band, d in change.items():
            d = d[np.isfinite(d)]
            line.append("%s %.3f" % (band, 1.4826 * np.median(np.abs(d)) / np.sqrt(2)) if len(d) else band + " -")
        print("%s, %d pairs: %s" % (kind, len(found), ", ".join(line)))
        for i, a in enumerate(BANDS):
            for b in list(BANDS)[i + 1 :]:
                good = (np.abs(change[a]) < 0.5) & (np.abs(change[b]) < 0.5)
                if good.sum() > 2 and min(change[a][good].std(), change[b][good].std()) > 0:
                    print("  %s with %s: correlation %.2f" % (a, b, np.corrcoef(change[a][good], change[b][good])[0, 1]))
    for star in sorted({s["star"] for s in all_spectra}):
        light = np.array([s["second"] for s in all_spectra if s["star"] == star])
        light = light[np.isfinite(light)]
        if len(light) >= 5:
            print("%s, %d spectra: second order %.2f +- %.2f of the light at 955 to 985 nm" % (star, len(light), np.median(light), mad(light)))
    for lo, hi in SLANTS_MM:
        there = [s for s in all_spectra if lo <= s["slant"] < hi]
        if there:
            with np.errstate(invalid="ignore"):
                off = ", ".join("%s %+.3f" % (k, np.nanmedian([s["off"][k] for s in there])) for k in LINES)
                width = ", ".join("%s %+.2f" % (k, np.nanmedian([s["width"][k] for s in there])) for k in WIDTHS)
            print("%g to %g mm on the line of sight, %d spectra: data over model less 1: %s; change of ln sigma: %s" % (lo, hi, len(there), off, width))


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    main(sys.argv[1:])
