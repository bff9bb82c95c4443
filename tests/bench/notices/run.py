#!/usr/bin/env python3
"""How fast notices become PDF, in CPU time (own and system, of all processes) on one machine in one run:

  1. a hundred different notices of about 20 pages with two tables each: one call of wenshu, against one call of LibreOffice
     converting our hundred Word files of the same sources;
  2. the Word files of the hundred against python-docx writing the same paragraphs (a row of a table as one), without any format;
  3. a thousand notices in one process: the memory of its largest moment against that of a hundred.

    tests/bench/notices/run.py [--wenshu PROGRAM] [--count 100] [--without-libreoffice]

With perf installed it also says which share of our time goes into cutting fonts and into packing; python-docx is the package
python3-docx, and its row says so when that is not there. Wants the release build."""
import argparse, glob, json, os, re, shutil, subprocess, tempfile

import yaml

from sources import ROOT, write_sources

PROGRAM = os.path.join(ROOT, ".build", "release", "engine", "cli", "wenshu")


def spend(command, **more):
    """CPU seconds and largest memory in MB of a command and its children, which must succeed."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit("%s\n%s" % (command[:4], said.decode()))
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def shares(command, at):
    """Of each library the share of the time, by perf."""
    record = os.path.join(at, "perf.data")
    subprocess.run(["perf", "record", "-q", "-o", record, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    said = subprocess.run(["perf", "report", "-i", record, "--stdio", "--sort", "dso"], capture_output=True, text=True).stdout
    return {name: float(share) for share, name in re.findall(r"^\s+([\d.]+)%\s+(\S+)", said, re.M)}


# What a short script of an office would write: it is given the paragraphs as JSON, so that it has no YAML to read.
PYTHON_DOCX = """
import json, sys, docx
for at in sys.argv[1:]:
    with open(at, encoding="utf-8") as file:
        paragraphs = json.load(file)
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(at[:-5] + ".docx")
"""


def paragraphs_of(source):
    with open(source, encoding="utf-8") as file:
        notice = yaml.load(file, yaml.CSafeLoader)
    texts = [notice["mark"], notice["number"], notice["title"], notice["to"], *notice["body"].splitlines(), *notice["attachments"],
             notice["organ"], notice["printed_by"]]
    for annex in notice["annexes"]:
        texts += [annex["title"], *("\t".join(row) for row in annex["table"]["rows"])]
    return texts


def python_docx(sources, at):
    """CPU seconds of python-docx writing the same paragraphs; None without it."""
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import docx"], capture_output=True).returncode != 0:
        return None
    os.mkdir(at + "/python-docx")
    given = ["%s/python-docx/%d.json" % (at, i) for i in range(len(sources))]
    for source, to in zip(sources, given):
        with open(to, "w", encoding="utf-8") as file:
            json.dump(paragraphs_of(source), file)
    return min(spend([python, "-c", PYTHON_DOCX, *given])[0] for _ in range(2))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--wenshu", default=PROGRAM)
    options.add_argument("--count", type=int, default=100)
    options.add_argument("--without-libreoffice", action="store_true")
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as at:
        environment = dict(os.environ, WENSHU_HOME=ROOT)
        sources = write_sources(at, 10 * options.count)
        some = sources[:options.count]
        ours = [options.wenshu, "notice", *some, "-o", at + "/pdf"]
        spent, memory = min(spend(ours, env=environment) for _ in range(3))
        pages = sum(int(re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", f], capture_output=True, text=True).stdout)[1])
                    for f in glob.glob(at + "/pdf/*.pdf"))
        size = sum(os.path.getsize(f) for f in glob.glob(at + "/pdf/*.pdf")) / len(some)
        print("%d notices, %d pages, %d kB each" % (len(some), pages, size / 1000))
        print("wenshu, PDF:      %7.2f s CPU, %5.1f ms a notice, %.0f MB" % (spent, 1000 * spent / len(some), memory))
        if shutil.which("perf"):
            for name, share in sorted(shares(ours, at).items(), key=lambda each: -each[1])[:8]:
                print("    %5.1f %%  %s" % (share, name))
        word_files = [options.wenshu, "notice", *some, "-o", at + "/docx", "--format", "docx"]
        words, _ = min(spend(word_files, env=environment) for _ in range(3))
        print("wenshu, DOCX:     %7.2f s CPU, %5.1f ms a notice" % (words, 1000 * words / len(some)))
        plain = python_docx(some, at)
        if plain is None:
            print("python-docx:      not measured: install python3-docx")
        else:
            print("python-docx:      %7.2f s CPU, paragraphs alone: %.1f times ours" % (plain, plain / words))
        if not options.without_libreoffice:
            office = ["soffice", "-env:UserInstallation=file://" + at + "/office", "--headless", "--convert-to", "pdf", "--outdir", at + "/lo"]
            theirs, _ = spend([*office, *sorted(glob.glob(at + "/docx/*.docx"))],
                              env=dict(environment, FONTCONFIG_FILE=ROOT + "/tests/docx/fonts.conf"))
            print("LibreOffice, PDF: %7.2f s CPU: %.1f times ours" % (theirs, theirs / spent))
        _, many = spend([options.wenshu, "notice", *sources, "-o", at + "/many"], env=environment)
        print("%d notices in one process: %.0f MB, %.2f times that of %d" % (len(sources), many, many / memory, len(some)))


main()
