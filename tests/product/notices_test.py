#!/usr/bin/env python3
"""Several notices in one run: each is the file that it is alone, and one faulty source keeps all of them back."""
import json, os, re, shutil, sys
from concurrent.futures import ThreadPoolExecutor

from wenshu import ROOT, expect, folder, judge, must, run

sys.path.insert(0, os.path.join(ROOT, "tests", "bench", "notices"))
from sources import write_sources


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def are_what_they_are_alone(at):
    sources = write_sources(at, 4, pages=3)
    told = json.loads(must("notice", *sources, "-o", at + "/out", "--format", "pdf,docx", "--json").stdout)
    expect("every file is named", [f for n in told["notices"] for f in n["files"]] ==
           [at + "/out/%04d.%s" % (n, kind) for n in range(4) for kind in ("pdf", "docx")], told)
    for number, source in enumerate(sources):
        for kind in ("pdf", "docx"):
            must("notice", source, "-o", at + "/alone." + kind)
            expect("%04d.%s is the same alone" % (number, kind), read(at, "alone." + kind) == read(at, "out", "%04d.%s" % (number, kind)))
    must("notice", *sources, "-o", at + "/again")
    expect("without --format they are PDF", sorted(os.listdir(at + "/again")) == ["%04d.pdf" % n for n in range(4)])
    must("notice", *reversed(sources), "-o", at + "/back")
    expect("their order changes no byte", all(read(at, "again", n) == read(at, "back", n) for n in os.listdir(at + "/again")))


def one_faulty_source_keeps_all_back(at):
    sources = write_sources(at, 2, pages=3)
    with open(at + "/bad.yaml", "w", encoding="utf-8") as file:
        file.write("notice: bad\nkind: 通知\ntitel: 关于\n")
    with open(at + "/worse.yaml", "w", encoding="utf-8") as file:
        file.write("notice: [")
    done = run("notice", sources[0], at + "/bad.yaml", at + "/worse.yaml", sources[1], "-o", at + "/out")
    expect("exit 1", done.returncode == 1, done.stderr)
    expect("every faulty source is named", "bad.yaml:3" in done.stderr and "worse.yaml" in done.stderr, done.stderr)
    expect("no folder was made", not os.path.exists(at + "/out"))


def sources_of_one_name_are_told(at):
    os.mkdir(at + "/other")
    sources = write_sources(at, 1, pages=3)
    shutil.copy(sources[0], at + "/other")
    done = run("notice", sources[0], at + "/other/0000.yaml", "-o", at + "/out")
    expect("two files of one name are refused", done.returncode == 1 and "same-output" in done.stderr, done.stderr)
    expect("nothing was made", not os.path.exists(at + "/out"))


def two_at_once_leave_one_whole_file(at):
    first, second = write_sources(at, 2, pages=6)
    must("notice", first, "-o", at + "/first.pdf")
    must("notice", second, "-o", at + "/second.pdf")
    whole = {read(at, "first.pdf"), read(at, "second.pdf")}
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda source: run("notice", source, "-o", at + "/out.pdf"), [first, second] * 4))
    expect("eight processes writing one file all succeed", all(d.returncode == 0 for d in done), [d.stderr for d in done])
    expect("the file is one of the two, whole", read(at, "out.pdf") in whole)
    expect("nothing else is left", not [n for n in os.listdir(at) if n.startswith(".")], os.listdir(at))


def characters_that_fell_back_are_told(at):
    source = at + "/annex.yaml"
    with open(ROOT + "/samples/notices/landscape-annex.yaml", encoding="utf-8") as file:
        text = file.read()
    with open(source, "w", encoding="utf-8") as file:
        file.write(text.replace("不得随意更换", "由赵彧负责，不得随意更换", 1))
    done = must("notice", source, "-o", at + "/out.pdf")
    if "FandolFang" in must("fonts").stdout:
        expect("彧 is told, with its code point and the face that draws it",
               "fallback-face" in done.stderr and "“彧”（U+5F67）" in done.stderr and "LXGWWenKai-Light.ttf" in done.stderr, done.stderr)
        row, column = next((n, line.index("彧") + 1) for n, line in enumerate(lines_of(source), 1) if "彧" in line)
        expect("彧 is told where it stands", "%s:%d:%d: hint[fallback-face]" % (source, row, column) in done.stderr, done.stderr)
    expect("nothing is told of what the face has", "“请”" not in done.stderr, done.stderr)


def lines_of(file):
    with open(file, encoding="utf-8") as text:
        return text.read().split("\n")


def a_character_of_no_font_is_told_where_it_stands(at):
    """In the body and in a cell: each at its own line and column, by its code point."""
    source = at + "/annex.yaml"
    with open(ROOT + "/samples/notices/landscape-annex.yaml", encoding="utf-8") as file:
        text = file.read().replace("按时选派人员参加", "按时选派\U0003347E人员参加", 1).replace(", 县第二中学]", ", 县第\U0003347F中学]", 1)
    with open(source, "w", encoding="utf-8") as file:
        file.write(text)
    done = run("notice", source, "-o", at + "/out.pdf")
    for code_point in (0x3347E, 0x3347F):
        row, column = next((n, line.index(chr(code_point)) + 1) for n, line in enumerate(lines_of(source), 1) if chr(code_point) in line)
        told = [line for line in done.stderr.split("\n") if "U+%X" % code_point in line]
        expect("U+%X is told where it stands" % code_point, done.returncode == 1 and len(told) == 1 and
               told[0].startswith("%s:%d:%d: error[uncovered-character]" % (source, row, column)), done.stderr)


def a_foot_that_stands_alone_is_told(at):
    with open(ROOT + "/samples/notices/moved-receivers.yaml", encoding="utf-8") as file:
        head, tail = re.split(r"body: \|\n(?:  .*\n)+", file.read())
    told = set()
    for count in range(1, 8):
        with open(at + "/foot.yaml", "w", encoding="utf-8") as file:
            file.write(head + "body: |\n" + "  请认真组织。\n" * count + tail)
        done = must("notice", at + "/foot.yaml", "-o", at + "/foot.pdf")
        last = judge("pdftotext", at + "/foot.pdf", "-").stdout.split("\f")[-2].split("\n")
        alone = last[0].startswith(("主送：", "抄送："))
        expect("%d lines: a foot alone on the last page is told" % count, alone == ("hint[foot-alone]" in done.stderr), last)
        told.add(alone)
    expect("some stand alone, others do not", told == {True, False}, told)


def pages_left_over_are_told(at):
    source = write_sources(at, 1, pages=3)[0]
    must("notice", source, "-o", at + "/out.svg")
    pages = [name for name in os.listdir(at) if name.startswith("out-")]
    expect("several pages", len(pages) > 1, pages)
    done = must("notice", ROOT + "/samples/notices/sealed.yaml", "-o", at + "/out.svg")
    expect("what an earlier run left is told and kept", "warning[stale-page]" in done.stderr and
           all(os.path.exists(at + "/" + name) for name in pages), done.stderr)
    must("notice", source, "-o", at + "/new.svg")
    expect("nothing is told of the pages that are written again", "stale-page" not in must("notice", source, "-o", at + "/new.svg").stderr)


def a_post_too_long_for_its_line_is_refused(at):
    with open(ROOT + "/samples/notices/command.yaml", encoding="utf-8") as file:
        text = file.read()
    with open(at + "/command.yaml", "w", encoding="utf-8") as file:
        file.write(text.replace("post: ", "post: 清河县人民政府代理县长兼义务教育工作领导小组", 1))
    done = run("notice", at + "/command.yaml", "-o", at + "/out.pdf")
    expect("told at its place", done.returncode == 1 and "error[too-long]: 签发人职务有" in done.stderr, done.stderr)


for act in (a_foot_that_stands_alone_is_told, a_character_of_no_font_is_told_where_it_stands, pages_left_over_are_told, a_post_too_long_for_its_line_is_refused, characters_that_fell_back_are_told, two_at_once_leave_one_whole_file, are_what_they_are_alone, one_faulty_source_keeps_all_back, sources_of_one_name_are_told):
    with folder() as at:
        act(at)
