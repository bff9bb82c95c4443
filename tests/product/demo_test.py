#!/usr/bin/env python3
"""`wenshu demo`: what a clerk holds afterwards, judged by outside programs, and the same bytes when run again."""
import csv, glob, hashlib, io, os, re

from wenshu import ROOT, SHARED, expect, folder, judge, must, require, run


def hashes(at):
    return {os.path.relpath(f, at): hashlib.sha256(open(f, "rb").read()).hexdigest()
            for f in sorted(glob.glob(at + "/**", recursive=True)) if os.path.isfile(f) and ".db" not in f}


def text_of(pdf):
    return judge("pdftotext", "-layout", pdf, "-").stdout


def holds_everything(out):
    made = hashes(out)
    for name in ("notice.docx", "notice.pdf", "schedule.docx", "register.csv"):
        expect("out/ holds " + name, name in made)
    numbers = [f for f in made if f.startswith("certificates/") and f.endswith(".pdf")]
    expect("32 certificates", len(numbers) == 32, str(len(numbers)))
    rows = list(csv.DictReader(io.StringIO(open(out + "/register.csv", encoding="utf-8-sig").read())))
    expect("the register has 32 rows with different numbers", len({r["证书编号"] for r in rows}) == 32, str(rows[:1]))
    expect("each row has its file", all("certificates/%s.pdf" % r["证书编号"] in made for r in rows))
    return rows


def certificates_are_sound(out, rows):
    for row in rows:
        file = "%s/certificates/%s.pdf" % (out, row["证书编号"])
        checked = judge("qpdf", "--check", file)
        expect("qpdf finds nothing in %s" % row["证书编号"], checked.returncode == 0, checked.stdout + checked.stderr)
        squeezed = re.sub(r"\s", "", judge("pdftotext", "-raw", file, "-").stdout)
        expect("%s comes back from the file" % row["姓名"], row["姓名"] in squeezed and row["证书编号"] in squeezed, squeezed)
        fonts = judge("pdffonts", file).stdout.splitlines()[2:]
        for line in fonts:
            fields = line.split()
            expect("embedded, subset, with Unicode map: " + fields[0], fields[-5:-2] == ["yes", "yes", "yes"], line)
        page = file[:-4]
        judge("pdftoppm", "-r", "150", "-png", "-singlefile", file, page)
        read = judge("zbarimg", "-q", "--raw", page + ".png").stdout
        os.remove(page + ".png")
        expect("the QR code of %s reads" % row["证书编号"], row["证书编号"] in read, read)


def fonts_of(file):
    """Of each font: its name, and whether it is embedded, subset and mapped to Unicode."""
    return [(line.split()[0], line.split()[-5:-2]) for line in judge("pdffonts", file).stdout.splitlines()[2:]]


def words_of(pdf):
    """The letters of each page without its number; marks aside, some of which LibreOffice hangs over the margin."""
    pages = judge("pdftotext", "-raw", pdf, "-").stdout.split("\f")[:-1]
    return [re.sub(r"\W", "", re.sub(r"—\s*\d+\s*—", "", page)) for page in pages]


def notice_is_sound(out, printed):
    """Our own pages of the notice, and the same pages as LibreOffice prints them from the Word file."""
    file = out + "/notice.pdf"
    checked = judge("qpdf", "--check", file)
    expect("qpdf finds nothing in the notice", checked.returncode == 0, checked.stdout + checked.stderr)
    fonts = fonts_of(file)
    expect("the notice has fonts", len(fonts) >= 4, str(fonts))
    for name, marks in fonts:
        expect("embedded, subset, with Unicode map: " + name, marks == ["yes", "yes", "yes"], str(fonts))
    ours, theirs = words_of(file), words_of(printed)
    expect("both have as many pages", len(ours) == len(theirs), "%d, %d" % (len(ours), len(theirs)))
    expect("both say the same", sorted("".join(ours)) == sorted("".join(theirs)), "".join(ours)[:300])
    information = judge("pdfinfo", file).stdout
    expect("the notice has its title", "Title:           清河县教育体育局" in information, information)


def documents_are_sound(out):
    if os.path.exists(SHARED + "/tools/docx-check"):
        for name in ("notice.docx", "schedule.docx"):
            checked = judge("/usr/bin/python3", SHARED + "/tools/docx-check", "%s/%s" % (out, name))
            expect("the outside judge finds nothing in " + name, checked.returncode == 0, checked.stdout)
    environment = dict(os.environ, FONTCONFIG_FILE=ROOT + "/tests/docx/fonts.conf")
    with folder() as at:
        done = judge("soffice", "-env:UserInstallation=file://" + at + "/profile", "--headless", "--convert-to", "pdf",
                     "--outdir", at, out + "/notice.docx", out + "/schedule.docx", env=environment)
        # That there is no Java on the machine is no word about the documents.
        said = [line for line in done.stderr.splitlines() if "javaldx" not in line and line.strip()]
        expect("LibreOffice converts both without a warning", done.returncode == 0 and not said, done.stderr)
        notice, schedule = text_of(at + "/notice.pdf"), text_of(at + "/schedule.pdf")
        expect("the notice has its number", re.search(r"〔2020〕\d+号", re.sub(r"\s", "", notice)), notice[:500])
        notice_is_sound(out, at + "/notice.pdf")
        pages = judge("pdfinfo", at + "/schedule.pdf").stdout
        expect("the schedule is landscape A4", re.search(r"Page size:\s+84\d\.\d+ x 59\d", pages), pages)
        expect("the hours add up to 288", "288" in schedule, schedule[-600:])
        for name in ("notice", "schedule"):
            fonts = judge("pdffonts", at + "/%s.pdf" % name).stdout
            expect("no face fell out of " + name, "DejaVu" not in fonts, fonts)


def sheet_turns_wide_tables(out, at):
    must("case", "sheet", "annual-plan-1", "-o", at + "/sheet.pdf", "--store", out + "/wenshu.db")
    sizes = re.findall(r"Page\s+\d+ size:\s+(\d+)[.\d]* x (\d+)", judge("pdfinfo", "-l", "99", at + "/sheet.pdf").stdout)
    turned = [int(width) > int(height) for width, height in sizes]
    expect("the plan's table of many columns stands on turned pages behind the sheet", turned[0] is False and turned[-1] is True, sizes)
    told = re.sub(r"\s", "", text_of(at + "/sheet.pdf"))
    expect("the sheet says where", "见附表1" in told and told.count("附表1") == 2, told[:600])


def main():
    require("qpdf", "pdftotext", "pdffonts", "pdfinfo", "pdftoppm", "zbarimg", "soffice")
    with folder() as at:
        first, second = os.path.join(at, "1"), os.path.join(at, "2")
        told = must("demo", "--out", first).stdout
        expect("the summary names the files", "notice.docx" in told and "register.csv" in told, told)
        must("demo", "--out", second)
        expect("the same bytes twice", hashes(first) == hashes(second))
        must("demo", "--out", second)
        expect("and in a folder that is already full", hashes(first) == hashes(second))
        must("case", "start", "annual-plan", "--data", ROOT + "/samples/county-2020/plan.yaml", "--as", "fang-qin",
             "--now", "2021-01-04", "--store", second + "/wenshu.db")
        told = must("demo", "--out", second).stdout
        kept = glob.glob(second + "/wenshu-*.db")
        expect("work done after an earlier demo is kept, not overwritten", len(kept) == 1 and kept[0] in told, told)
        must("case", "show", "annual-plan-2", "--store", kept[0])
        os.makedirs(at + "/mine")
        must("init", "--office", ROOT + "/samples/county-2020", "--store", at + "/mine/wenshu.db")
        refused = run("demo", "--out", at + "/mine")
        expect("a store that no demo made is refused", refused.returncode == 3 and os.listdir(at + "/mine") == ["wenshu.db"],
               refused.stderr + str(os.listdir(at + "/mine")))
        rows = holds_everything(first)
        must("audit", "verify", "--store", first + "/wenshu.db")
        sheet_turns_wide_tables(first, at)
        certificates_are_sound(first, rows)
        documents_are_sound(first)


main()
