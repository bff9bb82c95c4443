#!/usr/bin/env python3
"""The text of a notice stands in its PDF in the order of reading: head, body, tables row by row, 版记, and the page number
last on each page; its bookmarks are its headings. The order wanted is that of the Word file of the same source, which is written
by other code and read here by lxml."""
import glob, html, os, re, zipfile

from wenshu import ROOT, expect, folder, judge, must, require

require("pdftotext", "pdftohtml")
import lxml.etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def bare(text):
    return re.sub(r"\s+", "", text)


def words_of(element):
    return bare("".join("-" if node.tag == W + "noBreakHyphen" else node.text or ""
                        for node in element.iter(W + "t", W + "noBreakHyphen")))


class Word:
    """The words of a Word file in order, its repeated head rows, and its headings."""
    def __init__(self, path):
        with zipfile.ZipFile(path) as parts:
            body = lxml.etree.fromstring(parts.read("word/document.xml")).find(W + "body")
            styles = lxml.etree.fromstring(parts.read("word/styles.xml"))
        self.text = words_of(body)
        self.heads = {words_of(row) for row in body.iter(W + "tr") if row.find("%strPr/%stblHeader" % (W, W)) is not None}
        levels = {style.get(W + "styleId"): level.get(W + "val") for style in styles.iter(W + "style")
                  for level in style.iter(W + "outlineLvl")}
        self.headings = []
        for paragraph in body.iter(W + "p"):
            said = paragraph.find("%spPr/%soutlineLvl" % (W, W))
            style = paragraph.find("%spPr/%spStyle" % (W, W))
            level = said.get(W + "val") if said is not None else levels.get(style.get(W + "val")) if style is not None else None
            if level is not None and int(level) < 9 and words_of(paragraph):
                self.headings.append((int(level) + 1, words_of(paragraph)))


def pages_of(pdf):
    return judge("pdftotext", "-raw", pdf, "-").stdout.split("\f")[:-1]


def without_number(page):
    """The page without its last line when that is a page number; whether it was."""
    text, numbers = re.subn(r"—\d+—$", "", bare(page))
    return text, numbers == 1


def reads_in_order(source, pdf, word):
    want, at, numbered = word.text, 0, 0
    for number, page in enumerate(pages_of(pdf), 1):
        text, has_number = without_number(page)
        numbered += has_number
        for head in sorted(word.heads, key=len, reverse=True):
            if text.startswith(head) and not want.startswith(head, at):  # the head of a table that goes on
                text = text[len(head):]
        expect("%s, page %d reads on where the page before ended" % (source, number), want.startswith(text, at),
               "wanted: %s\nfound:  %s" % (want[at:at + len(text)], text))
        at += len(text)
    expect("%s: every word is on its pages" % source, at == len(want), want[at:])
    return numbered


def bookmarks_of(pdf):
    """(level, text) in order; pdftohtml nests the levels."""
    found, level = [], 0
    for open_, close, text in re.findall(r"<(outline)>|</(outline)>|<item page=\"\d+\">(.*?)</item>",
                                         judge("pdftohtml", "-xml", "-i", "-stdout", pdf).stdout):
        level += bool(open_) - bool(close)
        if text:
            found.append((level, bare(html.unescape(text))))
    return found


def check(source, at):
    name = source[len(ROOT) + 1:]
    pdf, docx = os.path.join(at, "out.pdf"), os.path.join(at, "out.docx")
    must("notice", source, "-o", pdf)
    must("notice", source, "-o", docx)
    word = Word(docx)
    numbered = reads_in_order(name, pdf, word)
    expect("%s: the words were read" % name, len(word.text) > 100)
    expect("%s: bookmarks are the headings" % name, [t for _, t in bookmarks_of(pdf)] == [t for _, t in word.headings],
           "%s\n%s" % (bookmarks_of(pdf), word.headings))
    return numbered, len(word.heads), len(word.headings)


with folder() as at:
    sources = glob.glob(ROOT + "/samples/district-*/notice.yaml") + glob.glob(ROOT + "/samples/notices/**/*.yaml", recursive=True)
    numbered = heads = headings = 0
    for source in sorted(sources):
        with open(source, encoding="utf-8") as file:
            if re.search(r"^notice:", file.read(), re.M):
                counts = check(source, at)
                numbered, heads, headings = numbered + counts[0], heads + counts[1], headings + counts[2]
    expect("page numbers, heads of tables and headings were among them", numbered and heads and headings)
