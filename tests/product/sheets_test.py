#!/usr/bin/env python3
"""Workbooks in and out, judged by openpyxl: what wenshu writes it reads cell by cell, what it writes wenshu reads."""
import csv, datetime, io, os, sys, zipfile

from wenshu import ROOT, expect, folder, must, run

try:
    import openpyxl
except ImportError:
    print("skipped: not installed: python3-openpyxl")
    sys.exit(77)


def write_word(path, text, header=None):
    """A Word template of one line, and a header if wanted; .dotx is one of Word's own templates."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    line = "<w:p><w:r><w:t>%s</w:t></w:r></w:p>"
    relation = '<Relationships xmlns="%srelationships"><Relationship Id="r1" Type="%s/%%s" Target="%%s"/></Relationships>' % (package, office)
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("[Content_Types].xml", '<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
                      'relationships+xml"/><Override PartName="/word/document.xml" ContentType="%s%s.main+xml"/>%s</Types>' % (
                          package, kind, "template" if path.endswith(".dotx") else "document",
                          '<Override PartName="/word/header1.xml" ContentType="%sheader+xml"/>' % kind if header else ""))
        made.writestr("_rels/.rels", relation % ("officeDocument", "word/document.xml"))
        section = '<w:sectPr><w:headerReference w:type="default" r:id="r1"/></w:sectPr>' if header else ""
        made.writestr("word/document.xml", '<w:document xmlns:w="%s" xmlns:r="%s"><w:body>%s%s</w:body></w:document>' % (word, office, line % text, section))
        if header:
            made.writestr("word/_rels/document.xml.rels", relation % ("header", "header1.xml"))
            made.writestr("word/header1.xml", '<w:hdr xmlns:w="%s">%s</w:hdr>' % (word, line % header))


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
    write_word(at + "/letter.dotx", "{{姓名}}：{{日期 | date}}")
    done = run("fill", at + "/letter.dotx", "--data", at + "/people.xlsx", "--one-file", "--set-aside", "-o", at + "/letters.docx")
    expect("a faulty row is set aside from the one file", done.returncode == 1 and "搁置 1 行" in done.stdout and "第3行" in done.stderr,
           done.stdout + done.stderr)
    with zipfile.ZipFile(at + "/letters.docx") as made:
        body, types = made.read("word/document.xml").decode(), made.read("[Content_Types].xml").decode()
    expect("which is a document with a section for each of the others", body.count("<w:sectPr") == 2 and "王芳：2024年6月6日" in body and
           "韩梅" in body and "李雷" not in body and "document.main+xml" in types, body + types)

    write_word(at + "/headed.docx", "{{姓名}}", "{{单位}}　{{姓名}}")
    with open(at + "/two.csv", "w", encoding="utf-8") as file:
        file.write("姓名,单位\n王芳,县实小\n李雷,县实小\n")
    done = run("fill", at + "/headed.docx", "--data", at + "/two.csv", "--one-file", "-o", at + "/headed.out.docx")
    expect("a header's tag that differs between the rows is told with a way out, one they share is not", done.returncode == 1 and
           done.stderr.count("error[") == 1 and "页眉（header1.xml）" in done.stderr and "error[differs-between-rows]: {{姓名}}" in done.stderr and
           "--each" in done.stderr and not os.path.exists(at + "/headed.out.docx"), done.stderr)

    # Other signs around tags.
    write_word(at + "/braces.docx", "{姓名}{#会}{名}{/会}")
    write_word(at + "/broken.docx", "{姓名}{#会}{名}")
    with open(at + "/braces.txt", "w", encoding="utf-8") as file:
        file.write("{姓名}{#会}{名}{/会}\n")
    for name in ("braces.docx", "braces.txt"):
        done = run("check", at + "/" + name, "--delimiters", "{ }")
        expect("check --delimiters takes %s as it is meant" % name, done.returncode == 0, done.stdout + done.stderr)
    done = run("check", at + "/broken.docx", "--delimiters", "{ }")
    expect("and finds what is wrong with it", done.returncode == 1 and "error[unclosed-section]" in done.stdout and "第1段" in done.stdout, done.stdout)
    expect("which says nothing to one who looks for {{ }}", run("check", at + "/broken.docx").returncode == 0)

    # A workbook for a template with lists: a sheet for each by its name.
    write_word(at + "/roster.docx", "{{班次}}：{{#学员}}{{姓名}} {{电话 | mask-phone}}；{{/学员}}{{#合影}}有合影{{/合影}}")
    must("tags", at + "/roster.docx", "--sheet", at + "/class.xlsx")
    book = openpyxl.load_workbook(at + "/class.xlsx")
    heads = {sheet.title: [cell.value for cell in sheet[1]] for sheet in book}
    expect("a list has a sheet of its own", heads == {"数据": ["班次", "合影"], "学员": ["姓名", "电话"]}, heads)
    book["数据"].append(["一班", "否"])
    book["学员"].append(["王芳", "13800138000"])
    book["学员"].append(["李雷", "13900139000"])
    book.save(at + "/class.xlsx")
    done = must("fill", at + "/roster.docx", "--data", at + "/class.xlsx", "-o", at + "/roster.out.docx")
    body = zipfile.ZipFile(at + "/roster.out.docx").read("word/document.xml").decode()
    expect("and the filled workbook comes back, no sheet unread", "一班：" in body and "王芳 138****8000；" in body and "李雷" in body and
           "有合影" not in body and done.stderr == "", body + done.stderr)
    done = must("tags", at + "/roster.docx", "--json")
    expect("tags say what they are", '"type": "电话号码"' in done.stdout and '"type": "列表"' in done.stdout and
           '"type": "是否有"' in done.stdout, done.stdout)
    write_word(at + "/list.docx", "{{#学员}}{{姓名}}；{{/学员}}")
    must("fill", at + "/list.docx", "--data", at + "/two.csv", "-o", at + "/list.out.docx")
    expect("a table is the list of a template that has one list alone",
           "王芳；" in zipfile.ZipFile(at + "/list.out.docx").read("word/document.xml").decode())

    # A table for a template without lists: one row is a document, more want --each.
    write_word(at + "/one.docx", "{{姓名}}，{{单位}}")
    with open(at + "/one.csv", "w", encoding="utf-8") as file:
        file.write("姓名,单位\n王芳,县实小\n")
    must("fill", at + "/one.docx", "--data", at + "/one.csv", "-o", at + "/one.out.docx")
    expect("a sheet of one row fills the document", "王芳，县实小" in
           zipfile.ZipFile(at + "/one.out.docx").read("word/document.xml").decode())
    done = run("fill", at + "/one.docx", "--data", at + "/two.csv", "-o", at + "/more.docx")
    expect("of more rows each is a document, which is told with the way out", done.returncode == 1 and "error[many-rows]" in done.stderr and
           "--each" in done.stderr and not os.path.exists(at + "/more.docx"), done.stderr)
    with open(at + "/gaps.csv", "w", encoding="utf-8") as file:
        file.write("姓名,单位\n王芳,\n李雷,二小\n")
    must("fill", at + "/one.docx", "--data", at + "/gaps.csv", "--who-lacks", at + "/gaps.xlsx")
    rows = [[shown(cell) for cell in row] for row in openpyxl.load_workbook(at + "/gaps.xlsx").active.iter_rows(values_only=True)]
    expect("who lacks what is told for each row without --each as well", len(rows) == 2 and rows[1][0] == "王芳" and rows[1][2] == "单位", rows)
    # Raw data: bad values are told, what is lacking is listed all the same; a row without a name is its place.
    write_word(at + "/dated.docx", "{{姓名}}于{{日期 | date}}在{{单位}}，{{学时 | decimals 1}}")
    with open(at + "/raw.csv", "w", encoding="utf-8") as file:
        file.write("姓名,日期,单位\n王芳,2024-06-06,\n,2024-06-07,\n李雷,明天,二小\n")
    done = run("fill", at + "/dated.docx", "--data", at + "/raw.csv", "--who-lacks", at + "/raw.xlsx")
    rows = [[shown(cell) for cell in row] for row in openpyxl.load_workbook(at + "/raw.xlsx").active.iter_rows(values_only=True)]
    expect("who lacks what is listed beside values that are wrong", done.returncode == 1 and done.stderr.count("error[") == 1 and
           "明天" in done.stderr and ["王芳", "单位"] in [[row[0], row[2]] for row in rows], (done.stderr, rows))
    expect("a row without a name is called by its place", "全部" not in [row[0] for row in rows] and
           any(not row[0] and "第3行" in row[1] and row[2] == "姓名" for row in rows), rows)
    done = run("fill", at + "/dated.docx", "--data", at + "/raw.csv", "--each", "单位", "-o", at + "/raw")
    expect("a column that no row has is told once", done.stderr.count("数据里没有“学时”") == 1 and "（3 行都这样）" in done.stderr and
           "第4行" in done.stderr, done.stderr)
    with open(at + "/raw.csv", "w", encoding="utf-8") as file:
        file.write("姓名,日期,单位,学时\n王芳,2024-06-06,一小,1\n李雷,明天,二小,2\n")
    done = run("fill", at + "/dated.docx", "--data", at + "/raw.csv", "--one-file", "--set-aside", "-o", at + "/raw.docx")
    expect("a row set aside from one file is called by its own place alone", "第3行" in done.stderr and "rows第1项" not in done.stderr,
           done.stderr)
    write_word(at + "/asks.docx", "{{#学时 >= 24}}够{{/}}{{#姓名 == \"甲\"}}是{{/}}")
    told = must("tags", at + "/asks.docx", "--json").stdout
    expect("a field held against a number is a number", told.count('"数字"') == 1 and told.count('"文字"') == 1, told)

    # A row with a cell that cannot be read is set aside like others.
    book = openpyxl.Workbook()
    for row in (["姓名", "单位", "备注"], ["王芳", "一小", "x"], ["李雷", "二小", "#N/A"], ["韩梅", "三小", "y"]):
        book.active.append(row)
    book.active["C3"].data_type = "e"
    book.save(at + "/broken.xlsx")
    done = run("fill", at + "/one.docx", "--data", at + "/broken.xlsx", "--each", "姓名", "--set-aside", "-o", at + "/broken")
    expect("a row with #N/A is set aside and the others are filled", done.returncode == 1 and "error[cell-error]" in done.stderr and
           "搁置 1 份" in done.stdout and sorted(os.listdir(at + "/broken")) == ["王芳.docx", "韩梅.docx"], done.stdout + done.stderr)
    done = run("fill", at + "/one.docx", "--data", at + "/broken.xlsx", "--each", "姓名", "-o", at + "/broken.all")
    expect("without that word nothing is filled", done.returncode == 1 and not os.path.exists(at + "/broken.all"), done.stdout)

    # Several files: each Word file's faults in the order of its pages.
    write_word(at + "/ten.docx", "</w:t></w:r></w:p><w:p><w:r><w:t>".join("{{x%d | q}}" % number for number in range(1, 11)))
    write_word(at + "/two.docx", "{{x | q}}")
    done = run("check", at + "/ten.docx", at + "/two.docx")
    told = done.stdout + done.stderr
    expect("places are counted and not spelt", 0 < told.find("第2段") < told.find("第9段") < told.find("第10段"), told)

    with open(at + "/con.csv", "w", encoding="utf-8") as file:
        file.write("姓名,单位\nCON,县实小\n李雷,1.10101E+17\n")
    done = run("fill", at + "/one.docx", "--data", at + "/con.csv", "--each", "姓名", "-o", at + "/con")
    expect("a number that a sheet has cut off is told", done.returncode == 1 and "error[number-too-long]" in done.stderr and "第3行" in done.stderr,
           done.stderr)
    with open(at + "/con.csv", "w", encoding="utf-8") as file:
        file.write("姓名,单位\nCON,县实小\n李雷,一小\n")
    done = run("fill", at + "/one.docx", "--data", at + "/con.csv", "--each", "姓名", "-o", at + "/con")
    expect("and a name that Windows keeps for itself", done.returncode == 1 and "error[bad-file-name]" in done.stderr, done.stderr)

    # Progress of a batch: a line for each tenth, none in JSON.
    with open(at + "/many.csv", "w", encoding="utf-8") as file:
        file.write("姓名\n" + "".join("学员%03d\n" % i for i in range(200)))
    with open(at + "/name.txt", "w", encoding="utf-8") as file:
        file.write("{{姓名}}\n")
    done = must("fill", at + "/name.txt", "--data", at + "/many.csv", "--each", "姓名", "-o", at + "/many")
    lines = [line for line in done.stderr.splitlines() if "已制作" in line]
    expect("a batch tells how far it is", len(lines) == 10 and "已制作 20/200" in lines[0] and "200/200" in lines[-1] and
           len(os.listdir(at + "/many")) == 200, done.stderr)
    done = must("fill", at + "/name.txt", "--data", at + "/many.csv", "--each", "姓名", "-o", at + "/many", "--json")
    expect("and says nothing of it to a program", done.stderr == "" and '"files": 200' in done.stdout, done.stdout + done.stderr)

    expect("who lacks what is a sheet", lacks[0] == ["姓名", "位置", "缺少"] and lacks[1][0] == "韩梅" and lacks[1][2] == "单位" and
           "第4行" in lacks[1][1] and len(lacks) == 2, lacks)
