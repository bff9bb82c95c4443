#!/usr/bin/env python3
"""The workflows that ship are proved, tried out in every step, branch, action and seat, and drawn."""
import glob, json, os

from wenshu import ROOT, expect, folder, must, run

FOLDER = os.path.join(ROOT, "workflows")
NAMES = sorted(os.path.basename(f)[:-len(".workflow.yaml")] for f in glob.glob(os.path.join(FOLDER, "*.workflow.yaml")))

done = run("workflow", "check", "workflows")
expect("workflow check is clean and silent", done.returncode == 0 and not done.stdout + done.stderr, done.stdout + done.stderr)

told = json.loads(must("workflow", "test", "workflows", "--all", "--json").stdout)
expect("each workflow has scenarios", [r["workflow"] for r in told["workflows"]] == NAMES and len(NAMES) >= 10, NAMES)
for report in told["workflows"]:
    parts = [report[key] for key in ("steps", "branches", "actions", "seats")]
    expect("every case of %s runs as expected and everything is covered" % report["workflow"],
           report["passed"] == report["cases"] > 1 and all(p["covered"] == p["all"] for p in parts), report)

for name in NAMES:
    picture = must("workflow", "draw", os.path.join("workflows", name + ".workflow.yaml")).stdout
    kept = open(os.path.join(FOLDER, "pictures", name + ".svg"), encoding="utf-8").read()
    expect("the picture of %s is up to date (workflows/pictures/remake)" % name, picture == kept)

done = run("workflow", "check", "tests/workflow/patterns")
expect("the control-flow patterns are sound", done.returncode == 0 and not done.stdout + done.stderr, done.stdout + done.stderr)
told = json.loads(must("workflow", "test", "tests/workflow/patterns", "--all", "--json").stdout)
expect("each control-flow pattern runs as its scenarios say", len(told["workflows"]) >= 20 and not told["findings"], told["findings"])

# What a scenario expects is truly compared: each expectation, altered, fails with its own code.
SCENARIOS = open(os.path.join(FOLDER, "seal-use.scenarios.yaml"), encoding="utf-8").read()
ALTERED = {
    "wrong-seats": ("seats: {stamp: [徐磊]}", "seats: {stamp: [周敏]}"),
    "wrong-number": ("印〔2020〕1号", "印〔2020〕2号"),
    "wrong-rows": ("seal-uses: 1", "seal-uses: 2"),
    "wrong-end": ("then: {ended: refused}", "then: {ended: done}"),
    "not-refused": ("{as: 方琴, act: submit}", "{as: 方琴, act: submit, then: {refused: [guard-false]}}"),
    "refused": ("{as: 方琴, act: submit, then: {refused: [guard-false]}}", "{as: 方琴, act: submit}"),
    "not-covered": ("      - {as: 徐磊, act: return, opinion: 文件是复印件, then: {seats: {draft: [方琴]}}}\n"
                    "      - {as: 方琴, act: submit}\n      - {as: 陆致远, act: agree}\n      - {as: 何建章, act: approve}\n", ""),
    "unknown-action": ("act: record", "act: recrod"),
    "unknown-person": ("as: 石鸣", "as: 石铭"),
    "unknown-step": ("stamp: [徐磊]", "stmap: [徐磊]"),
    "unknown-field": ("copies: 2", "copeis: 2"),
}
for code, (old, new) in ALTERED.items():
    assert old in SCENARIOS, old
    with folder() as at:
        for name in os.listdir(FOLDER):
            if name.startswith("seal-use"):
                with open(os.path.join(at, name), "w", encoding="utf-8") as file:
                    text = open(os.path.join(FOLDER, name), encoding="utf-8").read()
                    text = text.replace(old, new, 1) if name.endswith(".scenarios.yaml") else text
                    file.write(text.replace("../samples", os.path.join(ROOT, "samples")))
        done = run("workflow", "test", at, "--all")
        expect("an altered scenario fails with " + code, done.returncode == 1 and "[%s]" % code in done.stdout + done.stderr, done.stdout + done.stderr)
