#!/usr/bin/env python3
"""wenshu beside the DOCX peers of ../shared/bench/docx, in one run, on the same template and data.

usage: tests/bench/docx/run.py [--program bench_docx] [--work FOLDER] [--peers wenshu,carbone,…] [--rows 20,2000,100000]
                               [--runs 3] [--batch 500] [--cpu N] …       the other flags are the peers' run.py's own

Nothing of the peers is kept here: their scripts are linked into the work folder, their packages installed there
(npm install). Exits with 77 and a reason where ../shared/bench/docx is absent.
"""
import argparse, importlib.util, os, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PEERS = os.path.join(os.path.dirname(ROOT), "shared", "bench", "docx")
SCRIPTS = ["peers.cjs", "peers.py", "gen_data.py", "make_templates.py", "check.py", "run.py"]


def load(work, name):
    spec = importlib.util.spec_from_file_location(name, os.path.join(work, name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prepare(work, wants_node):
    """Scripts, packages, data and templates, each made once."""
    os.makedirs(work, exist_ok=True)
    for name in SCRIPTS + ["package.json", "package-lock.json"]:
        at = os.path.join(work, name)
        if not os.path.exists(at):
            with open(os.path.join(PEERS, name), "rb") as source, open(at, "wb") as copy:
                copy.write(source.read())
    os.chdir(work)
    if wants_node and not os.path.isdir("node_modules"):
        subprocess.run(["npm", "install", "--no-audit", "--no-fund"], check=True, stdout=subprocess.DEVNULL)
    if not os.path.isdir("data"):
        subprocess.run([sys.executable, "gen_data.py"], check=True)
    if not os.path.exists("templates/wenshu.docx"):
        maker = load(work, "make_templates")
        ours = maker.Syntax("{{%s}}", "{{%s}}", "{{#rows}}", "{{/rows}}", cond=("{{#has_note}}", "{{/has_note}}"))
        os.makedirs("templates", exist_ok=True)
        for name, syntax in dict(maker.SYNTAXES, wenshu=ours).items():
            maker.build(syntax).save("templates/%s.docx" % name)


def main():
    if not os.path.isdir(PEERS):
        print("skipped: the peers are not here: " + PEERS)
        sys.exit(77)
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--program", default=os.path.join(ROOT, ".build", "release", "tests", "bench_docx"))
    options.add_argument("--work", default=os.path.join(ROOT, ".build", "bench-docx"))
    options.add_argument("--peers", default="wenshu,easy-template-x,carbone,docxtemplater,python-docx-copy,floor")
    options.add_argument("--rows", default="20,2000,100000")
    options.add_argument("--help", action="store_true")
    mine, rest = options.parse_known_args()
    if mine.help:
        sys.exit(__doc__)
    program = os.path.abspath(mine.program)
    if not os.path.exists(program):
        sys.exit("no %s: build the target bench_docx (optimised)" % program)
    prepare(os.path.abspath(mine.work), bool({"carbone", "docxtemplater", "easy-template-x", "docx-templates", "docx"} & set(mine.peers.split(","))))
    run = load(os.getcwd(), "run")
    run.PEERS = dict({"wenshu": [program]}, **run.PEERS)
    sys.argv = ["run.py", "--peers", mine.peers, "--rows", mine.rows] + rest
    run.main()
    for rows in mine.rows.split(","):
        made = ["out/%s-%s.docx" % (p, rows) for p in mine.peers.split(",") if os.path.exists("out/%s-%s.docx" % (p, rows))]
        print("\nEvery cell compared, %s rows:" % rows, flush=True)
        subprocess.run([sys.executable, "check.py", "data/rows-%s.json" % rows] + made)


if __name__ == "__main__":
    main()
