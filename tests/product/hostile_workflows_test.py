#!/usr/bin/env python3
"""Whatever a workflow of 1 MB holds, checking it ends: with findings, or saying what was not decided.

Each file is made on the spot. WENSHU_LONG=1 makes them as large as a file may be and demands 5 s of processor time (a
release build); the short form asks for an end and the right answer alone.
"""
import os, random, resource

from wenshu import expect, folder, run

LONG = os.environ.get("WENSHU_LONG")
FORM = "form: f\ntitle: 表\nfields:\n  title: {title: 题, type: text}\n  n: {title: 数, type: integer}\n  ok: {title: 可, type: boolean}\n"
HEAD = "workflow: w\ntitle: 大\nversion: 1\nform: f\nsteps:\n"
DONE = "  done: {end: true}\n"
START = "  s0: {title: 起, seat: initiator, edit: [n, ok, title], actions: {submit: {to: %s}}}\n"


def many(long, short):
    return long if LONG else short


def human(step, to, more=""):
    return "  %s: {title: 步, seat: initiator, actions: {agree: {to: %s}%s}}\n" % (step, to, more)


def chain(count, back=""):
    return START % "s1" + "".join(
        human("s%d" % i, "s%d" % (i + 1) if i < count else "done", back and ", return: {to: s%d}" % (i // 2)) for i in range(1, count + 1))


def branches(count, route="all", when="", more=""):
    text = START % "split" + "  split:\n    title: 分\n    route: %s\n    branches:\n" % route
    for i in range(count):
        text += "      - {to: b%d%s}\n" % (i, when % i if when and i + 1 < count else "")
    text += "".join(human("b%d" % i, "join", more) for i in range(count))
    return text + "  join: {title: 合, join: split, to: last}\n" + human("last", "done")


def nested(depth):
    text = START % "x0"
    for d in range(depth):
        text += "  x%d: {title: 分, route: all, branches: [{to: x%d}, {to: y%d}]}\n" % (d, d + 1, d)
        text += human("y%d" % d, "j%d" % d)
        text += "  j%d: {title: 合, join: x%d, to: %s}\n" % (d, d, "j%d" % (d - 1) if d else "done")
    return text + human("x%d" % depth, "j%d" % (depth - 1))


def series(count):
    text = START % "x0"
    for i in range(count):
        text += "  x%d: {title: 分, route: all, branches: [{to: a%d}, {to: b%d}, {to: c%d}]}\n" % (i, i, i, i)
        text += "".join(human("%s%d" % (letter, i), "j%d" % i, ", return: {to: s0}") for letter in "abc")
        text += "  j%d: {title: 合, join: x%d, to: %s}\n" % (i, i, "x%d" % (i + 1) if i + 1 < count else "done")
    return text


def mess(count):
    dice = random.Random(5)
    text = START % "x0"
    for i in range(count):
        text += "  x%d: {title: 分, route: all, branches: [{to: h%d}, {to: h%d}]}\n" % (i, dice.randrange(count), dice.randrange(count))
        text += human("h%d" % i, "x%d" % dice.randrange(count), ", reject: {to: done}")
    return text


def dense(count):
    dice = random.Random(5)
    text = START % "x0"
    for i in range(count):
        text += "  x%d:\n    title: 分\n    route: one\n    branches:\n" % i
        text += "".join("      - {to: h%d, when: 'n == %d'}\n" % (dice.randrange(count), k) for k in range(20))
        text += "      - {to: h%d}\n" % dice.randrange(count)
        text += "  h%d: {title: 步, seat: initiator, edit: [n], actions: {agree: {to: x%d}, reject: {to: done}}}\n" % (i, (i + 1) % count)
    return text


def seats(count, decide):
    people = ", ".join("{person: p%d}" % i for i in range(count))
    return (START % "c" + "  c:\n    title: 会签\n    seats: [" + people + "]\n    decide: " + decide
            + "\n    actions: {agree: {to: done}, reject: {to: s0}}\n")


def guarded(guard):
    return '  s0: {title: 起, seat: initiator, edit: [n, ok, title], actions: {submit: {to: done, when: "%s"}}}\n' % guard


def circle(count):
    return START % "a0" + "".join("  a%d: {title: 自, to: a%d}\n" % (i, (i + 1) % count) for i in range(count))


# name -> (the steps, a code that must be said; None: clean is right, too)
FLOWS = {
    "ten thousand steps": (chain(10000), "too-many-nodes"),
    "a long chain": (chain(many(1600, 700)), "not-decided"),
    "a long chain with returns": (chain(many(1150, 650), back=True), "not-decided"),
    "a thousand parallel branches": (branches(1000), "not-decided"),
    "branches that can be returned": (branches(many(800, 60), more=", return: {to: s0}"), "not-decided"),
    "inclusive branches": (branches(many(1000, 450), "each", ", when: 'n > %d'"), "not-decided"),
    "exclusive branches": (branches(many(1000, 450), "one", ", when: 'n == %d'"), None),
    "splits in splits": (nested(many(700, 40)), None),
    "splits one after another": (series(many(300, 20)), None),
    "splits without order": (mess(many(950, 60)), None),
    "splits that lead anywhere": (dense(many(120, 12)), None),
    "a countersign of thousands": (seats(many(5500, 200), "{rule: all}"), None),
    "a vote of thousands": (seats(many(5500, 200), "{rule: votes, threshold: 2/3, quorum: 10}"), None),
    "automatic steps in a circle": (circle(many(3200, 300)), "automatic-circle"),
    "a list ten thousand deep": ("  s0: " + "[" * 10000 + "]" * 10000 + "\n", "too-deep"),
    "a guard ten thousand deep": (guarded("(" * 10000 + "ok" + ")" * 10000), "too-deep"),
    "a guard that denies ten thousand times": (guarded("!" * 10000 + "ok"), "too-deep"),
    "a guard of many comparisons": (guarded(" || ".join("n == %d" % i for i in range(many(70000, 2000)))), None),
    "a guard of many ranges": (guarded(" && ".join("(n < %d || n > %d)" % (3 * i, 3 * i + 1) for i in range(many(30000, 700)))), None),
    "a guard of a long list": (guarded("n in [%s]" % ",".join(map(str, range(many(150000, 5000))))), None),
    "a guard of a long sum": (guarded("n " + "+ n " * many(200000, 8000) + "> 3"), None),
    "a guard of long texts": (guarded("size(title" + " + title" * many(50000, 2500) + ") > 3"), None),
    "a pattern that goes back": (guarded("title.matches('" + "(a*)*" * many(2000, 300) + "b')"), None),
}

with folder() as at:
    with open(os.path.join(at, "f.form.yaml"), "w", encoding="utf-8") as file:
        file.write(FORM)
    for name, (steps, code) in FLOWS.items():
        with open(os.path.join(at, "w.workflow.yaml"), "w", encoding="utf-8") as file:
            file.write(HEAD + steps + DONE)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = run("workflow", "check", at, timeout=100)
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        told = done.stdout + done.stderr
        expect("%s: an answer" % name, done.returncode in (0, 1), "%d %s" % (done.returncode, told[:400]))
        expect("%s: the right one" % name, code is None or "[%s]" % code in told, told[:400])
        if LONG:
            expect("%s: %.2f s" % (name, used), used < 5)
