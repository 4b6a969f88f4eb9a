"""Decodes an answer of DescribeTrtcRoomUsage with Python's own modules.

Prints CPU seconds, bytes of memory and the sum of all figures.
"""

import csv
import io
import json
import sys
import time


def memory(field):
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(field):
                return int(line.split()[1]) * 1024


def decode(body):
    rows = csv.reader(io.StringIO(json.loads(body)["Response"]["Data"]))
    next(rows)
    return [(row[0], [int(figure) for figure in row[1:]]) for row in rows]


with open("/proc/self/clear_refs", "w") as refs:
    refs.write("5")
at_rest = memory("VmRSS")
with open(sys.argv[1], "rb") as file:
    answer = file.read()
start = time.process_time()
rooms = decode(answer)
took = time.process_time() - start
print(took, memory("VmHWM") - at_rest, sum(sum(seconds) for _, seconds in rooms))
