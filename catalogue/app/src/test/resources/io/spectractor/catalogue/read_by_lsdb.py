"""What hats and lsdb say of a folder of ours, and a catalogue of theirs for us to read: a JSON line."""
import json
import sys
import warnings

import lsdb
import numpy as np
import pandas as pd
from hats.io.validation import is_valid_catalog

warnings.filterwarnings("ignore")
folder, theirs = sys.argv[1:3]
stars = lsdb.open_catalog(folder)
spectra = lsdb.open_catalog(folder + "/spectra")
found = stars.id_search(values={"name": "HD111980"}).compute()
near = spectra.cone_search(ra=193.3, dec=-18.5, radius_arcsec=60).compute()
spectrum = near["spectrum"].iloc[0]
random = np.random.default_rng(3)
frame = pd.DataFrame(
    {
        "id": np.arange(2000),
        "ra": random.uniform(0, 360, 2000),
        "dec": np.degrees(np.arcsin(random.uniform(-1, 1, 2000))),
    }
)
made = lsdb.from_dataframe(frame, catalog_name="theirs", partition_rows=300, margin_threshold=10)
made.write_catalog(theirs, as_collection=False)
made.write_catalog(theirs + "_collection", as_collection=True)
print(
    json.dumps(
        {
            "valid": {
                name: bool(is_valid_catalog(folder + name, strict=True))
                for name in ("", "/spectra", "/objects", "/objects_10arcs", "/objects_name", "/cones")
            },
            "margin": stars.margin is not None,
            "stars": len(stars.compute()),
            "found": found["name"].tolist(),
            "series": len(found["lc"].iloc[0]),
            "near": len(near),
            "columns": list(spectrum.columns),
            "flux": float(spectrum["flux"].iloc[0]),
            "ids": sorted(made.cone_search(ra=0, dec=80, radius_arcsec=20 * 3600).compute()["id"].tolist()),
        }
    )
)
