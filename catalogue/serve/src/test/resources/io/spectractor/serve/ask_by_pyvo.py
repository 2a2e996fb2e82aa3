"""What astronomers do with pyvo: a query, a job, a table of their own, a cone, spectra and their links."""
import sys
import warnings

import astropy.units as u
import pyvo
from astropy.coordinates import SkyCoord
from astropy.table import Table

warnings.simplefilter("ignore")
url = sys.argv[1]
tap = pyvo.dal.TAPService(url + "/tap")
assert "catalogue.spectra" in [table.name for table in tap.tables]
rows = tap.search("SELECT target, mjd, pwv, spectrum_flux FROM catalogue.spectra ORDER BY mjd").to_table()
assert len(rows) == 30 and rows["mjd"].unit == u.d and len(rows["spectrum_flux"][0]) == 100
few = tap.search("SELECT id FROM catalogue.points", maxrec=7)
assert len(few) == 7 and few.query_status == "OVERFLOW"

job = tap.submit_job("SELECT COUNT(*) AS n FROM catalogue.spectra_spectrum")
job.run()
job.wait(phases=["COMPLETED", "ERROR", "ABORTED"])
assert job.phase == "COMPLETED" and job.fetch_result()["n"][0] == 3000
job.delete()

try:
    tap.search("SELECT nothing FROM catalogue.spectra")
    raise AssertionError("a wrong column was accepted")
except pyvo.dal.DALQueryError as error:
    assert "no column nothing" in str(error), error

mine = Table({"ra": [193.3], "dec": [-18.5], "who": ["x"]})
found = tap.search(
    "SELECT m.who, s.mjd FROM TAP_UPLOAD.mine AS m JOIN catalogue.spectra AS s"
    " ON 1 = CONTAINS(POINT('ICRS', s.ra, s.dec), CIRCLE('ICRS', m.ra, m.dec, 0.1))",
    uploads={"mine": mine},
)
assert len(found) == 10

centre = SkyCoord(193.3, -18.5, unit="deg")
assert len(pyvo.dal.SCSService(url + "/scs/spectra").search(pos=centre, radius=0.1 * u.deg)) == 10
spectra = pyvo.dal.SSAService(url + "/ssa").search(pos=centre, diameter=0.2 * u.deg, format="fits")
assert len(spectra) == 10 and {row.format for row in spectra} == {"application/fits"}
assert spectra[0].getdataset().read(6) == b"SIMPLE" and spectra[0].title.startswith("HD111980 ")
assert len(pyvo.dal.SSAService(url + "/ssa").search(pos=centre, diameter=0.2 * u.deg)) == 30

observed = tap.search("SELECT TOP 2 * FROM ivoa.obscore WHERE target_name = 'HD111980'")
# pyvo 1.2 looks for the links of a TAP result only where a service is described in it
old = pyvo.__version__.startswith(("1.2.", "1.3."))
for links in [pyvo.dal.adhoc.DatalinkResults.from_result_url(row["access_url"]) for row in observed] if old else observed.iter_datalinks():
    kinds = [link.semantics for link in links]
    assert "#this" in kinds and "#cutout" in kinds, kinds
    link = next(link for link in links if link.semantics == "#this")  # without asking the IVOA for its words
    assert link.content_type == "application/fits"
    assert link.getdataset().read(6) == b"SIMPLE"
print("all right")
