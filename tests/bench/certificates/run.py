#!/usr/bin/env python3
"""The certificate of ../shared/bench/certificates by wenshu, by cairo+pango and by libharu as documented, in one run on one core,
each into a new folder: rates by CPU time and by the clock, and what they are to one another.

  tests/bench/certificates/run.py [--bench PROGRAM] [--count N] [--rounds N] [--out DIR]

PROGRAM is bench_certificates of an optimised build (ninja -C BUILD bench_certificates). All take turns for some rounds, and the best
of each counts: what is slower was disturbed, and the first files of a virtual machine also pay for memory that its host has yet to
give. Without ../shared/bench the peers, and so the ratios, are left out (exit 77)."""
import argparse, os, re, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PEERS = os.path.join(ROOT, "../shared/bench/certificates")
LINE = re.compile(r"wall ([\d.]+) s, cpu ([\d.]+) s, ([\d.]+) certificates/s of cpu, (\d+) B/file(?:, (\d+) MB)?")


def font():
    for base, folders, files in os.walk("/usr/share/fonts"):
        if "LXGWWenKai-Regular.ttf" in files:
            return os.path.join(base, "LXGWWenKai-Regular.ttf")
    sys.exit("fonts-lxgw-wenkai is not installed")


def make_identity(path):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path, "-out",
                    path + ".crt", "-subj", "/C=CN/O=Bench/CN=Bench", "-days", "30"], check=True, capture_output=True)
    with open(path, "a") as file:
        file.write(open(path + ".crt").read())
    return path


class Case:
    def __init__(self, name, command, count, *more, core="0"):
        self.name, self.command, self.count, self.more, self.core = name, command, count, more, core
        self.cpu = self.wall = 0.0  # a second
        self.size = self.resident = "-"

    def run(self, face, records, out):
        command = [*self.command, face, records, self.count, tempfile.mkdtemp(dir=out), *self.more]
        output = subprocess.run(["taskset", "-c", self.core, *map(str, command)], capture_output=True, text=True, check=True).stdout
        wall, cpu, rate, self.size, resident = LINE.search(output).groups()
        self.cpu, self.wall = max(self.cpu, float(rate)), max(self.wall, self.count / float(wall))
        self.resident = resident or "-"

    def run_side_by_side(self, face, records, out):
        """Two programs of one worker, each on a core of its own with half of the files: what the machine gives at the most."""
        programs = [subprocess.Popen(["taskset", "-c", core, *map(str, [*self.command, face, records, self.count // 2, tempfile.mkdtemp(dir=out)])],
                                     stdout=subprocess.PIPE, text=True) for core in ("0", "1")]
        walls = [float(LINE.search(program.communicate()[0])[1]) for program in programs]
        self.wall = max(self.wall, self.count / max(walls))

    def tell(self):
        print("%-34s %8d %10.1f/s cpu %10.1f/s wall %9s B %6s MB" % (self.name, self.count, self.cpu, self.wall, self.size, self.resident))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", default=os.path.join(ROOT, ".build/opt/tests/bench_certificates"))
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out")
    options = parser.parse_args()
    if not os.path.isdir(PEERS):
        print("skipped: %s is not there" % PEERS)
        sys.exit(77)
    out = options.out or tempfile.mkdtemp(prefix="wenshu-bench-")
    os.makedirs(out, exist_ok=True)
    build, records, count = os.path.join(out, "peers"), os.path.join(out, "records.json"), options.count
    subprocess.run(["make", "-s", "-C", PEERS, "BUILD=" + build, build + "/pango_peer", build + "/libharu_stock"], check=True)
    subprocess.run([sys.executable, os.path.join(PEERS, "data.py"), str(count), records], check=True)
    wenshu = [options.bench]
    pango = Case("cairo+pango", [build + "/pango_peer"], 300)
    haru = Case("libharu as documented", [build + "/libharu_stock"], 20)
    one = Case("wenshu, one face", wenshu, count)
    three = Case("wenshu, three faces", wenshu, count, "--faces", "three")
    signed = Case("wenshu, one face, signed P-256", wenshu, count // 4, "--sign", make_identity(os.path.join(out, "office.pem")))
    merged = Case("wenshu, merged, a page", wenshu, count, "--merged")
    other = Case("wenshu, one face, on the other core", wenshu, count, core="1")
    two = Case("wenshu, one face, two workers", wenshu, count, "--jobs", "2", core="0,1")
    apart = Case("wenshu, one face, two programs", wenshu, count)
    drawn = Case("  of one face: drawn", wenshu, count, "--part", "draw")
    made = Case("  of one face: made, not written", wenshu, count, "--part", "make")
    cases = [pango, haru, one, other, three, signed, merged, two, drawn, made]
    for _ in range(options.rounds):
        for case in cases:
            case.run(font(), records, out)
        apart.run_side_by_side(font(), records, out)
    for case in cases:
        case.tell()
    print("\nby CPU time: one face %.0f x, three faces %.0f x, signed %.0f x, merged %.0f x cairo+pango; one face %.0f x libharu as documented"
          % (*(case.cpu / pango.cpu for case in (one, three, signed, merged)), one.cpu / haru.cpu))
    # The cores of a virtual machine may differ by half, as what runs beside them on the host does: one worker is the mean of both.
    mean = (one.wall + other.wall) / 2
    print("two workers: %.2f times one by the clock (one: %.0f/s and %.0f/s by core); two programs side by side: %.2f times"
          % (two.wall / mean, one.wall, other.wall, apart.wall / mean))
    print("microseconds of CPU a certificate: drawn %.0f, PDF made %.0f, file written %.0f"
          % (1e6 / drawn.cpu, 1e6 / made.cpu - 1e6 / drawn.cpu, 1e6 / one.cpu - 1e6 / made.cpu))


main()
