#!/usr/bin/env python3
"""The shipped Word templates, filled with their sample data, give samples/templates byte for byte, get no fault that the
template did not have, and hold every value of the data where a reader finds it."""
import filecmp, os, re, zipfile

from wenshu import PROGRAM, ROOT, SHARED, expect, fail, folder, judge, run

SAMPLES = os.path.join(ROOT, "samples", "templates")
CHECK = os.path.join(SHARED, "tools", "docx-check")
TAG = re.compile(r"\{\{|\}\}|｛｛|｝｝")


def results(at):
    """Name in the folder of each result."""
    for base, _, names in os.walk(at):
        for name in sorted(names):
            if name.endswith(".docx"):
                yield os.path.relpath(os.path.join(base, name), at)


def template_of(name):
    stem = os.path.dirname(name) or name[:-len(".docx")]
    for kind in ("tables", "forms", "letters"):
        path = os.path.join(ROOT, "templates", kind, stem + ".docx")
        if os.path.exists(path):
            return path
    fail("no template of " + name)


def text(path):
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(n).decode("utf-8") for n in archive.namelist() if n.startswith("word/") and n.endswith(".xml")]
    return "\n".join("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", part)) for part in parts)


with folder() as at:
    done = judge(os.path.join(SAMPLES, "remake"), at, env=dict(os.environ, WENSHU=PROGRAM, WENSHU_HOME=ROOT))
    expect("every shipped template is filled with its sample data", done.returncode == 0, done.stdout + done.stderr)
    made, kept = list(results(at)), list(results(SAMPLES))
    expect("each has its result in samples/templates", made == kept, "%s\n%s" % (made, kept))
    other = [name for name in made if not filecmp.cmp(os.path.join(at, name), os.path.join(SAMPLES, name), shallow=False)]
    expect("the results are the same byte for byte (samples/templates/remake makes them again)", not other, other)
    left = [name for name in made if TAG.search(text(os.path.join(at, name)))]
    expect("no tag is left in any", not left, left)
    names = [os.path.splitext(os.path.basename(p))[0] for kind in ("tables", "forms", "letters")
             for p in sorted(os.listdir(os.path.join(ROOT, "templates", kind)))]
    shown = {os.path.dirname(name) or name[:-len(".docx")] for name in made}
    expect("no template ships without its sample", set(names) == shown, "%s\n%s" % (names, shown))
    expect("and each has its picture", all(os.path.exists(os.path.join(SAMPLES, n + ".png")) for n in names), names)

    done = run("check", "workflows", "samples", "templates")
    expect("wenshu check finds nothing in the templates and their data", done.returncode == 0 and not done.stdout, done.stdout)
    for name in names:
        path = os.path.join(SAMPLES, name + ".yaml")
        if not os.path.exists(path):
            continue
        words = open(path, encoding="utf-8").read().replace("template: ../..", "template: " + ROOT)
        key = re.search(r"^  ([^\s:]+):", words, re.M).group(1)
        with open(os.path.join(at, name + ".yaml"), "w", encoding="utf-8") as file:
            file.write(words.replace("  %s:" % key, "  %s错:" % key, 1))
        done = run("check", os.path.join(at, name + ".yaml"))
        expect("a mistyped %s in the data of %s is found" % (key, name), done.returncode == 1 and "missing-value" in done.stdout, done.stdout)

    # Word for the web names the main part otherwise; the package's relationship says which it is.
    def renamed(text):
        return text.replace(b"/document.xml", b"/document2.xml").replace(b'"word/document.xml"', b'"word/document2.xml"')
    with zipfile.ZipFile(template_of("roster.docx")) as usual, zipfile.ZipFile(at + "/online.docx", "w", zipfile.ZIP_DEFLATED) as online:
        for name in usual.namelist():
            kept = name not in ("[Content_Types].xml", "_rels/.rels")
            online.writestr(name.replace("document.xml", "document2.xml"), usual.read(name) if kept else renamed(usual.read(name)))
    data = os.path.join(SAMPLES, "roster.yaml")
    done = run("fill", at + "/online.docx", "--data", data, "-o", at + "/online.out.docx")
    expect("a template whose main part has another name is filled as ever", done.returncode == 0 and
           text(at + "/online.out.docx") == text(os.path.join(SAMPLES, "roster.docx")), done.stderr)
    done = run("tags", at + "/online.docx")
    expect("and its tags are listed", done.returncode == 0 and "{{" in done.stdout, done.stderr)

    dialects = {}
    for name in made:
        with zipfile.ZipFile(template_of(name)) as archive:
            dialects[name] = "WPS" if b"<w:docVars>" in archive.read("word/settings.xml") else "Word"
    expect("both dialects are among them", {"WPS", "Word"} <= set(dialects.values()), dialects)

    if os.path.exists(CHECK):
        done = judge(CHECK, at + "/online.out.docx", "--against", at + "/online.docx")
        expect("and so has the one with the other name", done.returncode == 0, done.stdout)
        for name in made:
            done = judge(CHECK, os.path.join(at, name), "--against", template_of(name))
            expect("%s has no fault that its template did not have" % name, done.returncode == 0, done.stdout)
