#!/usr/bin/env python3
"""How long a sheet of 20,000 rows takes, and how much memory, from process start to end; openpyxl beside it in the same run.

  WENSHU=.build/release/engine/cli/wenshu /usr/bin/python3 tests/bench/sheets/run.py [ROWS]

Reading is `wenshu check people.xlsx` (made by openpyxl; every cell becomes a value with its place), writing is `wenshu
register export`. What was written is compared with what was put in, cell by cell. Each figure is the best of five."""
import datetime, os, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "product"))
from wenshu import PROGRAM, ROOT, expect, folder, must

import openpyxl

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
ROUNDS = 5
HEAD = ["材料", "事项", "份数", "日期", "经办人", "备注"]
REGISTER = "register: bench\ntitle: 台账\ncolumns:\n" + "".join("  c%d: {title: %s, by_hand: true}\n" % (i, t) for i, t in enumerate(HEAD))


def cells(i):
    return ["1101011980%08d" % i, "第%d小学" % (i % 300), str(i), (datetime.date(2024, 1, 1) + datetime.timedelta(i % 700)).isoformat(),
            "王" + chr(0x4E00 + i % 5000), "%d.5" % (i % 90)]


# In a process of its own: a child's greatest size begins with its parent's, and openpyxl makes this one large.
CHILD = """
import os, sys, time
begin = time.perf_counter()
child = os.fork()
if child == 0:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.execv(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
took = (time.perf_counter() - begin) * 1000
print(status, took, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024)
"""


def measure(*command):
    """The best wall time and processor time in ms, and the greatest resident size in MiB."""
    runs = []
    for _ in range(ROUNDS):
        done = subprocess.run(["/usr/bin/python3", "-S", "-E", "-c", CHILD, *map(str, command)], text=True,
                              capture_output=True, env=dict(os.environ, WENSHU_HOME=ROOT))
        runs.append([float(word) for word in done.stdout.split()])
        assert done.returncode == 0 and runs[-1][0] == 0, (command, done.stderr)
    return "%7.0f ms %7.0f ms %6.0f MiB" % (min(r[1] for r in runs), min(r[2] for r in runs), max(r[3] for r in runs))


def typed(cell, column):
    return datetime.date.fromisoformat(cell) if column == 3 else float(cell) if column == 5 else int(cell) if column == 2 else cell


def shown(cell):
    return cell.date().isoformat() if isinstance(cell, datetime.datetime) else "" if cell is None else str(cell)


with folder() as at:
    store = ["--store", "sqlite:" + at + "/w.db"]
    rows = [cells(i) for i in range(ROWS)]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEAD)
    for row in rows:
        sheet.append([typed(cell, i) for i, cell in enumerate(row)])
    book.save(at + "/people.xlsx")
    with open(at + "/bench.register.yaml", "w", encoding="utf-8") as file:
        file.write(REGISTER)
    must("init", "--office", "samples/county-2020", *store)
    must("publish", at + "/bench.register.yaml", *store)
    must("register", "import", "bench", at + "/people.xlsx", "--as", "fang-qin", *store)
    must("register", "export", "bench", "-o", at + "/out.xlsx", *store)
    back = [[shown(cell) for cell in row] for row in openpyxl.load_workbook(at + "/out.xlsx", read_only=True).active.iter_rows(values_only=True)]
    expect("%d rows come back cell by cell" % ROWS, back == [HEAD] + rows)
    read = "import openpyxl,sys;[row for row in openpyxl.load_workbook(sys.argv[1],read_only=True).active.iter_rows(values_only=True)]"
    print("%d rows of %d cells      wall       processor    peak" % (ROWS, len(HEAD)))
    print("start alone (--help)     ", measure(PROGRAM, "--help"))
    print("read   wenshu check      ", measure(PROGRAM, "check", at + "/people.xlsx"))
    print("read   openpyxl          ", measure("/usr/bin/python3", "-c", read, at + "/people.xlsx"))
    print("write  wenshu export     ", measure(PROGRAM, "register", "export", "bench", "-o", at + "/o.xlsx", *store))
    print("write  the same as CSV   ", measure(PROGRAM, "register", "export", "bench", "-o", at + "/o.csv", *store))
