#!/usr/bin/env python3
"""Makes the tables of templates of late stars, calib-data/.../templates.csv and templates/*.csv.

    scripts/late-templates.py PYHAMMER_TEMPLATES MASTARHC_V2 CALIB_FOLDER
    scripts/late-templates.py --resolution PYHAMMER_TEMPLATES CALIB_FOLDER

The first is resources/templates of PyHammer (Kesseli et al. 2017, ApJS 230, 16; MIT licence; means of SDSS BOSS spectra by type and
metallicity, at rest, in vacuum). The second is mangadap/data/spectral_templates/mastarhc_v2 of the MaNGA data analysis pipeline
(BSD-3-Clause; means of MaStar spectra by cluster, Yan et al. 2019, ApJ 883, 175; at rest, in vacuum). CALIB_FOLDER is
calib-data/src/main/resources/io/spectractor/calib, whose CALSPEC spectra show what SDSS leaves of the air. Needs astropy, numpy, scipy.
"""
import os
import sys

import numpy as np
from astropy.io import fits
from scipy.ndimage import gaussian_filter1d, median_filter

STEP = 0.5
FINE = np.arange(350, 1045, STEP)
C2 = 1.438777e7  # nm K, CODATA 2018
ANALOGUES = ["18SCO", "HD205905", "HD106252", "HD167060", "HD37962", "HD142331"]
# What CALSPEC resolves, FWHM in nm against nm: STIS changes its grating at 565 nm, and light that its CCD scatters fills
# narrow bands further to the red. Measured by resolution() in eight G stars (--resolution); the last value is between
# theirs, which include what SDSS leaves of the air there, and those of M stars.
BLUE_FWHM = 0.7
RED_FWHM = [(565, 1.3), (780, 1.3), (865, 1.8), (950, 2.5)]
# where SDSS has something of the air, or of the sky, in it that all its stars share, nm
SHARED = [(553, 562), (684, 697), (756, 773), (893, 930), (949, 1000)]
# where that differs from template to template, nm
RAGGED = (930, 949)

PYHAMMER = {
    "pyhammer_k": ["K%d_+0.0" % k for k in (0, 1, 2, 3, 4, 5, 7)],
    "pyhammer_m": ["M%d_+0.0" % k for k in range(9)] + ["M9"],
    "pyhammer_rich": ["K3_+0.5", "K5_+0.5", "M1_+0.5", "M3_+0.5", "M5_+0.5", "M7_+0.5", "M8_+0.5"],
    "pyhammer_poor": ["K2_-1.0", "K4_-1.0", "K7_-1.0", "M0_-0.5", "M2_-1.0", "M5_-0.5", "M6_-0.5", "M7_-0.5", "M8_-0.5"],
}
MASTAR = {
    "mastar_giants": [
        ("11", "K giant"), ("13", "K giant"), ("14", "K giant"), ("16", "metal-poor K giant"), ("99", "metal-poor giant"),
        ("30", "K giant"), ("29", "K giant")],
    "mastar_late": [
        ("12", "early M giant"), ("26", "early M giant"), ("27", "M giant"), ("09", "M giant"), ("08", "late M giant"),
        ("06", "late M giant"), ("88", "carbon star"), ("00", "late carbon star")],
    "mastar_dwarfs": [("23", "M2 dwarf"), ("22", "M3 dwarf"), ("03", "M5 dwarf"), ("02", "M7 dwarf")],
}


def binned(lam, flux):
    """Means over bins of the fine grid; NaN outside."""
    edges = np.append(FINE - STEP / 2, FINE[-1] + STEP / 2)
    total = np.concatenate([[0], np.cumsum(0.5 * (flux[1:] + flux[:-1]) * np.diff(lam))])
    return np.diff(np.interp(edges, lam, total, left=np.nan, right=np.nan)) / STEP


def filled(flux):
    ok = np.isfinite(flux)
    return np.interp(FINE, FINE[ok], flux[ok])


def smoothed(flux, fwhm):
    return gaussian_filter1d(flux, fwhm / 2.3548 / STEP, mode="nearest")


def like_calspec(flux):
    """At the resolution of CALSPEC."""
    widths = np.linspace(RED_FWHM[0][1], RED_FWHM[-1][1], 13)
    red = np.array([smoothed(flux, w) for w in widths])
    at = np.interp(np.interp(FINE, *zip(*RED_FWHM)), widths, np.arange(widths.size))
    low = np.minimum(at.astype(int), widths.size - 2)
    column = np.arange(FINE.size)
    red = red[low, column] + (at - low) * (red[low + 1, column] - red[low, column])
    return np.where(FINE < 565, smoothed(flux, BLUE_FWHM), red)


def cleaned(flux, sigma):
    """At the resolution of CALSPEC, coarser where that is lost in noise."""
    ok = np.isfinite(flux)
    first, last = FINE[ok][0], FINE[ok][-1]
    f, s = filled(flux), np.maximum(filled(np.where(np.isfinite(sigma), sigma, np.nan)), 1e-12)
    out = like_calspec(f)
    for fwhm in (2, 4, 8, 16):
        noisy = smoothed(f, 16) / smoothed(s, 16) * np.sqrt(max(fwhm / 2, 1) / STEP) < 20
        out = np.where(noisy, smoothed(f, fwhm), out)
    return np.where((FINE >= first) & (FINE <= last), np.maximum(out, 0), np.nan)


def calspec(folder, name):
    rows = [l.split(",") for l in open(os.path.join(folder, "sed", name + ".csv")) if not l.startswith("#")][1:]
    table = np.array([[float(r[0]), float(r[1])] for r in rows])
    return np.interp(FINE, table[:, 0], table[:, 1])


def pyhammer(folder, name):
    path = os.path.join(folder, name + ("" if name == "M9" else "_Dwarf") + ".fits")
    with fits.open(path) as f:
        table = f[1].data
        stars = [c for c in f[0].header["COMMENT"] if "Co-added" in c]
        count = int(stars[0].split("from")[1].split()[0])
        lam = 10 ** table["LogLam"].astype(float) / 10
        flux, error = table["Flux"].astype(float), table["PropErr"].astype(float)
        error = np.where(np.isfinite(error), error, table["Std"].astype(float) / np.sqrt(count))
    good = np.isfinite(flux) & np.isfinite(error)
    # BOSS has a pixel every 1e-4 in the logarithm, the table one every 7e-6
    pixels = np.maximum(STEP / (lam * np.log(10) * 1e-4), 1)
    return binned(lam[good], flux[good]), binned(lam[good], (error / np.sqrt(pixels))[good]), count


def mastar(folder, name):
    with fits.open(os.path.join(folder, "MaStarHC_%s.fits.gz" % name)) as f:
        h, flux, ivar = f[0].header, f[0].data.astype(float), f[1].data.astype(float)
    lam = 10 ** (h["CRVAL1"] + h["CDELT1"] * np.arange(flux.size)) / 10
    good = ivar > 0
    pixels = np.maximum(STEP / (lam * np.log(10) * 1e-4), 1)
    listed = [l.split() for l in open(os.path.join(folder, "README")) if l.strip() and not l.startswith("#")]
    count = sum(1 for row in listed if row[3] == str(int(name)))
    return binned(lam[good], flux[good]), binned(lam[good], 1 / np.sqrt(ivar[good] * pixels[good])), count


def shared(folder, calib):
    """What SDSS leaves of the air and the sky in all its spectra: its G stars over those of CALSPEC."""
    truth = np.mean([c / c[(FINE > 600) & (FINE < 800)].mean() for c in (cleaned(calspec(calib, a), 0 * FINE + 1e-30) for a in ANALOGUES)], 0)
    ratios = []
    for k in range(5):
        flux, error, _ = pyhammer(folder, "G%d_+0.0" % k)
        r = filled(cleaned(flux, error)) / truth
        ratios.append(r / smoothed(median_filter(r, 61), 30))
    r = np.median(ratios, 0)
    out = np.ones_like(FINE)
    for a, b in SHARED:
        edge = np.clip(np.minimum(FINE - a, b - FINE) / 2, 0, 1)
        out *= 1 + edge * (r - 1)
    return out


def without_air(flux, pattern):
    flux = flux / pattern
    inside = (FINE >= RAGGED[0]) & (FINE <= RAGGED[1])
    return np.where(inside, median_filter(filled(flux), int(7 / STEP)), flux)


def planck(lam, t):
    return (lam / 1000) ** -5 / np.expm1(C2 / (lam * t))


def continued(flux, towards):
    """The Planck curve that follows the last 150 nm to the red, or the first 40 nm to the blue, best; lines only take light away."""
    ok = np.flatnonzero(np.isfinite(flux))
    lam = FINE[ok]
    use = lam > lam[-1] - 150 if towards == "red" else lam < lam[0] + 40
    use &= flux[ok] > 0
    for _ in range(5):
        best = None
        for t in 1500 * (80000 / 1500) ** np.linspace(0, 1, 160):
            log = np.log(flux[ok][use] / planck(lam[use], t))
            if best is None or log.var() < best[0]:
                best = log.var(), t, np.exp(log.mean())
        scatter = np.sqrt(np.mean((flux[ok][use] / (best[2] * planck(lam[use], best[1])) - 1) ** 2))
        use &= (flux[ok] / (best[2] * planck(lam, best[1])) - 1 > -2 * scatter)
    x = np.arange(1045 if towards == "red" else 300, 1121 if towards == "red" else 350, 5.0)
    if towards == "red":
        x = np.append(np.arange(lam[-1] + STEP, 1045, STEP), x)
    else:
        x = np.append(x, np.arange(350, lam[0], STEP))
    return x, best[2] * planck(x, best[1])


def write(path, header, rows):
    with open(path, "w", encoding="utf-8") as out:
        for key, value in header:
            out.write("# %s: %s\n" % (key, value))
        for row in rows:
            out.write(",".join(row) + "\n")


def table(calib, library, quantity, source, licence, entries):
    columns, grid = [], None
    for key, flux in entries:
        ok = np.isfinite(flux)
        blue, b = continued(flux, "blue")
        red, r = continued(flux, "red")
        lam = np.concatenate([blue, FINE[ok], red])
        f = np.concatenate([b, flux[ok], r])
        f = np.maximum(f, 0) / np.mean(np.interp(np.arange(300, 1121), lam, f))
        if grid is None:
            grid = lam
        columns.append(np.interp(grid, lam, f))
    measured = FINE[np.isfinite(entries[0][1])]
    write(os.path.join(calib, "templates", library + ".csv"), [
        ("quantity", quantity),
        ("units", "wavelength nm (vacuum); flux per wavelength, in units of its mean from 300 to 1120 nm"),
        ("source", source),
        ("licence", licence),
        ("measured", "%.1f to %.1f nm; outside Planck curves through the last 150 nm and the first 40 nm" % (measured[0], measured[-1])),
        ("note", "means over 0.5 nm at the resolution of CALSPEC (0.7 nm below 565 nm, 1.3 to 2.5 nm above), coarser where noise asks for it; made by scripts/late-templates.py"),
        ("date", "2026-11-30"),
    ], [["lambda_nm"] + [k for k, _ in entries]]
        + [["%g" % lam] + ["%.*g" % (4 if c[i] > 0.1 else 3, c[i]) for c in columns] for i, lam in enumerate(grid)])


def resolution(hammer, calib):
    """Width, nm, by which means of SDSS G stars must be smoothed to look like CALSPEC's, and their shift: medians of eight stars."""
    shifts = {}
    for row in (l.split(",") for l in open(os.path.join(calib, "targets.csv"), encoding="utf-8")):
        if len(row) > 5 and row[5].startswith("sed/"):
            shifts[row[5][4:-4]] = float(row[4])
    means = [filled(pyhammer(hammer, "G%d_+0.0" % k)[0]) for k in range(5)]
    print("from to  FWHM  shift  rms")
    for a, b in ((400, 440), (440, 480), (480, 520), (520, 565), (575, 610), (630, 684), (700, 755), (775, 840), (840, 890), (890, 930), (930, 998)):
        use = (FINE >= a) & (FINE < b)
        x = (FINE[use] - FINE[use].mean()) / 20
        found = []
        for star in ANALOGUES + ["HD38949", "HD115169"]:
            truth, best = calspec(calib, star), None
            for mean in means:
                for width in np.arange(0, 4.1, 0.2):
                    smooth = smoothed(mean, width) if width else mean
                    for shift in np.arange(-1, 1.01, 0.1):
                        f = np.interp(FINE[use] / (1 + shifts[star]) - shift, FINE, smooth)
                        m = np.column_stack([f * x**k for k in range(4)])
                        r = truth[use] - m @ np.linalg.lstsq(m, truth[use], rcond=None)[0]
                        misfit = np.sqrt((r**2).mean()) / truth[use].mean()
                        if best is None or misfit < best[2]:
                            best = width, shift, misfit
            found.append(best)
        width, shift, misfit = np.median(found, 0)
        print("%d  %d  %.1f  %+.1f  %.4f" % (a, b, width, shift, misfit))


def main(hammer, clusters, calib):
    os.makedirs(os.path.join(calib, "templates"), exist_ok=True)
    pattern = shared(hammer, calib)
    index = []
    for part, names in PYHAMMER.items():
        entries = []
        for name in names:
            flux, error, count = pyhammer(hammer, name)
            key = "flux_" + name.lower().replace("+", "p").replace("-", "m").replace(".", "")
            entries.append((key, without_air(cleaned(flux, error), pattern)))
            kind = name[:2] + " dwarf" + ("" if name == "M9" else "; [Fe/H] " + name[3:])
            label = "PyHammer " + name.replace("_+0.0", "").replace("_", " ")
            index.append([label, kind, "templates/%s.csv" % part, key, "mean of %d BOSS spectra" % count])
        table(calib, part, "spectra of K and M dwarfs by type and metallicity, at rest",
              "templates of PyHammer (Kesseli et al. 2017, ApJS 230, 16), means of SDSS BOSS spectra, resampled; what SDSS leaves of the air in its G stars was divided out",
              "MIT (PyHammer, Copyright 2016 Aurora Kesseli)", entries)
    for part, names in MASTAR.items():
        entries = []
        for name, kind in names:
            flux, error, count = mastar(clusters, name)
            entries.append(("flux_" + name, cleaned(flux, error)))
            index.append(["MaStar " + name, kind, "templates/%s.csv" % part, "flux_" + name, "mean of the %d stars of cluster %s" % (count, name)])
        table(calib, part, "spectra of late giants, carbon stars and M dwarfs, at rest",
              "MaStarHC v2 of the MaNGA data analysis pipeline (Westfall et al. 2019, AJ 158, 231), means of MaStar spectra (Yan et al. 2019, ApJ 883, 175), resampled",
              "BSD-3-Clause (mangadap, Copyright 2018 SDSS)", entries)
    write(os.path.join(calib, "templates.csv"), [
        ("quantity", "spectra that a star without one is compared with, besides those of the targets"),
        ("units", "none"),
        ("source", "PyHammer and MaStarHC v2, see the tables"),
        ("licence", "MIT, BSD-3-Clause"),
        ("note", "these are kinds of stars, not targets; types of MaStar clusters are by eye"),
        ("date", "2026-11-30"),
    ], [["name", "type", "table", "flux_column", "reference"]] + index)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    if sys.argv[1] == "--resolution":
        resolution(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
