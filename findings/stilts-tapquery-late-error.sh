#!/usr/bin/env bash
# A TAP service that fails while it sends its rows says so behind the table, in an INFO named QUERY_STATUS (DALI 1.1, section
# 4.4). STILTS's tapquery writes the rows that came, ends with 0 and says nothing; pyvo raises the service's message. Rows cut by
# the service's limit (OVERFLOW in the same place) are reported by pyvo as a warning and by tapquery not at all.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
python_packages pyvo==1.9.1 astropy==8.0.2 numpy==2.4.6
debian_java_package starlink-ttools-java 3.4.7-4
cd -- "$work"
cat >service.py <<'PY'
import http.server
import sys
import threading
import warnings

ANSWER = """<?xml version="1.0"?>
<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results">
<INFO name="QUERY_STATUS" value="OK"/>
<TABLE><FIELD name="id" datatype="int"/><DATA><TABLEDATA><TR><TD>1</TD></TR><TR><TD>2</TD></TR></TABLEDATA></DATA></TABLE>
<INFO name="QUERY_STATUS" value="{0}">{1}</INFO></RESOURCE></VOTABLE>"""


class Service(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status = ("OVERFLOW", "2 rows of 9") if "long_table" in query else ("ERROR", "the disk is gone")
        answer = ANSWER.format(*status).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-votable+xml")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *words):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/tap"

if sys.argv[1] == "pyvo":
    import pyvo

    for table in ("broken_table", "long_table"):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                rows = len(pyvo.dal.TAPService(url).run_sync(f"SELECT id FROM {table}"))
                print(table, rows, "rows,", *(type(w.message).__name__ for w in caught))
            except pyvo.dal.DALQueryError as error:
                print(table, "raised:", error)
else:
    import subprocess

    for table in ("broken_table", "long_table"):
        ended = subprocess.run(
            ["java", "-cp", "root/usr/share/java/starlink-ttools.jar", "uk.ac.starlink.ttools.Stilts", "tapquery",
             f"tapurl={url}", f"adql=SELECT id FROM {table}", "parse=false", "sync=true", f"out={table}.csv"],
            capture_output=True, text=True)
        rows = open(f"{table}.csv").read().split()
        print(table, f"exit {ended.returncode}, {len(rows) - 1} rows, said: {(ended.stdout + ended.stderr).strip() or 'nothing'}")
PY
python service.py pyvo >pyvo.txt
python service.py stilts >stilts.txt
expect "pyvo, the service failed" "raised: the disk is gone" "$(sed -n 's/^broken_table //p' pyvo.txt)"
expect "pyvo, the service's limit" "2 rows, DALOverflowWarning" "$(sed -n 's/^long_table //p' pyvo.txt)"
expect "tapquery, the service failed" "exit 0, 2 rows, said: nothing" "$(sed -n 's/^broken_table //p' stilts.txt)"
expect "tapquery, the service's limit" "exit 0, 2 rows, said: nothing" "$(sed -n 's/^long_table //p' stilts.txt)"
finish
