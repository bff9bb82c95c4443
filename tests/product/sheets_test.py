#!/usr/bin/env python3
"""Workbooks in and out, judged by openpyxl: what wenshu writes it reads cell by cell, what it writes wenshu reads."""
import csv, datetime, io, os, sys

from wenshu import ROOT, expect, folder, must, run

try:
    import openpyxl
except ImportError:
    print("skipped: not installed: python3-openpyxl")
    sys.exit(77)


def shown(cell):
    """A cell of openpyxl as CSV would have it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell)


with folder() as at:
    # Out: the register of the demo as a workbook and as CSV.
    must("demo", "--out", at + "/out")
    store = "sqlite:" + at + "/out/wenshu.db"
    must("register", "export", "certificates", "-o", at + "/a.xlsx", "--store", store)
    table = list(csv.reader(io.StringIO(must("register", "export", "certificates", "--store", store).stdout.lstrip("\ufeff"))))
    sheet = openpyxl.load_workbook(at + "/a.xlsx").active
    cells = [[shown(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    expect("openpyxl reads the exported register cell by cell", len(cells) > 2 and cells == table, "%s\n%s" % (cells[:3], table[:3]))
    expect("nothing is a formula", all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row))
    expect("the header is frozen", sheet.freeze_panes == "A2", sheet.freeze_panes)
    must("register", "export", "certificates", "-o", at + "/b.xlsx", "--store", store)
    expect("the same register gives the same bytes", open(at + "/a.xlsx", "rb").read() == open(at + "/b.xlsx", "rb").read())

    # In: what openpyxl writes.
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "一班"
    sheet.append(["2024年暑期花名册"])
    sheet.merge_cells("A1:D1")
    sheet.append(["姓　名", "出生\n日期", "学时", "单位"])
    sheet.append(["王芳", datetime.date(1985, 6, 6), 36.5, "县实小"])
    sheet.append(["欧阳·𬭚", datetime.date(1990, 12, 31), 72, None])
    sheet.merge_cells("D3:D4")
    other = book.create_sheet("二班")
    other.append(["姓名", "出生日期", "学时", "单位"])
    other.append(["李雷", datetime.datetime(2001, 1, 1, 8, 30), True, "二小"])
    book.create_sheet("空")
    book.save(at + "/roster.xlsx")
    with open(at + "/list.txt", "w", encoding="utf-8") as file:
        file.write("{{#rows}}{{姓名}} {{出生日期}} {{学时}} {{单位}}\n{{/rows}}")
    done = must("fill", at + "/list.txt", "--data", at + "/roster.xlsx", "-o", at + "/list.out.txt")
    got = open(at + "/list.out.txt", encoding="utf-8").read()
    expect("wenshu reads what openpyxl wrote", got == "王芳 1985-06-06 36.5 县实小\n欧阳·𬭚 1990-12-31 72 县实小\n", got)
    expect("and says which sheet it did not read", "warning[other-sheets]" in done.stderr and "“二班”" in done.stderr, done.stderr)
    must("fill", at + "/list.txt", "--data", at + "/roster.xlsx", "--worksheet", "二班", "-o", at + "/list.out.txt")
    got = open(at + "/list.out.txt", encoding="utf-8").read()
    expect("a worksheet can be chosen", got == "李雷 2001-01-01 08:30 true 二小\n", got)

    # A roster is a roster, as CSV or as a workbook.
    rows = list(csv.reader(open(ROOT + "/samples/county-2020/roster.csv", encoding="utf-8-sig")))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(at + "/people.xlsx")
    answers = []
    for roster in (ROOT + "/samples/county-2020/roster.csv", at + "/people.xlsx"):
        place = at + "/" + roster[-4:]
        must("init", "--office", "samples/county-2020", "--store", "sqlite:" + place + ".db")
        must("publish", "workflows", "templates", "--store", "sqlite:" + place + ".db")
        answers.append(must("certificates", "issue", "templates/certificates/completion.yaml", "--roster", roster, "--data",
                            "samples/county-2020/certificates.yaml", "-o", place, "--json", "--now", "2020-09-30",
                            "--store", "sqlite:" + place + ".db").stdout)
    expect("a roster in a workbook gives the same certificates as in CSV", answers[0] == answers[1], "\n".join(answers))

    # A template's blank sheet, filled in by hand, comes back as one file a row; a faulty row is set aside.
    with open(at + "/letter.txt", "w", encoding="utf-8") as file:
        file.write("{{姓名}}同志：{{日期 | date}}，{{金额 | money-cn}}，{{单位}}。\n")
    must("tags", at + "/letter.txt", "--sheet", at + "/blank.xlsx")
    book = openpyxl.load_workbook(at + "/blank.xlsx")
    heads = [cell.value for cell in book.active[1]]
    expect("the blank sheet has a column for each tag", heads == ["姓名", "日期", "金额", "单位"], heads)
    book.active.append(["王芳", datetime.date(2024, 6, 6), 1409.5, "县实小"])
    book.active.append(["李雷", "明天", 8, "二小"])
    book.active.append(["韩梅", datetime.date(2024, 6, 7), 325.04, None])
    book.save(at + "/people.xlsx")
    done = run("fill", at + "/letter.txt", "--data", at + "/people.xlsx", "--each", "姓名", "--set-aside", "--missing", "line",
               "--who-lacks", at + "/lacks.xlsx", "-o", at + "/letters")
    expect("a row set aside is told and is no success", done.returncode == 1 and "error[bad-value]" in done.stderr and
           "第3行" in done.stderr and "已写出 2 份，搁置 1 份" in done.stdout, done.stdout + done.stderr)
    expect("the others are filled", sorted(os.listdir(at + "/letters")) == ["王芳.txt", "韩梅.txt"], os.listdir(at + "/letters"))
    expect("with what their cells say", open(at + "/letters/王芳.txt", encoding="utf-8").read() ==
           "王芳同志：2024年6月6日，人民币壹仟肆佰零玖元伍角，县实小。\n")
    got = open(at + "/letters/韩梅.txt", encoding="utf-8").read()
    expect("and a line where something is missing", got == "韩梅同志：2024年6月7日，人民币叁佰贰拾伍元零肆分，________。\n", got)
    lacks = [[shown(cell) for cell in row] for row in openpyxl.load_workbook(at + "/lacks.xlsx").active.iter_rows(values_only=True)]
    # The same rows in one Word file: a section for each, the faulty row set aside.
    import zipfile
    with zipfile.ZipFile(at + "/letter.dotx", "w") as made:
        word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
        made.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
                      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="%s"/></Types>' % kind)
        made.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
                      'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        made.writestr("word/document.xml", '<w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>{{姓名}}：{{日期 | date}}</w:t></w:r></w:p></w:body></w:document>' % word)
    done = run("fill", at + "/letter.dotx", "--data", at + "/people.xlsx", "--one-file", "--set-aside", "-o", at + "/letters.docx")
    expect("a faulty row is set aside from the one file", done.returncode == 1 and "搁置 1 行" in done.stdout and "第3行" in done.stderr,
           done.stdout + done.stderr)
    with zipfile.ZipFile(at + "/letters.docx") as made:
        body, types = made.read("word/document.xml").decode(), made.read("[Content_Types].xml").decode()
    expect("which is a document with a section for each of the others", body.count("<w:sectPr") == 2 and "王芳：2024年6月6日" in body and
           "韩梅" in body and "李雷" not in body and "document.main+xml" in types, body + types)

    expect("who lacks what is a sheet", lacks[0] == ["姓名", "位置", "缺少"] and lacks[1][0] == "韩梅" and lacks[1][2] == "单位" and
           "第4行" in lacks[1][1] and len(lacks) == 2, lacks)
