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
    a_copy_is_mended(at)
