#!/usr/bin/env bash
# A light curve of 10 points a day with an error of 0.1 each, binned to a point a day by lightkurve: the error stays 0.1, the root
# mean square of those of the bin, where the mean of ten independent points has 0.032. Without errors of the points a bin gets their
# scatter, 0.1 too. The bins themselves scatter by 0.031, so that a chi-square of them is a tenth of what it should be.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages lightkurve==2.6.0 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >bin.py <<'PY'
import astropy.units as u
import lightkurve as lk
import numpy as np

time = np.arange(0, 200, 0.1)
flux = 1 + np.random.default_rng(1).normal(0, 0.1, time.size)
given = lk.LightCurve(time=time, flux=flux, flux_err=np.full(time.size, 0.1)).bin(time_bin_size=1 * u.day)
without = lk.LightCurve(time=time, flux=flux).bin(time_bin_size=1 * u.day)
print("given", f"{np.median(given.flux_err):.3f}")
print("scatter", f"{np.std(given.flux):.3f}")
print("without", f"{np.sqrt(np.mean(without.flux_err ** 2)):.2f}")
PY
python bin.py >bin.txt 2>messages.txt
expect "quoted error of a bin of ten points of 0.1 (independent: 0.032)" "0.100" "$(sed -n 's/^given //p' bin.txt)"
expect "scatter of the bins" "0.031" "$(sed -n 's/^scatter //p' bin.txt)"
expect "quoted error without errors of the points" "0.10" "$(sed -n 's/^without //p' bin.txt)"
finish
