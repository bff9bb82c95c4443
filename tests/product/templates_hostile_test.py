#!/usr/bin/env python3
"""Filling never adds a fault that the template did not have: on generated hostile templates, judged by the schemas and by
LibreOffice. Templates with faulty sections are refused and leave nothing. HOSTILE=500 makes more of them, HOSTILE_FROM=n
begins elsewhere."""
import collections, json, os, re, zipfile

from wenshu import SHARED, expect, fail, folder, judge, require, run
from hostile_templates import DATA, template

COUNT, FIRST = int(os.environ.get("HOSTILE", "48")), int(os.environ.get("HOSTILE_FROM", "0"))
CHECK = os.path.join(SHARED, "tools", "docx-check")


def load_judge():
    """The findings() of docx-check, loaded once for all files."""
    try:
        import lxml  # noqa: F401
    except ImportError:
        return None
    if not os.path.exists(CHECK):
        return None
    names = {"__file__": CHECK, "__name__": "docx_check"}
    source = open(CHECK, encoding="utf-8").read()
    exec(compile(source[:source.rindex("\nmain()")], CHECK, "exec"), names)
    return names["findings"]


def annotations(path):
    """What the schemas cannot see in ranges and tracked changes: how often each fault stands in the file."""
    found = collections.Counter()
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(n).decode("utf-8") for n in archive.namelist() if n.startswith("word/") and n.endswith(".xml")]
    revisions, ranges = collections.Counter(), collections.defaultdict(list)
    for part in parts:
        for name, inside in re.findall(r"<w:(\w+)( [^>]*)?>", part):
            number = re.search(r'w:id="(-?\d+)"', inside or "")
            if not number:
                continue
            if name in ("ins", "del", "moveFrom", "moveTo") or name.endswith("Change"):
                revisions[number.group(1)] += 1
            elif re.search("(Range|bookmark|perm)(Start|End)$|commentReference", name):
                kind, at = re.fullmatch("(.+?)(?:Range)?(Start|End|Reference)", name).groups()
                ranges[kind, number.group(1)].append(at)
    found["a number of two tracked changes"] = sum(n - 1 for n in revisions.values())
    for (kind, _), places in ranges.items():
        marks = [p for p in places if p != "Reference"]
        found[kind + " without beginning or end"] += marks.count("Start") != marks.count("End") or marks[:1] == ["End"]
        found[kind + " of a number that another has"] += max(0, marks.count("Start") - 1)
        found[kind + " referred to twice"] += max(0, places.count("Reference") - 1)
        found[kind + " without its reference"] += kind == "comment" and bool(marks) and "Reference" not in places
    return found


def lost_references(path):
    """Links and cross-references to bookmarks that are not in the file."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    names = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]*)"', text))
    return {name for name in re.findall(r'w:anchor="([^"]*)"|REF (\S+) ', text) for name in name if name.startswith("引")} - names


def annotations_kept(path):
    """Which kinds stand at least twice in the text: what repeats keeps them (a comment stands once)."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    counts = {kind: len(set(re.findall(r'<w:%s w:id="(\d+)"' % begin, text)))
              for kind, begin in (("bookmark", "bookmarkStart"), ("perm", "permStart"), ("ins", "ins"), ("rPrChange", "rPrChange"))}
    return {kind for kind, count in counts.items() if count > 1} | ({"comment"} if "commentReference" in text else set())


def write(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(zipfile.ZipInfo(name), text)


def added(findings, before, after):
    """What is new, and what stands more often than before: filling may take a doubled paragraph away."""
    def counted(path):
        return {re.sub(r"stands \d+ times", "stands", text): (int((re.findall(r"stands (\d+) times", text) or [1])[0]), part)
                for part, text in findings(path)}
    known = counted(before)
    return [part + ": " + text for text, (count, part) in counted(after).items() if count > known.get(text, (0, ""))[0]]


with folder() as at:
    json.dump(DATA, open(at + "/data.json", "w", encoding="utf-8"), ensure_ascii=False)
    findings = load_judge()
    made, kept = [], set()
    for seed in range(FIRST, FIRST + COUNT):
        source, out = "%s/%d.docx" % (at, seed), "%s/out-%d.docx" % (at, seed)
        write(source, template(seed))
        done = run("fill", source, "--data", at + "/data.json", "-o", out, timeout=60)
        if done.returncode != 0:
            fail("template %d is not filled: %d\n%s" % (seed, done.returncode, done.stderr))
        if findings and added(findings, source, out):
            fail("template %d gets faults: %s" % (seed, added(findings, source, out)))
        more = annotations(out) - annotations(source)
        if more:
            fail("template %d gets torn or doubled annotations: %s" % (seed, dict(more)))
        if lost_references(out):
            fail("template %d refers to what is not there: %s" % (seed, lost_references(out)))
        kept.update(annotations_kept(out))
        made.append(out)
    expect("%d hostile templates are filled%s" % (COUNT, " without a new fault" if findings else " (docx-check is not here)"), True)
    expect("their ranges and tracked changes stay whole, each with a number of its own", kept >= {"bookmark", "perm", "comment", "ins", "rPrChange"}, kept)
    again = run("fill", source, "--data", at + "/data.json", "-o", at + "/again.docx")
    expect("the same data gives the same bytes", again.returncode == 0 and open(out, "rb").read() == open(at + "/again.docx", "rb").read())

    for seed in range(FIRST, FIRST + COUNT // 2):
        source, out = "%s/faulty-%d.docx" % (at, seed), "%s/never.docx" % at
        write(source, template(seed, faulty=True))
        done = run("fill", source, "--data", at + "/data.json", "-o", out, timeout=60)
        if done.returncode != 1 or os.path.exists(out) or "error[" not in done.stdout + done.stderr:
            fail("faulty template %d is not refused: %d\n%s" % (seed, done.returncode, done.stderr))
    expect("%d templates with a faulty section are refused and leave nothing" % (COUNT // 2), True)

    require("soffice")
    os.mkdir(at + "/opened")
    judge("soffice", "-env:UserInstallation=file://%s/profile" % at, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir",
          at + "/opened", *made, timeout=900)
    opened = os.listdir(at + "/opened")
    expect("LibreOffice opens each of them", len(opened) == len(made), "%d of %d" % (len(opened), len(made)))
    # What a tracked change has deleted is no text of ours, and LibreOffice writes it all the same.
    texts = [open(os.path.join(at, "opened", name), encoding="utf-8-sig").read().replace("旧{{", "") for name in opened]
    left = [name for name, text in zip(opened, texts) if "{{" in text or "}}" in text or "｛｛" in text]
    expect("and finds no tag left in their text", not left, left)
