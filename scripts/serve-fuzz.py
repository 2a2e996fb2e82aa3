#!/usr/bin/env python3
"""Sends requests of random parts to a running `./spectractor serve`: addresses, forms, and queries that a grammar of ADQL makes,
whole and broken. No answer may be a 5xx, take longer than a minute, or name a folder of the server; at the end it must
answer as at the beginning, without more files, threads or much more memory.

Usage: serve-fuzz.py http://127.0.0.1:8080 [requests, 100000] [seed, 19] [process id of the server]
"""
import collections
import concurrent.futures
import http.client
import os
import random
import re
import sys
import time
import urllib.parse

url = urllib.parse.urlsplit(sys.argv[1])
total = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 19
pid = sys.argv[4] if len(sys.argv) > 4 else None
THREADS = 6
FORM = "application/x-www-form-urlencoded"
WORDS = ["SELECT", "FROM", "WHERE", "'", '"', "(", ")", ",", "1", "-1", "1e308", "NaN", "\0", "\U0001f600", "<", "&", ";", "--", "/*", "*", "..",
         "/etc/passwd", "read_csv('/etc/passwd')", "COPY", "ATTACH", "INSTALL", "PRAGMA", "queryData", "193.3,-18.5", "2023-01-01", "%", "0x1F",
         "csv", "metadata", "400,500,0,1", "+Inf/-Inf", "circle", "a" * 300, "catalogue.spectra", "TAP_SCHEMA.tables", "Npix=1", "{{7*7}}", "<script>alert(1)</script>"]
PATHS = ["/", "/table", "/explore", "/star", "/services", "/requests", "/runs", "/runs/x/run/y", "/runs/x/files/y.fits", "/tap/sync", "/tap/async",
         "/tap/async/abc", "/tap/async/abc/results/result", "/tap/tables", "/tap/tables/x", "/tap/capabilities", "/tap/availability", "/tap/examples",
         "/scs/spectra", "/scs/objects", "/scs/none", "/ssa", "/datalink", "/soda", "/hats", "/hats/spectra/hats.properties", "/hats/spectra/dataset",
         "/hats/../x", "/hats/%2e%2e/%2e%2e/etc/passwd", "/spectrum/x.fits", "/voresource.xml", "/style.css", "/none"]
NAMES = ["LANG", "QUERY", "query", "RA", "DEC", "SR", "ID", "BAND", "POS", "SIZE", "TIME", "MAXREC", "RESPONSEFORMAT", "FORMAT", "REQUEST", "UPLOAD",
         "star", "radius", "spectrum", "zoom_spectra", "zoom_light", "table", "name", "columns", "filters", "sample", "plot", "x", "y", "xmin", "xmax", "f1", "o1", "v1", "ra", "dec",
         "PHASE", "WAIT", "DESTRUCTION", "VERB", "authority", "publisher", "contact", "email", "kind", "word"]
COLUMNS = ["_healpix_29", "ra", "dec", "mjd", "airmass", "pwv", "target", "science_sha256", "spectrum_flux", "nothing", "t.ra", "s.mjd", '"ra"', "size"]
TABLES = ["catalogue.spectra", "spectra", "spectra AS s", "catalogue.objects", "objects_lc", "ivoa.obscore", "TAP_SCHEMA.columns", "nothing", "spectra AS s JOIN objects AS t ON s.target = t.name"]
FUNCTIONS = ["SUM", "MIN", "MAX", "ABS", "SQRT", "LOG", "POWER", "MOD", "ROUND", "COUNT", "AVG", "MEDIAN", "LOWER", "COALESCE", "RAND", "PI", "read_parquet", "system", "getenv"]


def expression(r, depth):
    kind = r.randrange(10 if depth > 0 else 3)
    if kind == 0:
        return r.choice(COLUMNS)
    if kind == 1:
        return r.choice(["1", "0", "-3.5", "1e400", "'x'", "NULL", "''", "9223372036854775808"])
    if kind == 2:
        return r.choice(COLUMNS)
    a = expression(r, depth - 1)
    b = expression(r, depth - 1)
    return [f"({a} + {b})", f"{a} / {b}", f"{r.choice(FUNCTIONS)}({a})", f"{r.choice(FUNCTIONS)}({a}, {b})", f"CASE WHEN {a} > {b} THEN {a} END",
            f"DISTANCE(POINT({a}, {b}), POINT(1, 2))", f"CAST({a} AS {r.choice(['INTEGER', 'DOUBLE PRECISION', 'VARCHAR', 'nothing'])})"][kind - 3]


def condition(r, depth):
    a = expression(r, depth - 1)
    b = expression(r, depth - 1)
    return r.choice([f"{a} < {b}", f"{a} = {b}", f"{a} BETWEEN {b} AND 5", f"{a} IS NULL", f"{a} LIKE '%a_'", f"{a} IN ({b}, 2)", f"NOT ({a} <> {b})",
                     f"1 = CONTAINS(POINT(ra, dec), CIRCLE({a}, {b}, 1))", f"1 = CONTAINS(POINT('ICRS', ra, dec), POLYGON(0, 0, 10, 0, 10, {r.randrange(90)}))",
                     f"EXISTS ({query(r, 0)})" if depth > 1 else f"{a} > 0"])


def query(r, depth):
    text = f"SELECT {r.choice(['', 'TOP 5 ', 'DISTINCT '])}{', '.join(expression(r, depth) for _ in range(r.randint(1, 3)))} FROM {r.choice(TABLES)}"
    if r.random() < 0.6:
        text += f" WHERE {condition(r, depth)}"
    if r.random() < 0.2:
        text += f" GROUP BY {r.choice(COLUMNS)}"
    if r.random() < 0.2:
        text += f" ORDER BY {r.choice(COLUMNS + ['1', '99'])}"
    if r.random() < 0.1:
        text += f" UNION {query(r, 0)}"
    if depth and r.random() < 0.1:
        text = f"WITH w AS ({query(r, 0)}) SELECT * FROM w AS a {r.choice(['', ', w AS b', 'NATURAL JOIN w AS b'])}"
    return text


def broken(r, text):
    for _ in range(r.randint(0, 3)):
        at = r.randrange(len(text) + 1)
        text = text[:at] + r.choice(WORDS + ["", ""]) + text[at + r.randrange(3):]
    return text


def votable(r):
    field = r.choice(['<FIELD name="n" datatype="int"/>', '<FIELD name="n" datatype="char" arraysize="*"/>', '<FIELD name="n" datatype="double" arraysize="2"/>',
                      '<FIELD name="n" datatype="double" arraysize="999999x9"/>', '<FIELD datatype="x"/>'])
    data = r.choice(["<TABLEDATA>" + "<TR><TD>1</TD></TR>" * r.randint(0, 5) + "</TABLEDATA>", "<BINARY><STREAM encoding='base64'>AAAAAQ==</STREAM></BINARY>",
                     "<BINARY><STREAM href='file:///etc/passwd'/></BINARY>", "<BINARY2><STREAM encoding='base64'>!</STREAM></BINARY2>"])
    text = f"<VOTABLE version='1.3'><RESOURCE><TABLE>{field}<DATA>{data}</DATA></TABLE></RESOURCE></VOTABLE>"
    return r.choice(["", "", "<!DOCTYPE VOTABLE [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"]) + (text if r.random() < 0.7 else broken(r, text))


def upload(r):
    parts = {"LANG": "ADQL", "FORMAT": "csv", "UPLOAD": r.choice(["t,param:p", "t,param:p;u,param:p", "t,param:q", "1,param:p", "t", "t,http://127.0.0.1:1/x"]),
             "QUERY": r.choice(["SELECT * FROM TAP_UPLOAD.t", "SELECT COUNT(*) FROM TAP_UPLOAD.t AS a JOIN TAP_UPLOAD.u AS b USING (n)", query(r, 1)])}
    body = "".join(f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts.items())
    body += f'--x\r\nContent-Disposition: form-data; name="p"; filename="p.xml"\r\n\r\n{votable(r)}\r\n--x--\r\n'
    return "POST", url.path + "/tap/sync", body.encode("utf-8", "replace"), "multipart/form-data; boundary=x"


def job(r, location):
    """What is done next with a job that was made."""
    path = urllib.parse.urlsplit(location).path
    return r.choice([("POST", path + "/phase", "PHASE=RUN", FORM), ("GET", path + "?WAIT=1", None, FORM), ("GET", path + "/results/result", None, FORM),
                     ("POST", path + "/destruction", "DESTRUCTION=2030-01-01T00:00:00Z", FORM), ("POST", path + "/executionduration", f"EXECUTIONDURATION={r.choice(['5', '-1', 'x'])}", FORM),
                     ("POST", path + "/parameters", urllib.parse.urlencode({"QUERY": query(r, 1)}), FORM), ("POST", path, "ACTION=DELETE", FORM), ("DELETE", path, None, FORM)])


def request(r):
    if r.random() < 0.05:
        return upload(r)
    if r.random() < 0.45:
        text = query(r, r.randint(0, 3))
        text = text if r.random() < 0.6 else broken(r, text)
        path, pairs = r.choice([("/tap/sync", [("LANG", "ADQL"), ("QUERY", text), ("FORMAT", r.choice(["csv", "votable", "fits", "parquet"])), ("MAXREC", "50")]),
                                ("/explore", [("query", text), ("plot", r.choice(["heat", "histogram", "scatter"])), ("x", "ra"), ("y", "dec")])])
    else:
        path = r.choice(PATHS)
        pairs = [(r.choice(NAMES), " ".join(r.choice(WORDS) for _ in range(r.randint(0, 4)))) for _ in range(r.randint(0, 5))]
    method = "POST" if r.random() < 0.15 else "GET"
    body = urllib.parse.urlencode(pairs, errors="replace")
    # the parts before the query are sent as they are: dots and escapes too
    return (method, url.path + path, body, FORM) if method == "POST" else (method, url.path + path + ("?" + body if body else ""), None, FORM)


def work(number):
    r = random.Random(seed * 1000 + number)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=120)
    counts, wrong, slowest, jobs = collections.Counter(), [], 0.0, []
    for _ in range(total // THREADS):
        method, address, body, content_type = job(r, r.choice(jobs)) if jobs and r.random() < 0.05 else request(r)
        begin = time.time()
        # a server may close a connection that is kept for the next request, so that one is sent on a fresh one then
        for attempt in (1, 2):
            try:
                connection.request(method, address, body, {"Content-Type": content_type} if body is not None else {})
                answer = connection.getresponse()
                content = answer.read()
                status = answer.status
                plain = answer.headers.get("Content-Type", "").startswith("text/plain") and answer.headers.get("X-Content-Type-Options") == "nosniff"
                if status == 303 and "/tap/async/" in answer.headers.get("Location", ""):
                    jobs = jobs[-20:] + [answer.headers["Location"]]
                break
            except (OSError, http.client.HTTPException) as error:
                status, content, plain = f"no answer: {type(error).__name__}", b"", False
                connection.close()
                connection = http.client.HTTPConnection(url.hostname, url.port, timeout=120)
        counts[status] += 1
        slowest = max(slowest, time.time() - begin)
        text = content.decode("utf-8", "replace")
        # in plain text, which is said to be nothing else, markup is what was asked for
        leaks = re.search(r"root:x:0|\bat [a-z.]+\.[A-Z]\w+\(\w+\.java|/tmp/spectractor-serve" + ("" if plain else "|<script>alert"), text)
        if not isinstance(status, int) or status >= 500 or leaks:
            wrong.append((status, leaks.group() if leaks else "", method, address[:300], str(body or "")[:300], text[:200]))
    return counts, wrong, slowest


def state():
    if not pid:
        return "-"
    with open(f"/proc/{pid}/status", encoding="ascii") as lines:
        fields = dict(line.split(":", 1) for line in lines)
    return f"{len(os.listdir(f'/proc/{pid}/fd'))} files, {fields['Threads'].strip()} threads, {int(fields['VmRSS'].split()[0]) // 1024} MB"


def healthy():
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    connection.request("GET", url.path + "/tap/sync?LANG=ADQL&FORMAT=csv&QUERY=SELECT+COUNT(*)+AS+n+FROM+TAP_SCHEMA.tables")
    return connection.getresponse().read()


before, was = healthy(), state()
begin = time.time()
with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
    results = list(pool.map(work, range(THREADS)))
counts = sum((one[0] for one in results), collections.Counter())
wrong = [case for one in results for case in one[1]]
print(f"{sum(counts.values())} requests in {time.time() - begin:.0f} s: " + ", ".join(f"{n} x {status}" for status, n in sorted(counts.items(), key=str)))
print(f"slowest answer {max(one[2] for one in results):.1f} s; server before: {was}; after: {state()}")
for case in wrong[:20]:
    print("WRONG", *case, sep="\n   ")
assert healthy() == before, "the server answers otherwise than before"
print("no 5xx, no leak, no hang" if not wrong else f"{len(wrong)} wrong answers")
sys.exit(bool(wrong))
