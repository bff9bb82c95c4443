#!/usr/bin/env python3
"""On every page of every notice of the samples and of positions/, whatever it says: text keeps inside the 版心, no line
begins or ends with a mark that may not, each page has its number, page 1 shows body text, and no signature stands alone."""
import glob, os, re, sys

import yaml

from measured import Pages
from wenshu import ROOT, folder, must, require

LEFT, RIGHT, TOP, FOOT = 28, 184, 37, 262
NEAR = 0.3
CLOSING = "、，。．：；！？）》〉”’】〕」』〗·—…%‰℃％"
OPENING = "（《〈“‘【〔「『〖"
NUMBER = re.compile(r"^—\d+—$")


def sources():
    patterns = ("tests/product/positions/*.yaml", "samples/notices/*.yaml", "samples/district-2024/notice.yaml")
    return [path for pattern in patterns for path in sorted(glob.glob(os.path.join(ROOT, pattern)))]


def faults_of_page(page, letter_head):
    """Sentences about what is wrong on an upright page."""
    lines = [page.line(i) for i in range(len(page.lines))]
    body = [line for line in lines if not NUMBER.match(line.text)]
    if len(body) == len(lines) and not letter_head:
        yield "7.5 没有页码"
    for line in body:
        if line.x < LEFT - NEAR or line.right > RIGHT + 16 * 25.4 / 72 * 0.5 + NEAR:  # half a mark at the end may hang
            yield "5.2.1 超出版心：" + line.text
        if line.bottom > FOOT + NEAR or (line.top < TOP - NEAR and not letter_head):
            yield "5.2.1 超出天头或地脚：" + line.text
    # Lines of the body alone: a head or a table has short lines of its own.
    for line in (line for line in body if line.size == 16):
        if line.text[0] in CLOSING:
            yield "行首标点：" + line.text
        if line.text[-1] in OPENING:
            yield "行末标点：" + line.text


def faults_of(pages, source):
    letter = source.get("format") == "letter"
    for number in range(1, pages.count + 1):
        page = pages(number)
        if page.width < page.height:
            for fault in faults_of_page(page, letter and number == 1):
                yield "第%d面 %s" % (number, fault)
    first = re.sub(r"\s", "", source["body"])[:6]
    if not any(first in text for text in pages(1).texts()):
        yield "第1面 7.3.3 没有正文：" + first
    day = "%d年%d月%d日" % (source["date"].year, source["date"].month, source["date"].day)
    for number in range(1, pages.count + 1):
        texts = pages(number).texts()
        for i, text in enumerate(texts):
            # One signature, alone: the name, the date, and nothing of the text before them.
            if text == day and i <= 1 and number > 1:
                yield "第%d面 7.3.5.4 署名和成文日期独自一面" % number


def main():
    require("pdftotext", "pdftohtml", "pdftocairo")
    bad = count = 0
    with folder() as at:
        for path in sources():
            with open(path, encoding="utf-8") as file:
                source = yaml.safe_load(file)
            pdf = os.path.join(at, "out.pdf")
            must("notice", path, "-o", pdf)
            pages = Pages(pdf)
            count += pages.count
            faults = list(faults_of(pages, source))
            bad += len(faults)
            print("%s %s：%d面" % ("FAILED:" if faults else "ok:", os.path.relpath(path, ROOT), pages.count))
            for fault in faults:
                print("    " + fault)
    print("%d pages, %d faults" % (count, bad))
    sys.exit(1 if bad else 0)


main()
