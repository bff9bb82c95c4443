#!/usr/bin/env python3
"""Our PDF and our Word file of one source agree: LibreOffice prints the Word file with the same fonts on as many pages,
with the same text on each, and breaks the lines of body paragraphs at the same places. Prints both shares and what
differs, by name.

LibreOffice 7.4 does not do three things that the file says and Word does. print.xba, a macro, asks it for them by its
own words once a file is loaded; the files stay as they are:
  - `overflowPunct` off (no mark hangs into the margin): it reads the opposite;
  - `autoSpaceDE`, `autoSpaceDN` off (no gaps between Chinese and Latin or digits): it does not read them;
  - tracking of -0.25 pt on every character: it leaves out the last one of each stretch of one script, so that a line with
    numbers in it is wider than in Word. The page gets 1 pt for four such stretches."""
import collections, difflib, glob, os, re, shutil, sys, xml.etree.ElementTree as ElementTree, zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "product"))
from wenshu import ROOT, expect, fail, folder, judge, must, require

HERE = os.path.dirname(os.path.abspath(__file__))
OWN = sorted(glob.glob(HERE + "/sources/*.yaml"))
PLAIN = sorted(glob.glob(ROOT + "/samples/notices/*.yaml")) + [ROOT + "/samples/district-2024/notice.yaml"]
LEAST_SOURCES, LEAST_LONG, LEAST_LINES = 30, 10, 0.98  # long: over three pages
WIDER = 35  # hundredths of a millimetre: 1 pt
BODY = ["正文", "一级标题", "二级标题", "三级标题", "四级标题", "主送机关", "附件说明"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Agreement"/></library:library>
"""


def print_with_libreoffice(at, files):
    """The Word files, printed into the folder `at`."""
    def soffice(*arguments):
        environment = dict(os.environ, FONTCONFIG_FILE=ROOT + "/tests/docx/fonts.conf", HOME=at)
        return judge("timeout", 240, "soffice", "-env:UserInstallation=file://" + at + "/profile", "--headless", "--norestore",
                     *arguments, env=environment, cwd=ROOT)
    for file in files:
        os.link(file, at + "/" + os.path.basename(file))
    soffice("--terminate_after_init")  # makes the profile, which the macro then goes into
    library = at + "/profile/user/basic/Standard/"
    os.makedirs(library, exist_ok=True)
    with open(library + "script.xlb", "w") as out:
        out.write(LIBRARY)
    shutil.copy(HERE + "/print.xba", library + "Agreement.xba")
    done = soffice('macro:///Standard.Agreement.PrintAll("%s", %d)' % (at, WIDER))
    made = [at + "/" + os.path.basename(file)[:-4] + "pdf" for file in files]
    missing = [name for name in made if not os.path.exists(name)]
    expect("LibreOffice prints every Word file", not missing, "%s\n%s%s" % (missing, done.stdout, done.stderr))
    return made


def pages(pdf):
    """Of each page its lines from the top, without blanks."""
    found = []
    for page in judge("pdftotext", "-bbox", pdf, "-").stdout.split("<page ")[1:]:
        words = [(float(x), (float(top) + float(bottom)) / 2, text) for x, top, bottom, text in re.findall(
            r'<word xMin="(.*?)" yMin="(.*?)" xMax=".*?" yMax="(.*?)">(.*?)</word>', page)]
        lines = []
        for word in sorted(words, key=lambda word: word[1]):
            if not lines or word[1] - lines[-1][0][1] > 7:  # points
                lines.append([])
            lines[-1].append(word)
        found.append([re.sub(r"\s", "", "".join(word[2] for word in sorted(line))) for line in lines])
    return found


def paragraphs(docx):
    """The texts of body paragraphs, outside of tables, without blanks."""
    with zipfile.ZipFile(docx) as package:
        main, styles = (ElementTree.fromstring(package.read("word/%s.xml" % part)) for part in ("document", "styles"))
    names = {style.get(W + "styleId"): style.find(W + "name").get(W + "val") for style in styles.iter(W + "style")}
    names.update({None: "正文", "Normal": "正文"})
    found = []
    for paragraph in main.find(W + "body").findall(W + "p"):
        style = paragraph.find(W + "pPr/" + W + "pStyle")
        if names[None if style is None else style.get(W + "val")] in BODY:
            text = "".join("-" if node.tag == W + "noBreakHyphen" else node.text or ""
                           for node in paragraph.iter() if node.tag in (W + "t", W + "noBreakHyphen"))
            found.append(re.sub(r"\s", "", text))
    return found


def name(ours, theirs, after_ours, after_theirs):
    """Why LibreOffice may break a line elsewhere: both begin at one place."""
    latin = re.compile(r"[0-9A-Za-z(（]")
    if theirs.endswith("-") and latin.match(after_theirs or ""):
        return "LibreOffice parts a number behind its no-break hyphen (Word does not)"
    if after_theirs.startswith(("—", "…", "%", "％", "、", "，", "。")):
        return "LibreOffice begins a line with a mark, after Latin or digits (GB/T 15834 and Word do not)"
    if len(ours) > len(theirs) and ours[-1] in "，。、；：！？）》”" and latin.match(after_ours or ""):
        return "LibreOffice keeps a mark with the Latin or digits that begin the next line (GB/T 15834 and Word do not)"
    if len(ours) > len(theirs) and len(re.findall(r"[0-9A-Za-z.:/+_@%-]+", ours)) >= 3:
        return "more stretches of one script than the 1 pt is for"
    if len(theirs) > len(ours):
        return "LibreOffice finds room in the 1 pt that its page is wider"
    return "not explained"


def compare_lines(ours, theirs, texts):
    """Body lines of ours, and those that LibreOffice has not: [(reason, lines of ours, lines of its)]."""
    text = "\n".join(texts)
    body = [[line for line in lines if len(line) > 1 and line in text] for lines in (ours, theirs)]
    differing = []
    for kind, i, j, k, l in difflib.SequenceMatcher(None, *body, autojunk=False).get_opcodes():
        if kind == "equal" or i == j:
            continue
        a, b = body[0][i:j], body[1][k:l] or [""]
        differing.append((name(a[0], b[0], (a + [""])[1], (b + [""])[1]), a, b))
    return len(body[0]), differing


def main():
    require("soffice", "pdftotext")
    with folder() as at:
        must("notice", *OWN, "--data", HERE + "/corpus.yaml", "-o", at + "/ours", "--format", "docx,pdf")
        must("notice", *PLAIN, "-o", at + "/ours", "--format", "docx,pdf")
        files = sorted(glob.glob(at + "/ours/*.docx"))
        expect("%d sources, at least %d" % (len(files), LEAST_SOURCES), len(files) >= LEAST_SOURCES)
        with zipfile.ZipFile(files[0]) as package:
            styles = package.read("word/styles.xml").decode()
        expect("the Word file says what LibreOffice is asked for",
               all('<w:%s w:val="0"/>' % rule in styles for rule in ("overflowPunct", "autoSpaceDE", "autoSpaceDN")))
        os.mkdir(at + "/printed")
        printed = print_with_libreoffice(at + "/printed", files)

        wrong_pages, page_count, line_count, long, reasons = [], 0, 0, 0, collections.Counter()
        for file, theirs in zip(files, printed):
            title = os.path.basename(file)[:-5]
            a, b = pages(file[:-5] + ".pdf"), pages(theirs)
            page_count += len(a)
            long += len(a) > 3
            if len(a) != len(b):
                wrong_pages.append("%s: %d pages, LibreOffice %d" % (title, len(a), len(b)))
            for number, (mine, its) in enumerate(zip(a, b), 1):
                more = collections.Counter("".join(mine)) - collections.Counter("".join(its))
                less = collections.Counter("".join(its)) - collections.Counter("".join(mine))
                if less or more:
                    wrong_pages.append("%s: page %d: %s … %s / %s … %s" % (title, number, mine[0], mine[-2:], its[0], its[-2:]))
            count, differing = compare_lines(sum(a, []), sum(b, []), paragraphs(file))
            line_count += count
            for reason, mine, its in differing:
                reasons[reason] += len(mine)
                print("%s: %s\n    ours  %s\n    its   %s" % (title, reason, " | ".join(mine), " | ".join(its)))
        share = 1 - sum(reasons.values()) / line_count
        print("%d notices, %d over three pages; pages that differ: %d of %d; body lines that agree: %.2f %% of %d" % (
            len(files), long, len(wrong_pages), page_count, 100 * share, line_count))
        for reason, lines in reasons.most_common():
            print("  %d lines: %s" % (lines, reason))
        expect("at least %d are over three pages" % LEAST_LONG, long >= LEAST_LONG)
        expect("as many pages, with the same text on each", not wrong_pages, "\n".join(wrong_pages))
        expect("%.0f %% of body lines agree" % (100 * LEAST_LINES), share >= LEAST_LINES)


main()
