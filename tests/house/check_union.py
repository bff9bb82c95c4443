#!/usr/bin/env python3
"""Each row of the union table in engine/workflow/README.md names what proves it: a test or a file that is there."""
import fnmatch, glob, os, re, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TEST = re.compile(r"^TEST(?:_[FP])?\((\w+), (\w+)\)", re.MULTILINE)
BAR = re.compile(r"(?<!\\)\|")


def tests():
    found = set()
    for path in glob.glob(os.path.join(ROOT, "tests", "**", "*.cc"), recursive=True):
        with open(path, encoding="utf-8") as file:
            found |= {".".join(name) for name in TEST.findall(file.read())}
    return found


def is_there(proof, known):
    if "/" in proof or re.fullmatch(r"[a-z]\*", proof):
        return bool(glob.glob(os.path.join(ROOT, proof if "/" in proof else os.path.join("tests/bad/workflow", proof))))
    return any(fnmatch.fnmatchcase(name, proof.replace("…", "*")) for name in known)


def faults_of(page):
    table = page[page.index("\n## Union"):]
    table = table[:table.index("\n## ", 1)]
    rows = [BAR.split(line)[1:-1] for line in table.splitlines() if line.startswith("| ")][1:]
    known = tests()
    faults = [] if len(rows) > 40 else ["the table is not there"]
    for row in rows:
        proofs = re.findall(r"`([^`]+)`", row[-1])
        faults += ["%s: no proof" % row[0].strip()] if not proofs else []
        faults += ["%s: no %s" % (row[0].strip(), proof) for proof in proofs if not is_there(proof, known)]
    return faults


def main():
    with open(os.path.join(ROOT, "engine/workflow/README.md"), encoding="utf-8") as file:
        page = file.read()
    faults = faults_of(page)
    # It can fail: a proof that is not there, and a row without one.
    for wrong in ("| 甲 | x | `Nobody.ProvesThis` |", "| 乙 | x | `tests/nowhere/` |", "| 丙 | x | |"):
        if len(faults_of(page.replace("\n| 顺序会签", "\n%s\n| 顺序会签" % wrong, 1))) != len(faults) + 1:
            faults.append("not found: " + wrong)
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
