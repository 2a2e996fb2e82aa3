#!/usr/bin/env bash
# A chain that emcee thins does not begin where the burn-in ends: discard=20, thin=10 gives the steps 29, 39, ..., not 20, 30, ...
# The first kept step is discard + thin - 1. Who reads the same HDF5 file with a slice [20::10] compares other samples.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages emcee==3.1.6 h5py==3.16.0 numpy==2.4.6
cd -- "$work"
rm -f chain.h5
cat >thin.py <<'PY'
import emcee
import h5py
import numpy as np

backend = emcee.backends.HDFBackend("chain.h5")
backend.reset(8, 1)
random = np.random.RandomState(1)
sampler = emcee.EnsembleSampler(8, 1, lambda x: -0.5 * np.sum(x**2), backend=backend)
sampler.run_mcmc(emcee.State(random.randn(8, 1), random_state=random.get_state()), 100)
with h5py.File("chain.h5") as file:
    stored = file["mcmc/chain"][...]
for discard, thin in ((0, 1), (20, 1), (0, 10), (20, 10)):
    chain = backend.get_chain(discard=discard, thin=thin)
    steps = [next(k for k in range(100) if (stored[k] == sample).all()) for sample in chain[:2]]
    print(f"{discard} {thin}:", *steps, f"of {len(chain)}")
PY
python thin.py >thin.txt
expect "first steps of all" "0 1 of 100" "$(sed -n 's/^0 1: //p' thin.txt)"
expect "after a burn-in of 20" "20 21 of 80" "$(sed -n 's/^20 1: //p' thin.txt)"
expect "every tenth" "9 19 of 10" "$(sed -n 's/^0 10: //p' thin.txt)"
expect "every tenth after a burn-in of 20" "29 39 of 8" "$(sed -n 's/^20 10: //p' thin.txt)"
finish
