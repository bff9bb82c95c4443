#!/usr/bin/env python3
"""`wenshu notice` and `wenshu lint` of one source find the same faults, with the same weight, at the same places. What only one of
them can find is named here with the reason."""
import re

from wenshu import expect, folder, must, run

GOOD = """notice: good
kind: 通知
mark: 清河县教育体育局文件
number: 清教〔2024〕8号
title: 清河县教育体育局关于做好教师培训工作的通知
to: 各中心学校
body: |
  现将培训安排予以公布（见附件1），请认真组织。
  一、加强领导。各校要明确责任。
  二、按时报到。参训教师按时报到。
attachments: [培训安排表]
organ: 清河县教育体育局
date: 2024-02-26
copy_to: 市教育局
printed_by: 清河县教育体育局办公室
print_date: 2024-02-26
annexes:
  - title: 培训安排表
    table: {columns: [{title: 班次}, {title: 人数}], rows: [[语文, "8"]]}
"""

# What is changed in the good source, and the codes that both must tell.
FAULTS = [
    ("nothing", [], set()),
    ("a secrecy without its period", [("mark:", "copy_number: \"000001\"\nsecrecy: 秘密\nmark:")], {"secrecy-form"}),
    ("a secrecy in other words", [("mark:", "copy_number: \"000001\"\nsecrecy: 内部\nmark:")], {"secrecy-form"}),
    ("an annex cited and not listed", [("见附件1）", "见附件1、2）")], {"annex-missing"}),
    ("a title of another kind", [("工作的通知", "工作的请示")], {"title-kind-differs"}),
    ("a mark without an organ", [("mark: 清河县教育体育局文件", "mark: 文件")], {"mark-form"}),
    ("an empty title", [("title: 清河县教育体育局关于做好教师培训工作的通知", "title: \" \"")], {"empty-text"}),
    ("a character of nobody's", [("加强领导", "加强\uE863领导")], {"private-use-character"}),
    ("one in a cell", [("[[语文", "[[语\uE863文")], {"private-use-character"}),
    ("a name of an annex with a stop", [("attachments: [培训安排表]", "attachments: [培训安排表。]"), ("- title: 培训安排表", "- title: 培训安排表。")],
     {"attachment-punctuation"}),
    ("an urgency that is none", [("mark:", "urgency: 急件\nmark:")], {"urgency-form"}),
    ("two receivers of a request", [("kind: 通知", "kind: 请示\nsigner: 何某某"), ("工作的通知", "工作的请示"),
                                    ("to: 各中心学校", "to: 清河县人民政府，市教育局")], {"one-receiver"}),
    ("a level said twice", [("  二、按时报到。", "  一、按时报到。")], {"level-repeated"}),
    ("a quote without its other half", [("明确责任", "明确“责任")], {"quotes-unpaired"}),
    ("the same in a cell", [("[[语文", "[[“语文")], {"quotes-unpaired"}),
    ("no foot", [("copy_to: 市教育局\nprinted_by: 清河县教育体育局办公室\nprint_date: 2024-02-26\n", "")], {"printing-missing"}),
    ("a day that is none", [("date: 2024-02-26\ncopy", "date: 2024-02-30\ncopy")], {"bad-date"}),
    ("an unknown field", [("to: ", "too: 甲\nto: ")], {"unknown-field"}),
    ("a picture that is not there", [("date: 2024-02-26\ncopy", "seal: no.png\ndate: 2024-02-26\ncopy")], {"no-such-file"}),
    ("a title that fills the page", [("  现将培训", "  现将培训"), ("mark: 清河县教育体育局文件", "mark: [%s]" % ", ".join(
        "清河县%s局" % n for n in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰")), ("organ: 清河县教育体育局", "organ: [%s]" % ", ".join(
            "清河县%s局" % n for n in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰"))], None),
    ("a file of 1.5 MB", [("  二、按时报到。", "  二、" + "按时报到" * 130000 + "。")], {"file-too-large"}),
]
# Told by one alone. Of the notice: what needs fonts and pages, and what is about its own output. Of the lint: hints, and what
# cleaning mends (the notice lists it by --normalise, under the same codes, and makes the document).
NOTICE_ALONE = {"fallback-face", "uncovered-character", "stale-page"}


def told(done):
    """(severity, code, place) of each finding; without hints."""
    text = done.stdout + done.stderr
    found = re.findall(r"^(?:\S+?\.yaml)(?::(\d+):(\d+))?: (error|warning)\[([a-z0-9-]+)\]", text, re.M)
    return {(weight, code, line, column) for line, column, weight, code in found if code not in NOTICE_ALONE}


def agree(at):
    for name, changes, codes in FAULTS:
        text = GOOD
        for old, new in changes:
            assert old in text, (name, old)
            text = text.replace(old, new, 1)
        source = at + "/good.yaml"
        with open(source, "w", encoding="utf-8") as file:
            file.write(text)
        noticed, linted = run("notice", source, "-o", at + "/out.docx"), run("lint", source)
        expect(name + ": neither fails by itself", {noticed.returncode, linted.returncode} <= {0, 1}, noticed.stderr + linted.stderr)
        expect(name + ": the same findings", told(noticed) == told(linted),
               "notice %s\nlint %s" % (told(noticed) - told(linted), told(linted) - told(noticed)))
        if codes is not None:
            expect("%s: it is what is told" % name, {code for _, code, _, _ in told(linted)} == codes, linted.stdout)


def what_cleaning_mends_is_listed(at):
    source = at + "/good.yaml"
    with open(source, "w", encoding="utf-8") as file:
        file.write(GOOD.replace("，请认真", ",请认真").replace("[[语文", "[[语文(小学)"))
    listed = must("notice", source, "-o", at + "/out.docx", "--normalise").stdout
    linted = run("lint", source)
    codes = {code for _, code, _, _ in told(linted)}
    expect("the lint judges it", codes == {"ascii-punctuation"}, linted.stdout)
    expect("a notice lists it by the same code", all(" %s：" % code in listed for code in codes), listed)
    for more in ([], ["--keep"]):
        expect("made with it mended or kept", not told(must("notice", source, "-o", at + "/out.docx", *more)), more)


def numbers_of_the_store_are_known_to_both(at):
    must("demo", "--out", at + "/demo")
    store = at + "/demo/wenshu.db"
    word = run("lint", at + "/demo/notice.docx", "--store", store).stdout
    taken = re.search(r"第2段: error\[number-issued\]: 编号 (\S+) 已经用过", word)
    expect("a Word file of a case has the number of the case", taken, word)
    source = at + "/good.yaml"
    with open(source, "w", encoding="utf-8") as file:
        file.write(GOOD.replace("清教〔2024〕8号", taken.group(1)))
    noticed = run("notice", source, "-o", at + "/out.docx", "--store", store)
    linted = run("lint", source, "--store", store)
    expect("both tell it at the number", told(noticed) == told(linted) == {("error", "number-issued", "4", "9")}, linted.stdout)


with folder() as at:
    agree(at)
    what_cleaning_mends_is_listed(at)
    numbers_of_the_store_are_known_to_both(at)
