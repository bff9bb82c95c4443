#!/usr/bin/env python3
"""The certificate of ../shared/bench/certificates by wenshu, by cairo+pango and by libharu as documented, in one run on one core,
each into a new folder: rates by CPU time and by the clock, and what they are to one another.

  tests/bench/certificates/run.py [--bench PROGRAM] [--count N] [--out DIR] [--quick]

PROGRAM is bench_certificates of an optimised build (ninja -C BUILD bench_certificates). Without ../shared/bench the peers, and so
the ratios, are left out (exit 77)."""
import argparse, os, re, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PEERS = os.path.join(ROOT, "../shared/bench/certificates")
LINE = re.compile(r"wall ([\d.]+) s, cpu ([\d.]+) s, ([\d.]+) certificates/s of cpu, (\d+) B/file(?:, (\d+) MB)?")


def font():
    for base, folders, files in os.walk("/usr/share/fonts"):
        if "LXGWWenKai-Regular.ttf" in files:
            return os.path.join(base, "LXGWWenKai-Regular.ttf")
    sys.exit("fonts-lxgw-wenkai is not installed")


def measure(name, command, count, core="0"):
    output = subprocess.run(["taskset", "-c", core, *map(str, command)], capture_output=True, text=True, check=True).stdout
    wall, cpu, rate, size, resident = LINE.search(output).groups()
    print("%-34s %8d %10.1f/s cpu %10.1f/s wall %9s B %6s MB" % (name, count, float(rate), count / float(wall), size, resident or "-"), flush=True)
    return float(rate), count / float(wall)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", default=os.path.join(ROOT, ".build/opt/tests/bench_certificates"))
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--out")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if not os.path.isdir(PEERS):
        print("skipped: %s is not there" % PEERS)
        sys.exit(77)
    out = options.out or tempfile.mkdtemp(prefix="wenshu-bench-")
    build, records, face = os.path.join(out, "peers"), os.path.join(out, "records.json"), font()
    count = 2000 if options.quick else options.count
    subprocess.run(["make", "-s", "-C", PEERS, "BUILD=" + build, build + "/pango_peer", build + "/libharu_stock"], check=True)
    subprocess.run([sys.executable, os.path.join(PEERS, "data.py"), str(count), records], check=True)
    run = lambda name, *more: [options.bench, face, records, count // 4 if "--sign" in more else count, os.path.join(out, name), *more]

    pango = measure("cairo+pango", [build + "/pango_peer", face, records, 300, out + "/pango"], 300)
    one = measure("wenshu, one face", run("one"), count)
    three = measure("wenshu, three faces", run("three", "--faces", "three"), count)
    identity = os.path.join(out, "office.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", identity,
                    "-out", identity + ".crt", "-subj", "/C=CN/O=Bench/CN=Bench", "-days", "30"], check=True, capture_output=True)
    with open(identity, "a") as file:
        file.write(open(identity + ".crt").read())
    signed = measure("wenshu, one face, signed P-256", run("signed", "--sign", identity), count // 4)
    merged = measure("wenshu, merged, a page", run("merged", "--merged"), count)
    haru = measure("libharu as documented", [build + "/libharu_stock", face, records, 40, out + "/haru"], 40)
    again = measure("cairo+pango again", [build + "/pango_peer", face, records, 300, out + "/pango2"], 300)
    two = measure("wenshu, one face, two workers", run("two", "--jobs", "2"), count, "0,1")
    drawn = measure("  of one face: drawn", run("drawn", "--part", "draw"), count)
    made = measure("  of one face: made, not written", run("made", "--part", "make"), count)

    peer = (pango[0] + again[0]) / 2
    print("\nby CPU time: one face %.0f x, three faces %.0f x, signed %.0f x, merged %.0f x cairo+pango; one face %.0f x libharu as documented"
          % (one[0] / peer, three[0] / peer, signed[0] / peer, merged[0] / peer, one[0] / haru[0]))
    print("two workers: %.2f times one by the clock" % (two[1] / one[1]))
    print("microseconds of CPU a certificate: drawn %.0f, PDF made %.0f, file written %.0f"
          % (1e6 / drawn[0], 1e6 / made[0] - 1e6 / drawn[0], 1e6 / one[0] - 1e6 / made[0]))


main()
