#!/usr/bin/env python3
"""`wenshu lint` on Word files: our own have neither errors nor warnings, and a corrected copy is a sound file in which all
that no fix touches is as it was."""
import glob, json, os, re, zipfile

from wenshu import ROOT, SHARED, expect, folder, judge, must, run

def sources():
    return sorted(glob.glob(ROOT + "/samples/*/notice.yaml") + glob.glob(ROOT + "/samples/notices/*.yaml"))


def findings(file):
    return json.loads(run("lint", file, "--json").stdout)


def is_clean(name, file):
    grave = [f for f in findings(file) if f["severity"] != "hint"]
    expect("%s has no error and no warning" % name, not grave, json.dumps(grave, ensure_ascii=False, indent=1))


def own_files_are_clean(at):
    must("demo", "--out", at + "/demo")
    is_clean("the notice of the demo", at + "/demo/notice.docx")
    for source in sources():
        out = os.path.join(at, os.path.basename(os.path.dirname(source)) + "-" + os.path.basename(source)[:-5] + ".docx")
        must("notice", source, "-o", out)
        is_clean(os.path.relpath(source, ROOT), out)
        is_left_alone(os.path.relpath(source, ROOT), out, at + "/left-alone.docx")


ORDINARY = """notice: made
kind: 通知
mark: 清河县教育局文件
number: 清教〔2025〕18号
title: 清河县教育局关于举办培训班的通知
to: 各中小学
organ: 清河县教育局
date: 2025-03-12
printed_by: 清河县教育局办公室
print_date: 2025-03-12
body: 现就举办培训班予以通知。
"""
FOOT = "printed_by: 清河县教育局办公室\nprint_date: 2025-03-12\n"
LETTER = [("mark: 清河县教育局文件", "mark: 清河县教育局\nformat: letter"), ("清教〔", "清教函〔"), (FOOT, "")]
NUMERALS = "一二三四五六七八九十"
JOINT = "[清河县教育局, 清河县公安局, 清河县司法局, 清河县民政局, 共青团清河县委%s]"
# What is changed in the ordinary notice.
MADE = [
    ("a reply as a letter", LETTER + [("kind: 通知", "kind: 批复"), ("举办培训班的通知", "同意设立幼儿园的批复")]),
    ("a notice as a letter", LETTER + [("date: 2025-03-12", "date: 2025-03-12\ncopy_to: 市教育局\nattachments: [日程]\nurgency: 特急\n"
                                        "note: 联系人：王某，电话：0000-1234567"), ("通知。", "通知（见附件）。")]),
    ("a letter by kind in the ordinary format", [("kind: 通知", "kind: 函"), ("mark: 清河县教育局文件", "mark: 清河县教育局"),
                                                 ("举办培训班的通知", "商请派员授课的函")]),
    ("an opinion with a signer", [("kind: 通知", "kind: 意见\nsigner: 何某某"), ("培训班的通知", "培训班的意见")]),
    ("an office that prints what it signs", [("organ: 清河县教育局", "organ: 清河县教育局办公室"), ("title: 清河县教育局", "title: 清河县教育局办公室"),
                                             ("mark: 清河县教育局", "mark: 清河县教育局办公室")]),
    ("an annex that begins with a note", [("body: 现就举办培训班予以通知。", "attachments: [名单]\nbody: 现将名单（见附件）予以通知。\nannexes:\n"
                                           "  - title: 名单\n    body: |\n      （共30名，排名不分先后）\n      一、县第一中学（3名）")]),
    ("five organs in rows of three and two", [("organ: 清河县教育局", "organ: " + JOINT % ""), ("清河县教育局关于", "清河县教育局等五部门关于")]),
    ("six organs in two rows", [("清河县教育局关于", "清河县教育局等六部门关于"),
                                ("organ: 清河县教育局", "organ: " + JOINT % ", 清河县财政局")]),
    ("a letter to forty schools", LETTER + [("to: 各中小学", "to: " + "、".join("清河县第%s中学" % n for n in NUMERALS) + "，" +
                                             "、".join("清河县第%s小学" % n for n in NUMERALS) + "，" +
                                             "、".join("清河县第%s幼儿园" % n for n in NUMERALS) + "，清河县教师进修学校，清河县职业技术教育中心")]),
    ("minutes by their issue, without a title", [
        ("kind: 通知", "kind: 纪要\npresent: 林某某"), ("教育局文件", "教育局局务会议纪要"), ("清教〔2025〕18号", "第15期"),
        ("title: 清河县教育局关于举办培训班的通知\nto: 各中小学\n", "")]),
    ("minutes with names of two characters", [
        ("kind: 通知", "kind: 纪要\npresent: 林某某　周　某　高某某\nobservers: 方某某　何　某"), ("教育局文件", "教育局局务会议纪要"), ("清教〔2025〕18号", "〔2025〕18号"),
        ("title: 清河县教育局关于举办培训班的通知\nto: 各中小学\n", "")]),
]


def what_is_made_stays_as_it_is(at):
    for name, changes in MADE:
        text = ORDINARY
        for old, new in changes:
            assert old in text, (name, old)
            text = text.replace(old, new, 1)
        source, out, mended = at + "/made.yaml", at + "/made.docx", at + "/made-mended.docx"
        with open(source, "w", encoding="utf-8") as file:
            file.write(text)
        must("notice", source, "-o", out)
        is_clean(name + ": the source", source)
        is_clean(name, out)
        is_left_alone(name, out, mended)


def is_left_alone(name, file, mended):
    run("lint", file, "--fix", mended)
    if os.path.exists(mended):
        found = findings(file)
        expect(name + ": mending finds nothing new", [f for f in findings(mended) if f not in found] == [], findings(mended))
        expect(name + ": and changes nothing", open(file, "rb").read() == open(mended, "rb").read() or found)
        os.remove(mended)


def a_letter_keeps_its_top(at):
    """Its left margin is wrong, its head of 30 mm is right: only the one is mended."""
    must("notice", ROOT + "/samples/notices/letter.yaml", "-o", at + "/letter.docx")
    bad, mended = at + "/letter-bad.docx", at + "/letter-mended.docx"
    spoil_margin(at + "/letter.docx", bad)
    expect("the margin is told", "page-margins" in [f["code"] for f in findings(bad)], findings(bad))
    run("lint", bad, "--fix", mended)
    is_clean("the letter with its margin mended", mended)
    with zipfile.ZipFile(bad) as old, zipfile.ZipFile(mended) as new:
        tops = [re.findall(r'w:top="(\d+)"', each.read("word/document.xml").decode())[:1] for each in (old, new)]
    expect("its top stays at 30 mm", tops[0] == tops[1] and abs(int(tops[0][0]) - 1701) < 60, tops)


def spoil_margin(source, out):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = re.sub(r'w:left="158[78]"', 'w:left="1800"', data.decode()).encode()
            new.writestr(name, data)


def spoil(source, out):
    """The same file as an office might send it: other margins, faces, sizes and pitch, half-width marks."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                text = data.decode()
                text = re.sub(r'w:top="\d+"', 'w:top="1440"', re.sub(r'w:left="1587"|w:left="1588"', 'w:left="1800"', text))
                text = text.replace("，", ",").replace("（此件", "(此件").replace("〔2024〕", "[2024]")
                data = text.encode()
            if name == "word/styles.xml":
                data = data.decode().replace("仿宋_GB2312", "宋体").replace('w:line="579"', 'w:line="440"').encode()
            new.writestr(name, data)


def faults(file, against):
    """What an outside checker of Word files finds in one that the other does not have; nothing where there is none."""
    checker = SHARED + "/tools/docx-check"
    if not os.path.exists(checker):
        return ""
    done = judge(checker, file, "--against", against)
    return done.stdout + done.stderr if done.returncode else ""


CELLS = """notice: cells
kind: 通知
mark: 清河县教育体育局文件
number: 清教〔2024〕8号
title: 清河县教育体育局关于公布教师培训安排的通知
to: 各中心学校
body: 现将教师培训安排予以公布（见附件），请认真组织。
attachments: [教师培训安排表]
organ: 清河县教育体育局
date: 2024-02-26
printed_by: 清河县教育体育局办公室
print_date: 2024-02-26
annexes:
  - title: 教师培训安排表
    table:
      columns: [{title: "班次(项目)"}, {title: 时间}]
      rows:
        - ["语文,数学", 3月--6月]
        - ["“张三", 张　三]
        - ["依据清教[2024]6号", "2024-06-06"]
"""


def cells_of_tables_are_judged(at):
    """In a source at its line and column, in a Word file at table, row and cell; what is certain is mended in both."""
    source, word = at + "/cells.yaml", at + "/cells.docx"
    with open(source, "w", encoding="utf-8") as file:
        file.write(CELLS)
    done = must("notice", source, "-o", word, "--normalise")
    expect("cells are cleaned, each told", "附件1表格第1行第1列 第3字 ascii-punctuation" in done.stdout + done.stderr, done)
    expect("the cleaned file has no finding in its cells", not [f for f in findings(word) if f["code"] != "quotes-unpaired"],
           findings(word))
    must("notice", source, "-o", word, "--keep")
    expected = {("ascii-punctuation", 16, 28), ("ascii-punctuation", 18, 15), ("range-dash", 18, 23), ("quotes-unpaired", 19, 13),
                ("number-brackets", 20, 17)}
    told = {(f["code"], f["line"], f["column"]) for f in findings(source)}
    expect("each cell of the source at its place", told == expected, told)
    told = {(f["code"], f["spot"]) for f in findings(word)}
    expected = {("ascii-punctuation", "第1个表格第1行第1列"), ("ascii-punctuation", "第1个表格第2行第1列"),
                ("range-dash", "第1个表格第2行第2列"), ("quotes-unpaired", "第1个表格第3行第1列"),
                ("number-brackets", "第1个表格第4行第1列")}
    expect("each cell of the Word file at its place", told == expected, told)
    for file in (source, word):
        mended = at + "/mended" + file[-5:]
        run("lint", file, "--fix", mended)
        codes = [f["code"] for f in findings(mended)]
        expect("only what no program can know is left", codes == ["quotes-unpaired"], codes)


def a_copy_is_mended(at):
    must("notice", ROOT + "/samples/district-2024/notice.yaml", "-o", at + "/good.docx")
    bad, mended = at + "/bad.docx", at + "/mended.docx"
    spoil(at + "/good.docx", bad)
    before = findings(bad)
    codes = {f["code"] for f in before}
    for code in ("page-margins", "body-face", "line-grid", "ascii-punctuation", "number-brackets"):
        expect("the spoiled file is found out: " + code, code in codes, str(sorted(codes)))
    expect("its faults end with 1", run("lint", bad, "--fix", mended).returncode == 1)
    left = {f["code"] for f in findings(mended) if f["severity"] != "hint"}
    for code in ("page-margins", "body-face", "line-grid", "ascii-punctuation", "number-brackets"):
        expect("mended: " + code, code not in left, str(sorted(left)))
    with zipfile.ZipFile(bad) as old, zipfile.ZipFile(mended) as new:
        expect("the same parts in the same order", old.namelist() == new.namelist())
        for name in old.namelist():
            if name != "word/document.xml":
                expect("as it was: " + name, old.read(name) == new.read(name))
    expect("an outside checker finds no more than before", not faults(mended, bad), faults(mended, bad))
    again = at + "/again.docx"
    run("lint", bad, "--fix", again)
    expect("the same bytes again", open(again, "rb").read() == open(mended, "rb").read())


with folder() as at:
    own_files_are_clean(at)
    what_is_made_stays_as_it_is(at)
    a_letter_keeps_its_top(at)
    a_copy_is_mended(at)
    cells_of_tables_are_judged(at)
