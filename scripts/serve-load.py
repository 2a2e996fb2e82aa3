#!/usr/bin/env python3
"""Asks a running `./spectractor serve` for cones, many at once, and tells how long the answers took. Half of them are simple cone searches
(/scs), half ADQL by TAP; their centres are rows of the table, so that there is something to find. Every answer is read to its end. An
answer that is an error (by its status, or by what its table says), or that lacks the row in its middle, counts as one.

Usage: serve-load.py http://127.0.0.1:8080 [clients, 200] [table, spectra]
"""
import concurrent.futures
import csv
import io
import random
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

url = sys.argv[1].rstrip("/")
clients = int(sys.argv[2]) if len(sys.argv) > 2 else 200
table = (sys.argv[3] if len(sys.argv) > 3 else "spectra").removeprefix("catalogue.")
RADIUS = 0.5


def get(path, parameters):
    try:
        with urllib.request.urlopen(f"{url}{path}?{urllib.parse.urlencode(parameters)}") as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


def adql(query):
    return get("/tap/sync", {"LANG": "ADQL", "FORMAT": "csv", "QUERY": query})


def rows(query):
    status, text = adql(query)
    if status != 200:
        sys.exit(f"{query}: {status} {text}")
    return list(csv.reader(io.StringIO(text)))[1:]


def ask(centre):
    number, (ra, dec) = centre
    begin = time.time()
    if number % 2:
        status, text = get(f"/scs/{table}", {"RA": ra, "DEC": dec, "SR": RADIUS, "VERB": 1, "RESPONSEFORMAT": "votable/td"})
        found = 'name="Error"' not in text and ("<TR>" in text or "<STREAM" in text)
    else:
        status, text = adql(f"SELECT COUNT(*) FROM catalogue.{table} WHERE 1 = CONTAINS(POINT(ra, dec), CIRCLE({ra}, {dec}, {RADIUS}))")
        found = status == 200 and int(text.split()[-1]) > 0
    return time.time() - begin, status == 200 and found


total = int(rows(f"SELECT COUNT(*) FROM catalogue.{table}")[0][0])
sample = rows(f"SELECT ra, dec FROM catalogue.{table} WHERE RAND() < {min(1.0, 20.0 * clients / total)}")
random.seed(1)
centres = list(enumerate(random.choices(sample, k=clients)))
with concurrent.futures.ThreadPoolExecutor(clients) as pool:
    answers = list(pool.map(ask, centres))
times = sorted(seconds for seconds, _ in answers)
wrong = sum(not well for _, well in answers)
middle, late = times[len(times) // 2], times[min(len(times) - 1, int(0.99 * len(times)))]
print(f"{clients} at once on {total} rows: {wrong} errors, median {middle:.2f} s, 99th percentile {late:.2f} s, {late / middle:.2f} of the median")
sys.exit(bool(wrong))
