#!/usr/bin/env python3
"""`wenshu notice`: page 1 shows body text (GB/T 9704-2012 7.3.3), or the clerk is told that it does not; however many
organs, however long the title. Read from the finished pages, where lines have the widths of the fonts."""
from wenshu import expect, folder, judge, must, require

NAMES = ["教育体育局", "财政局", "人力资源和社会保障局", "机构编制委员会办公室", "发展和改革局", "自然资源和规划局", "卫生健康局",
         "公安局", "市场监督管理局", "住房和城乡建设局", "交通运输局", "农业农村局", "文化广电和旅游局", "民政局", "司法局"]
MATTERS = ["关于做好学校食堂食品安全工作的通知",
           "关于印发《清河县中小学教师“县管校聘”管理改革实施方案（2024—2026年）》的通知"]
BODIES = ["首段文字，请各校认真组织。", "首段文字，请各校认真组织。\n  二、三段文字。\n  三、四段文字。", "一、首段文字\n  请各校认真组织。"]
HEAD = """notice: case
kind: 通知
number: 清教〔2024〕18号
to: 各乡镇中心学校，县直各学校、幼儿园
date: 2024-06-06
copy_to: 市教育局
printed_by: 清河县教育体育局办公室
print_date: 2024-06-06
"""


def source(count, named, matter, body, seal):
    organs = ["清河县" + name for name in NAMES[:count]]
    mark = organs[:-1] + [organs[-1] + "文件"]
    title = (" ".join(organs) if named else "") + matter
    if len(title) > 120:
        return None
    return HEAD + "seal: %s\nmark: [%s]\norgan: [%s]\ntitle: %s\nbody: |\n  %s\n" % (
        seal, ", ".join(mark), ", ".join(organs), title, body)


def main():
    require("pdftotext")
    with folder() as at:
        cases = []
        for count in (1, 3, 5, 6, 8, 11, 15):
            for named in (False, True):
                for matter in MATTERS:
                    body = BODIES[len(cases) % len(BODIES)]
                    text = source(count, named, matter, body, "true" if len(cases) % 2 else "false")
                    if text is None:
                        continue
                    cases.append("%s/case%d.yaml" % (at, len(cases)))
                    with open(cases[-1], "w") as out:
                        out.write(text)
        done = must("notice", *cases, "-o", at + "/made", "--format", "pdf")
        told = done.stdout + done.stderr
        shown = 0
        for case in cases:
            name = case.rsplit("/", 1)[1]
            page = judge("pdftotext", "-l", "1", case.replace(at, at + "/made")[:-4] + "pdf", "-").stdout
            warned = any(name in line and "first-page-without-body" in line for line in told.splitlines())
            expect("%s: page 1 shows the body or this is told" % name, ("首段文字" in page) != warned, page + told)
            shown += "首段文字" in page
        expect("%d of %d show it" % (shown, len(cases)), shown >= len(cases) - 3, told)


main()
