#!/usr/bin/env bash
# astro_metadata_translator, which Rubin's pipelines read headers with, makes up weather for DECam: a pressure that is NaN or not
# between 700 and 850 hPa becomes 771.611 hPa, a humidity that is missing 40 %, and nothing tells them from measured ones. A pressure
# that is missing is None, with a message.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages astro-metadata-translator==30.2026.4300 astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >weather.py <<'PY'
from astro_metadata_translator import ObservationInfo

header = {"INSTRUME": "DECam", "TELESCOP": "CTIO 4.0-m telescope", "OBSERVAT": "CTIO", "OBSTYPE": "object", "CCDNUM": 1,
          "OBSID": "ct4m20250306t010203", "DATE-OBS": "2025-03-06T01:02:03.0", "EXPTIME": 30.0, "AIRMASS": 1.1, "OBJECT": "HD111980"}
for name, cards in (("measured", {"PRESSURE": 781.0, "HUMIDITY": 25.0}), ("missing", {}), ("NaN", {"PRESSURE": float("nan")}),
                    ("pascal", {"PRESSURE": 78100.0})):
    info = ObservationInfo(header | cards, subset={"pressure", "relative_humidity", "temperature"}, pedantic=False)
    print(f"{name}:", info.pressure, info.relative_humidity, info.temperature, sep=", ")
PY
python weather.py >weather.txt 2>messages.txt || { cat messages.txt >&2; exit 2; }
expect "header with 781 hPa and 25 %" "781.0 hPa, 25.0, None" "$(sed -n 's/^measured:, //p' weather.txt)"
expect "without" "None, 40.0, None" "$(sed -n 's/^missing:, //p' weather.txt)"
expect "with NaN" "771.611 hPa, 40.0, None" "$(sed -n 's/^NaN:, //p' weather.txt)"
expect "with 78100 (pascal)" "771.611 hPa, 40.0, None" "$(sed -n 's/^pascal:, //p' weather.txt)"
expect "messages about pressure or humidity" "Could not find PRESSURE in header" \
    "$(grep -io 'could not find \(pressure\|humidity\) in header' messages.txt)"
finish
