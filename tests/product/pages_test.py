#!/usr/bin/env python3
"""`wenshu notice -o OUT.pdf`: measured on the finished pages, everything stands where GB/T 9704-2012 wants it, and
LibreOffice prints as many pages from the Word file of the same source."""
import os, re, zipfile

from wenshu import ROOT, expect, folder, judge, must, require

SOURCE = ROOT + "/samples/district-2024/notice.yaml"
DOTS = 20  # a millimetre
NEAR = 0.3  # mm


def ink(pdf, page, x1, y1, x2, y2):
    """The rows (mm from the top of the page) inside a rectangle that hold ink, as stretches from top to bottom."""
    at = [round(v * DOTS) for v in (x1, y1, x2 - x1, y2 - y1)]
    root = pdf[:-4]
    judge("pdftoppm", "-r", str(25.4 * DOTS), "-f", page, "-l", page, "-x", at[0], "-y", at[1], "-W", at[2], "-H", at[3],
          "-gray", "-singlefile", pdf, root)
    with open(root + ".pgm", "rb") as file:
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+\d+\s", data := file.read())
    width, height = int(head[1]), int(head[2])
    dark = [min(data[head.end() + row * width:head.end() + (row + 1) * width]) < 160 for row in range(height)]
    stretches, row = [], 0
    while row < height:
        begin = row
        while row < height and dark[row]:
            row += 1
        if row > begin:
            stretches.append((y1 + begin / DOTS, y1 + row / DOTS))
        row += 1
    return stretches


def lines(pdf, page):
    """Of each line of a page, from the top: the text without blanks, and its left, top and right end in mm."""
    found = {}
    words = judge("pdftotext", "-bbox", "-f", page, "-l", page, pdf, "-").stdout
    for x1, y1, x2, y2, word in re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', words):
        found.setdefault(round(float(y2) * 25.4 / 72), []).append((float(x1), float(y2), float(x2), word))
    return [("".join(w[3] for w in line), *(v * 25.4 / 72 for v in (line[0][0], line[0][1], line[-1][2])))
            for line in (sorted(found[y]) for y in sorted(found))]


def near(what, value, wanted, tolerance=NEAR):
    expect("%s: %.2f mm, wanted %g" % (what, value, wanted), abs(value - wanted) <= tolerance)


def head_stands(pdf):
    mark = ink(pdf, 1, 29, 50, 183, 100)[0]
    near("7.2.4 the top of the mark", mark[0], 72)
    number = ink(pdf, 1, 75, 100, 130, 118)
    rule = ink(pdf, 1, 40, 100, 42, 130)[0]
    expect("7.2.7 the red rule 4 mm below the number", 4 - NEAR <= rule[0] - number[0][1] <= 4.5,
           "%s %s" % (number, rule))
    for x, wanted in ((28.5, 1), (183.5, 1), (27, 0), (185, 0)):
        expect("the red rule is as wide as the text, at %g mm" % x, len(ink(pdf, 1, x, rule[0] - 1, x + 0.5, rule[1] + 1)) == wanted)


def body_fills_the_grid(pdf):
    page = lines(pdf, 3)[:-1]  # without the page number
    expect("5.2.3 a page has 22 lines", len(page) == 22, str(len(page)))
    near("from the first to the last line", page[-1][2] - page[0][2], 225 - 16 * 25.4 / 72)
    full = [line for line in page if len(line[0]) == 28 and not re.search("[0-9A-Za-z“”]", line[0])]
    expect("5.2.3 lines have 28 characters", len(full) >= 5, str([line[0] for line in page]))
    for text, left, _, right in full:
        near("left end of " + text[:4], left, 28)
        near("right end of " + text[:4], right, 184)
    rows = ink(pdf, 3, 28, 30, 184, 264)
    # The ink of a few characters reaches over the box of the character, by half a millimetre at most.
    near("5.2.1 the first line begins on the upper edge", rows[0][0], 37, 0.6)
    near("5.2.1 the last line ends on the lower edge", rows[-1][1], 262, 0.6)
    expect("no line begins with a closing mark", not [line for line in page if line[0][0] in "，。、；：）》”"])


def page_numbers_stand(pdf, count):
    for page in (1, 2, 3):
        text, left, _, right = lines(pdf, page)[-1]
        expect("7.5 page %d has its number" % page, text == "—%d—" % page, text)
        dash = ink(pdf, page, left + 1, 263, left + 3, 275)[0]
        near("7.5 the dash of page %d" % page, (dash[0] + dash[1]) / 2, 269, 0.1)
        if page % 2:
            near("odd: right, one character", right, 184 - 14 * 25.4 / 72)
        else:
            near("even: left, one character", left, 28 + 14 * 25.4 / 72)
    rules = ink(pdf, count, 100, 240, 101, 264)
    near("7.4.1 the last rule on the last page", (rules[-1][0] + rules[-1][1]) / 2, 262, 0.1)
    near("it is 0.35 mm thick", rules[-1][1] - rules[-1][0], 0.35, 0.1)


def hang_nothing(docx, changed):
    """LibreOffice 7.4 hangs marks into the margin just where the file says not to: ask it for what it will not do."""
    with zipfile.ZipFile(docx) as source, zipfile.ZipFile(changed, "w") as out:
        for name in source.namelist():
            out.writestr(name, source.read(name).replace(b'w:overflowPunct w:val="0"', b'w:overflowPunct w:val="1"'))


def count_pages(pdf):
    return int(re.search(r"Pages:\s+(\d+)", judge("pdfinfo", pdf).stdout)[1])


def main():
    require("pdftoppm", "pdftotext", "pdftohtml", "pdfinfo", "qpdf", "soffice")
    with folder() as at:
        pdf, docx = at + "/ours.pdf", at + "/ours.docx"
        for file in (pdf, docx):
            must("notice", SOURCE, "-o", file)
        again = at + "/again.pdf"
        must("notice", SOURCE, "-o", again)
        expect("the same bytes twice", open(pdf, "rb").read() == open(again, "rb").read())
        checked = judge("qpdf", "--check", pdf)
        expect("qpdf finds nothing", checked.returncode == 0, checked.stdout + checked.stderr)
        count = count_pages(pdf)
        head_stands(pdf)
        body_fills_the_grid(pdf)
        page_numbers_stand(pdf, count)
        outline = judge("pdftohtml", "-xml", "-i", "-stdout", pdf).stdout
        expect("headings are bookmarks", '<item page="2">一、指导思想</item>' in outline, outline[-500:])

        must("notice", SOURCE, "-o", at + "/page.svg")
        expect("a picture a page", all(os.path.exists(at + "/page-%d.svg" % (i + 1)) for i in range(count)))

        hang_nothing(docx, at + "/printed.docx")
        environment = dict(os.environ, FONTCONFIG_FILE=ROOT + "/tests/docx/fonts.conf")
        judge("soffice", "-env:UserInstallation=file://" + at + "/profile", "--headless", "--convert-to", "pdf", "--outdir",
              at, at + "/printed.docx", env=environment)
        printed = count_pages(at + "/printed.pdf")
        expect("LibreOffice prints as many pages", printed == count, "%d, ours %d" % (printed, count))


main()
