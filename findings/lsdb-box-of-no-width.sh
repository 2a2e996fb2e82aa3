#!/usr/bin/env bash
# A box whose two right ascensions are equal gives neither that meridian nor the whole circle in LSDB, but the rows of the
# partitions that the meridian happens to cross, all of them: how many depends on how the same rows are partitioned.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages lsdb==0.10.4 hats==0.10.4 pandas==2.3.3 pyarrow==26.0.1 numpy==2.4.6
cd -- "$work"
cat >box.py <<'PY'
import logging
import warnings
warnings.simplefilter("ignore")
logging.disable()
import lsdb
import numpy as np
import pandas as pd

if __name__ == "__main__":
    random = np.random.RandomState(1)
    stars = pd.DataFrame({"ra": random.uniform(0, 360, 3000), "dec": np.degrees(np.arcsin(random.uniform(-1, 1, 3000)))})
    for order in (0, 1, 2):
        catalogue = lsdb.from_dataframe(stars, catalog_name="stars", lowest_order=order, margin_threshold=None)
        rows = [len(catalogue.box_search(ra=ra, dec=(-90, 90)).compute()) for ra in ((0, 360), (10, 10))]
        print(f"order {order}:", *rows)
PY
python box.py >box.txt 2>messages.txt || { cat messages.txt >&2; exit 2; }
for order in "0:3000 738" "1:3000 426" "2:3000 235"; do
    expect "rows of ra 0 to 360, and of ra 10 to 10, in partitions of order ${order%%:*}" "${order#*:}" \
        "$(sed -n "s/^order ${order%%:*}: //p" box.txt)"
done
finish
