#!/usr/bin/env python3
"""What the commands about cases say: why of one action, steps that are not open, calendars that are missing; and an office
of more people than a definition may have parts."""
import json, os

from wenshu import ROOT, expect, folder, must, run

FORM = "form: leave\ntitle: 请假\nfields:\n  title: {title: 事由, type: text, required: true}\n"
FLOW = """workflow: leave
title: 请假审批
version: 1
form: leave
managers: [{person: 周敏}]
steps:
  draft: {title: 拟稿, seat: initiator, edit: [title], actions: {submit: {to: look}}}
  look:
    title: 审核
    seat: {person: 周敏}
    due: 2 workdays
    overdue: remind
    actions:
      agree: {to: done, when: "title != '不准'"}
      reject: {to: refused, opinion: required}
  done: {title: 准假, end: true}
  refused: {title: 不准假, end: true}
"""
NOW = ("--now", "2026-03-02T01:00:00Z")


def why(at, *words):
    return json.loads(must("case", "why", "leave-1", *words, "--json", *NOW, cwd=at).stdout)


with folder() as at:
    os.makedirs(os.path.join(at, "flows"))
    for name, text in (("leave.form.yaml", FORM), ("leave.workflow.yaml", FLOW)):
        with open(os.path.join(at, "flows", name), "w", encoding="utf-8") as file:
            file.write(text)
    with open(os.path.join(at, "d.json"), "w", encoding="utf-8") as file:
        json.dump({"title": "不准"}, file)
    must("init", "--office", os.path.join(ROOT, "samples/county-2020"), cwd=at)
    told = must("publish", "flows", cwd=at).stdout
    expect("publishing says that a deadline has no calendar", "还没有日历" in told and "publish workflows/calendars" in told, told)
    must("case", "start", "leave", "--data", "d.json", "--as", "方琴", *NOW, cwd=at)
    must("case", "act", "leave-1", "submit", "--as", "方琴", *NOW, cwd=at)
    told = must("case", "due", *NOW, cwd=at).stdout
    expect("so does the list of deadlines", "库里没有日历" in told, told)
    told = run("case", "clock", "--now", "2026-06-01T01:00:00Z", cwd=at)
    expect("and the clock", "库里没有日历" in told.stdout + told.stderr, told.stdout + told.stderr)
    must("publish", os.path.join(ROOT, "workflows/calendars"), cwd=at)
    must("case", "clock", *NOW, cwd=at)
    told = must("case", "due", *NOW, cwd=at).stdout
    expect("with a calendar it is counted", "2026-03-04" in told, told)

    done = run("due", "0 workdays", cwd=at)
    expect("a deadline that is too short or too long is told as that", "不在 1 到 1000 之间" in done.stdout + done.stderr, done.stdout)
    os.makedirs(os.path.join(at, "faulty"))
    for name, text in (("leave.form.yaml", FORM), ("leave.workflow.yaml", FLOW), ("directory.yaml", "directory: d\ntitle: 局\nposts: []\n")):
        with open(os.path.join(at, "faulty", name), "w", encoding="utf-8") as file:
            file.write(text)
    done = run("workflow", "check", "faulty", cwd=at)
    expect("people are not left unchecked without a word", done.returncode == 1 and "directory.yaml" in done.stdout, done.stdout)

    view = why(at, "agree", "--as", "周敏")
    expect("why of one action speaks of it alone", [a["action"] for a in view["actions"]] == ["agree"]
           and [b["code"] for b in view["actions"][0]["blockers"]] == ["guard-false"], str(view))
    told = must("case", "why", "leave-1", "--as", "周敏", *NOW, cwd=at).stdout
    expect("and of all, an end by its name", "办件已办结（不准假）" in told, told)
    expect("and no sentence twice over", "不能同意：不能同意" not in told, told)
    view = why(at, "recall", "--as", "方琴")
    expect("an act that every workflow knows is answered", view["actions"][0]["blockers"] == [], str(view))
    view = why(at, "terminate", "--as", "方琴")
    expect("and why not", [b["code"] for b in view["actions"][0]["blockers"]] == ["not-manager"], str(view))
    for who, act in (("周敏", "agree"), ("周敏", "reject"), ("周敏", "transfer"), ("方琴", "recall"), ("方琴", "terminate"), ("方琴", "agree")):
        view = why(at, act, "--as", who)
        reasons = [a for a in view["answers"] if a["question"] in ("may", "may-not")]
        blockers = view["actions"][0]["blockers"]
        expect("each answer about one action cites a rule or an event",
               len(reasons) == max(1, len(blockers)) and all(a["rule"] or a["event"] for a in view["answers"]), str(view))
        told = must("case", "why", "leave-1", act, "--as", who, *NOW, cwd=at).stdout
        expect("and says one thing throughout", ("不能办理" in told) == bool(blockers) == ("现在可以" not in told), told)
    done = run("case", "why", "leave-1", "agre", "--as", "周敏", *NOW, cwd=at)
    expect("a word that is none is refused", done.returncode == 3 and "unknown-action" in done.stdout + done.stderr, done.stderr)
    done = run("case", "act", "leave-1", "reject", "--opinion", "不", "--step", "lok", "--as", "周敏", *NOW, cwd=at)
    expect("a step that is not open is named with those that are", done.returncode == 3 and "look（审核）" in done.stdout + done.stderr, done.stderr)
    done = run("case", "act", "leave-1", "reject", "--opinion", "不", "--to", "draft", "--as", "周敏", *NOW, cwd=at)
    expect("what an act does not read is refused by name", done.returncode == 3 and "--to" in done.stdout + done.stderr, done.stderr)

    people, count = "", 5000
    for number in range(count):
        people += "  t%d: {name: 教师%d, department: school, posts: [%s]}\n" % (number, number, "教师" if number else "负责人")
    with open(os.path.join(at, "directory.yaml"), "w", encoding="utf-8") as file:
        file.write("directory: county\ntitle: 县教育局\nposts: [负责人, 教师]\ndepartments:\n  school: {title: 学校, members: [%s]}\npeople:\n%s"
                   % (", ".join("t%d" % n for n in range(count)), people))
    done = run("check", "directory.yaml", cwd=at)
    expect("an office has five thousand people", done.returncode == 0 and not done.stdout + done.stderr, done.stderr[:400])
