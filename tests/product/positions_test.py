#!/usr/bin/env python3
"""Every position, size, face and colour that GB/T 9704-2012 fixes, measured on our PDF for each format (oracle.py), and
proof that each measure would notice half a millimetre."""
import os, re, sys

from measured import Pages, read
from oracle import FACES, ROWS, WITHIN
from wenshu import ROOT, fail, folder, judge, must, require

SOURCES = os.path.join(ROOT, "tests", "product", "positions")
NEAR = 0.3  # mm
MOVED = 0.5  # mm, what every measure must notice


def judge_row(pages, row):
    """Holds the row? And what was measured."""
    _, page, _, _, wanted, measure = row[:6]
    try:
        value = measure(pages(page))
    except (LookupError, ValueError, AttributeError) as why:
        return False, str(why)
    low, high = wanted if isinstance(wanted, tuple) else (wanted - NEAR, wanted + NEAR)
    return low <= value <= high, "%.2f" % value


def judge_face(pages, row):
    _, page, _, text, face, size, fill = row
    try:
        span = pages(page).find(text)
        own, points, _ = span.page.face(span.glyphs)
    except LookupError as why:
        return False, str(why)
    return own.startswith(face) and (size is None or abs(points - size) < 0.2) and span.fill == fill, \
        "%s %g %s" % (own, points, span.fill)


def moved(pdf, out):
    """The same PDF, all texts and pictures half a millimetre further right and down."""
    qdf = read("qpdf", "--qdf", "--object-streams=disable", "--decode-level=all", pdf, "-")
    step = MOVED * 72 / 25.4

    def move(match):
        a, b = float(match[5]) + step, float(match[6]) - step
        return b" ".join(match[i] for i in range(1, 5)) + b" %.4f %.4f %s" % (a, b, match[7])
    changed = re.sub(rb"(\S+) (\S+) (\S+) (\S+) (\S+) (\S+) (Tm|cm(?= /\S+ Do))", move, qdf)
    if changed == qdf:
        fail("nothing moves in " + pdf)
    with open(out + ".qdf", "wb") as file:
        file.write(changed)
    with open(out, "wb") as file:
        file.write(read("fix-qdf", out + ".qdf"))


def main():
    require("pdftotext", "pdftohtml", "pdftocairo", "pdftoppm", "qpdf", "fix-qdf")
    faults = 0
    with folder() as at:
        for name in sorted({row[0] for row in ROWS}):
            pdf = os.path.join(at, name + ".pdf")
            must("notice", os.path.join(SOURCES, name + ".yaml"), "--keep", "-o", pdf)
            pages = Pages(pdf)
            moved(pdf, pdf + ".moved.pdf")
            shifted = Pages(pdf + ".moved.pdf")
            for row in (row for row in ROWS if row[0] == name):
                holds, value = judge_row(pages, row)
                faults += not holds
                print("%s %s %s 第%d面 %s：%s，应为 %s" % ("ok:" if holds else "FAILED:", row[2], name, row[1], row[3], value,
                                                 row[4]))
                if holds and row[-1] != WITHIN and not notices(row, pages, shifted):
                    faults += 1
                    print("FAILED: the measure does not notice %g mm: %s" % (MOVED, row[3]))
            for row in (row for row in FACES if row[0] == name):
                holds, value = judge_face(pages, row)
                faults += not holds
                print("%s %s %s 第%d面 %s：%s" % ("ok:" if holds else "FAILED:", row[2], name, row[1], row[3], value))
    print("%d rows, %d faults" % (len(ROWS) + len(FACES), faults))
    sys.exit(1 if faults else 0)


def notices(row, pages, shifted):
    """Rows of rules alone, counts and ranges see nothing move."""
    if not is_of_text(row) or isinstance(row[4], tuple):
        return True
    return not judge_row(shifted, row)[0]


def is_of_text(row):
    names = row[5].__code__.co_names
    return any(name in ("x", "right", "top", "bottom", "baseline", "centre", "ink", "dash") for name in names) and \
        any(name in ("find", "line", "ink", "dash") for name in names)


main()
