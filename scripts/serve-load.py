#!/usr/bin/env python3
"""Asks a running `./spectractor serve` for cones, many at once, and tells how long the answers took.

Usage: serve-load.py http://127.0.0.1:8080 [clients] [table]
"""
import concurrent.futures
import random
import sys
import time
import urllib.parse
import urllib.request

url = sys.argv[1].rstrip("/")
clients = int(sys.argv[2]) if len(sys.argv) > 2 else 200
table = sys.argv[3] if len(sys.argv) > 3 else "catalogue.spectra"
random.seed(1)
centres = [(random.uniform(0, 360), random.uniform(-80, 20)) for _ in range(clients)]


def ask(centre):
    query = f"SELECT COUNT(*) FROM {table} WHERE 1 = CONTAINS(POINT(ra, dec), CIRCLE({centre[0]}, {centre[1]}, 0.5))"
    address = f"{url}/tap/sync?LANG=ADQL&FORMAT=csv&QUERY={urllib.parse.quote(query)}"
    begin = time.time()
    with urllib.request.urlopen(address) as answer:
        answer.read()
        return time.time() - begin, answer.status


with concurrent.futures.ThreadPoolExecutor(clients) as pool:
    answers = list(pool.map(ask, centres))
times = sorted(seconds for seconds, _ in answers)
wrong = sum(status != 200 for _, status in answers)
middle, late = times[len(times) // 2], times[min(len(times) - 1, int(0.99 * len(times)))]
print(f"{clients} at once: {wrong} errors, median {middle:.2f} s, 99th percentile {late:.2f} s, {late / middle:.2f} of the median")
