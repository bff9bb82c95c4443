#!/usr/bin/env python3
"""kill -9 at twenty random instants of one batch of 2,000 certificates on one store, then once more: all there, once."""
import os, random, shutil, signal, subprocess, time

from wenshu import PROGRAM, ROOT, expect, folder, must, run

ROWS, KILLS = 2000, 20


COMMAND = ["certificates", "issue", os.path.join(ROOT, "templates/certificates/completion.yaml"), "--roster",
           "roster.csv", "--data", os.path.join(ROOT, "samples/county-2020/certificates.yaml"), "-o", "out", "--now",
           "2020-09-30"]


def write_roster(at):
    sample = open(os.path.join(ROOT, "samples/county-2020/roster.csv"), encoding="utf-8-sig").read().splitlines()
    columns = sample[0].split(",")
    rows = [line.split(",") for line in sample[1:] if line]
    with open(os.path.join(at, "roster.csv"), "w", encoding="utf-8") as file:
        file.write(sample[0] + "\n")
        for number in range(ROWS):
            row = list(rows[number % len(rows)])
            row[columns.index("id")] = "T%06d" % number
            file.write(",".join(row) + "\n")


def rehearse(at):
    """A folder beside, with a store of its own, to measure one undisturbed batch."""
    beside = os.path.join(at, "rehearsal")
    os.makedirs(beside)
    shutil.copy(os.path.join(at, "roster.csv"), beside)
    prepare(beside)
    return beside


def prepare(at):
    must("init", "--office", os.path.join(ROOT, "samples/county-2020"), cwd=at)
    must("publish", os.path.join(ROOT, "workflows"), os.path.join(ROOT, "templates"), cwd=at)


def main():
    environment = dict(os.environ, WENSHU_HOME=ROOT)
    choose = random.Random(20201001)
    with folder() as at:
        write_roster(at)
        prepare(at)
        beside = rehearse(at)
        began = time.monotonic()
        must(*COMMAND, cwd=beside)
        span = time.monotonic() - began  # how long a whole batch takes here: kills fall anywhere in it
        killed = finished = 0
        while killed < KILLS and finished < 200:
            process = subprocess.Popen([PROGRAM, *COMMAND], cwd=at, env=environment, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            try:
                process.wait(timeout=choose.uniform(0.0, span))
                finished += 1
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
            if killed % 2 == 0:  # now and then the files go: the numbers stay, the files are to be made again
                shutil.rmtree(os.path.join(at, "out"), ignore_errors=True)
        expect("%d runs were killed" % KILLS, killed == KILLS, "%d" % killed)
        must(*COMMAND, cwd=at)
        names = sorted(os.listdir(os.path.join(at, "out")))
        expect("%d certificates and nothing else" % ROWS,
               len(names) == ROWS and all(n.endswith(".pdf") for n in names), str(names[:3]) + str(len(names)))
        whole = all(open(os.path.join(at, "out", n), "rb").read().rstrip().endswith(b"%%EOF") for n in names)
        expect("every file is whole", whole)
        serials = sorted(int(n[:-5][-4:]) for n in names)
        expect("one unbroken run of numbers", serials == list(range(1, ROWS + 1)), str(serials[:5]))
        same = all(open(os.path.join(at, "out", n), "rb").read() == open(os.path.join(beside, "out", n), "rb").read()
                   for n in names)
        expect("the same bytes as an undisturbed batch", same)
        expect("no gaps in the register", "gap" not in run("register", "gaps", "--json", cwd=at).stdout.replace('"gaps": []', ""))
        must("audit", "verify", cwd=at)


main()
