#!/usr/bin/env python3
"""Workbooks in and out, judged by openpyxl: what wenshu writes it reads cell by cell, what it writes wenshu reads."""
import csv, datetime, io, sys

from wenshu import ROOT, expect, folder, must

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
