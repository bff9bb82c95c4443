#!/usr/bin/env python3
"""`wenshu notice`: however long the body and whoever signs, the page of the signature has body text and so has page 1, or
the clerk is told (GB/T 9704-2012 7.3.3, 7.3.5.4). Read from the finished pages."""
import re

from wenshu import expect, folder, judge, must, require

ORGANS = ["清河县教育体育局", "清河县财政局", "清河县人力资源和社会保障局", "清河县卫生健康局", "清河县公安局", "清河县民政局"]
TITLE = "关于印发《清河县“十四五”期间中小学教师队伍建设改革实施方案》和《清河县中小学教师“县管校聘”管理改革实施方案》的通知"
SOURCE = """notice: case
kind: 通知
mark: [%s文件]
number: 清教〔2025〕63号
title: %s
to: 各乡镇中心学校，县直各学校、幼儿园，县特殊教育学校，县教师发展中心
date: 2025-03-03
seal: %s
organ: [%s]
note: 此件公开发布
copy_to: 市教育局
printed_by: 清河县教育体育局办公室
print_date: 2025-03-03
body: |
  %s。
"""
DAY = re.compile("^2025年3月3日$", re.M)


def source(organs, seal, lines, annexed):
    body = "正文内容，" * ((lines * 28 - 4) // 5)
    annexes = "attachments: [名单]\nannexes: [{title: 名单, body: 甲、乙、丙。}]\n" if annexed else ""
    return annexes + SOURCE % (", ".join(organs), TITLE, seal, ", ".join(organs), body.rstrip("，"))


def main():
    require("pdftotext")
    with folder() as at:
        cases = []
        for count in (1, 3, 6):
            for seal in ("true", "false"):
                for lines in list(range(1, 9)) + list(range(20, 28)):
                    cases.append("%s/case%d.yaml" % (at, len(cases)))
                    with open(cases[-1], "w") as out:
                        out.write(source(ORGANS[:count], seal, lines, lines % 2))
        done = must("notice", *cases, "-o", at + "/made", "--format", "pdf")
        told, alone = done.stdout + done.stderr, 0
        for case in cases:
            name = case.rsplit("/", 1)[1]
            made = judge("pdftotext", "-layout", case.replace(at, at + "/made")[:-4] + "pdf", "-").stdout
            pages = [re.sub(r"[ \u3000]", "", page) for page in made.split("\f")]
            signed = [page for page in pages if DAY.search(page)]
            warned = any(name in line and "signature-without-body" in line for line in told.splitlines())
            expect("%s: the signature stands below body text or this is told" % name,
                   len(signed) == 1 and ("容" in signed[0]) != warned, made + told)
            expect("%s: page 1 shows body text" % name, "容" in pages[0], made)
            alone += warned
        expect("%d of %d signatures stand alone: bodies of one line" % (alone, len(cases)), alone <= 4, told)


main()
