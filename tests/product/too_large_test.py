#!/usr/bin/env python3
"""Files of a gigabyte, as data and as templates, are refused by fill, check and tags without being read: a finding, less than
150 MB of memory, and no output. The files have holes in place of bytes, so they cost nothing."""
import os, subprocess, sys

from wenshu import PROGRAM, ROOT, expect, folder

GIGABYTE = 1 << 30
MOST = 150 * 1000 * 1000
# In a process of its own: a child's greatest size begins with its parent's.
CHILD = """
import os, sys
child = os.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
sys.exit("%d %d" % (os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024))
"""


def refused(at, *arguments):
    before = sorted(os.listdir(at))
    done = subprocess.run(["/usr/bin/python3", "-S", "-E", "-c", CHILD, PROGRAM, *arguments], cwd=at, text=True, capture_output=True,
                          env=dict(os.environ, WENSHU_HOME=ROOT), timeout=60)
    output = done.stdout + done.stderr
    code, peak = map(int, done.stderr.split("\n")[-2].split())
    expect("%s is refused" % " ".join(arguments), code == 1 and "[file-too-large]" in output, output)
    expect("  within 150 MB", peak < MOST, peak)
    expect("  and leaves nothing", sorted(os.listdir(at)) == before, os.listdir(at))


with folder() as at:
    for name in ("big.xlsx", "big.csv", "big.json", "big.yaml", "big.docx", "big.dotx", "big.txt"):
        with open(os.path.join(at, name), "wb") as file:
            file.truncate(GIGABYTE)
    with open(at + "/letter.txt", "w", encoding="utf-8") as file:
        file.write("{{姓名}}\n")
    with open(at + "/one.yaml", "w", encoding="utf-8") as file:
        file.write("姓名: 王芳\n")
    for data in ("big.xlsx", "big.csv", "big.json", "big.yaml"):
        refused(at, "fill", "letter.txt", "--data", data, "-o", "out.txt", "--who-lacks", "lacks.xlsx")
    for template in ("big.docx", "big.dotx", "big.txt"):
        refused(at, "fill", template, "--data", "one.yaml", "-o", "out" + template[-5:])
        refused(at, "tags", template)
        refused(at, "tags", template, "--sheet", "sheet.xlsx")
    refused(at, "check", "big.xlsx", "big.csv", "big.json", "big.yaml", "big.docx", "big.dotx", "big.txt")
    refused(at, "check", "big.docx", "--delimiters", "{ }")
    refused(at, "check", "big.docx", "--annotate", "notes.docx")
    refused(at, "tags", "big.docx", "--from-mail-merge", "new.docx")
