#!/usr/bin/env python3
"""`wenshu new scenarios` for a workflow that is there: what it writes fits, passes at once and comes by most of it."""
import os, shutil

from wenshu import ROOT, expect, folder, must, run

OFFICE = os.path.join(ROOT, "samples/county-2020")


with folder() as at:
    # With the office's people.
    for name in ("annual-plan", "seal-use", "fund-use"):
        own = os.path.join(at, name)
        os.makedirs(own)
        for file in os.listdir(os.path.join(ROOT, "workflows")):
            if file.endswith(".register.yaml") or file in (name + ".workflow.yaml", name + ".form.yaml"):
                shutil.copy(os.path.join(ROOT, "workflows", file), own)
        done = must("new", "scenarios", name, "-o", own, "--office", OFFICE)
        tested = run("workflow", "test", own)
        expect(name + ": passes at once", tested.returncode == 0, tested.stdout + tested.stderr)
        print(tested.stdout.strip().splitlines()[0])
        checked = run("check", own, os.path.join(OFFICE, "directory.yaml"))
        expect(name + ": nothing to complain of in it", "scenarios.yaml" not in checked.stdout + checked.stderr, checked.stdout + checked.stderr)

    # Without any: a small office is made.
    own = os.path.join(at, "alone")
    must("new", "workflow", "leave", "-o", own)
    must("new", "scenarios", "leave", "-o", own)
    expect("an office is made where there is none", os.path.exists(os.path.join(own, "leave.directory.yaml")))
    tested = run("workflow", "test", own, "--all")
    expect("and everything is come by", tested.returncode == 0, tested.stdout + tested.stderr)
    again = run("new", "scenarios", "leave", "-o", own)
    expect("what is there is not written over", again.returncode == 3 and "file-exists" in again.stdout + again.stderr, again.stderr)

    # A workflow with faults gets none.
    with open(os.path.join(own, "leave.workflow.yaml"), "a", encoding="utf-8") as file:
        file.write("  lost: {title: 丢, seat: initiator, actions: {agree: {to: nowhere}}}\n")
    os.remove(os.path.join(own, "leave.scenarios.yaml"))
    done = run("new", "scenarios", "leave", "-o", own)
    expect("a faulty workflow is told of instead", done.returncode == 1 and "nowhere" in done.stdout + done.stderr
           and not os.path.exists(os.path.join(own, "leave.scenarios.yaml")), done.stdout + done.stderr)
