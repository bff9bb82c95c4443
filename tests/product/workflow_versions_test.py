#!/usr/bin/env python3
"""A new version of a workflow is rehearsed on stored cases, running cases move to it and back, and a case can be played
on the terminal before anything is published."""
import json, os

from wenshu import expect, folder, must, run

OFFICE = """directory: office
title: 示例局
posts: [局长, 副局长, 负责人, 科员]
departments:
  bureau:   {title: 局领导, members: [he, tang]}
  office:   {title: 办公室, members: [zhou]}
  research: {title: 教研室, members: [liang, fan]}
people:
  he:    {name: 何建, department: bureau, posts: [局长]}
  tang:  {name: 唐淑, department: bureau, posts: [副局长]}
  zhou:  {name: 周敏, department: office, posts: [负责人]}
  liang: {name: 梁文, department: research, posts: [负责人]}
  fan:   {name: 范宇, department: research, posts: [科员]}
"""
FORM = "form: paper\ntitle: 文件\nfields:\n  title: {title: 标题, type: text, required: true}\n  amount: {title: 金额, type: decimal, required: true}\n"
OLD = """workflow: paper
title: 文件
version: 1
form: paper
managers: [{post: 负责人, of: 办公室}]
steps:
  draft:  {title: 拟稿, seat: initiator, edit: [amount], actions: {submit: {to: head}}}
  head:   {title: 科室, seat: {post: 负责人, of: initiator.department}, due: 2 workdays, overdue: remind, actions: {agree: {to: chief}, return: {to: draft}}}
  chief:  {title: 局长, seat: {post: 局长}, actions: {approve: {to: done}, return: {to: head}}}
  done:   {title: 办结, end: true}
"""
# head is called check, the deputy comes in between, the chief's seat goes to the deputy for small sums.
NEW = """workflow: paper
title: 文件
version: 2
form: paper
managers: [{post: 负责人, of: 办公室}]
steps:
  draft:  {title: 拟稿, seat: initiator, edit: [amount], actions: {submit: {to: head}}}
  head:   {title: 科室, seat: {post: 负责人, of: initiator.department}, due: 3 workdays, overdue: remind, actions: {agree: {to: office}, return: {to: draft}}}
  office: {title: 办公室, seat: {post: 负责人, of: 办公室}, actions: {agree: {to: chief}, return: {to: draft}}}
  chief:  {title: 局长, seat: {post: 副局长}, actions: {approve: {to: done}, return: {to: head}}}
  done:   {title: 办结, end: true}
"""


def write(at, name, text):
    with open(os.path.join(at, name), "w", encoding="utf-8") as file:
        file.write(text)


with folder() as at:
    write(at, "directory.yaml", OFFICE)
    write(at, "paper.form.yaml", FORM)
    write(at, "paper.workflow.yaml", OLD)
    write(at, "data.yaml", "title: 一份文件\namount: 100\n")
    must("init", "--office", ".", cwd=at)
    must("publish", "paper.workflow.yaml", "paper.form.yaml", cwd=at)
    for _ in range(3):
        must("case", "start", "paper", "--data", "data.yaml", "--as", "fan", cwd=at)
    acts = [("paper-1", "submit", "fan"), ("paper-1", "agree", "liang"), ("paper-1", "approve", "he"),
            ("paper-2", "submit", "fan"), ("paper-2", "agree", "liang"), ("paper-3", "submit", "fan")]
    for case, action, person in acts:
        must("case", "act", case, action, "--as", person, cwd=at)
    head = must("audit", "verify", "--json", cwd=at).stdout

    write(at, "paper.workflow.yaml", NEW)
    same = run("workflow", "rehearse", "paper.workflow.yaml", "--json", cwd=at)
    lines = json.loads(same.stdout)
    codes = {line["id"]: [d["code"] for d in line["differences"]] for line in lines}
    expect("rehearsal tells the new step, the other person and the deadline, case by case",
           codes == {"paper-1": ["deadline", "path", "people", "refused"], "paper-2": ["deadline", "path", "people"], "paper-3": ["deadline"]}, same.stdout + same.stderr)
    texts = same.stdout
    expect("in words", all(t in texts for t in ("新版多一个环节“办公室”，由 周敏", "旧版由 何建 办理，新版由 唐淑 办理", "由 2 个工作日 改为 3 个工作日")), texts)
    expect("rehearsal writes nothing", must("audit", "verify", "--json", cwd=at).stdout == head)
    write(at, "paper.workflow.yaml", OLD)
    expect("the same version differs nowhere", "0 件有不同" in must("workflow", "rehearse", "paper.workflow.yaml", cwd=at).stdout)

    gone = NEW.replace("  head:", "  check:").replace("to: head", "to: check")
    write(at, "paper.workflow.yaml", gone)
    must("publish", "paper.workflow.yaml", "paper.form.yaml", cwd=at)
    migrate = ("workflow", "migrate", "paper")
    preview = run(*migrate, "--preview", "--as", "zhou", "--json", cwd=at)
    told = {line["id"]: [b["code"] for b in line["blockers"]] for line in json.loads(preview.stdout)}
    expect("a step that is gone is told before anything moves", told == {"paper-2": [], "paper-3": ["step-gone"]}, preview.stdout)
    refused = run(*migrate, "--opinion", "新版", "--as", "zhou", cwd=at)
    expect("all or none", refused.returncode == 3 and "step-gone" in refused.stdout + refused.stderr, refused.stdout + refused.stderr)
    expect("a wrong map is told", "unknown-step" in (lambda d: d.stdout + d.stderr)(run(*migrate, "--map", "head=chek", "--opinion", "新版", "--as", "zhou", cwd=at)))
    stranger = run(*migrate, "--map", "head=check", "--opinion", "新版", "--as", "liang", cwd=at)
    expect("only who manages the cases moves them", stranger.returncode == 3 and "not-manager" in stranger.stdout + stranger.stderr, stranger.stderr)
    expect("nothing has happened so far", must("audit", "verify", "--json", cwd=at).stdout != "" and
           json.loads(must("case", "show", "paper-3", "--json", cwd=at).stdout)["version"] == 1)

    before = {c: must("case", "show", c, "--json", cwd=at).stdout for c in ("paper-2", "paper-3")}
    must(*migrate, "--map", "head=check", "--opinion", "新版", "--as", "zhou", cwd=at)
    after = {c: json.loads(must("case", "show", c, "--json", cwd=at).stdout) for c in before}
    expect("both run by version 2, at the steps of the map", all(v["version"] == 2 for v in after.values()) and
           [s["step"] for s in after["paper-3"]["seats"]] == ["check"], after)
    expect("the chief's seat is sent again to whom the new version names", [s["person"] for s in after["paper-2"]["seats"]] == ["tang"], after["paper-2"])
    must("audit", "verify", cwd=at)
    expect("the history says so", "第 1 版改为第 2 版" in must("case", "history", "paper-2", "--json", cwd=at).stdout)

    stranger = run(*migrate, "--undo", "--opinion", "有误", "--as", "fan", cwd=at)
    expect("only a manager undoes it", stranger.returncode == 3 and "not-manager" in stranger.stdout + stranger.stderr, stranger.stderr)
    must(*migrate, "--undo", "--opinion", "有误", "--as", "zhou", cwd=at)
    back = {c: json.loads(must("case", "show", c, "--json", cwd=at).stdout) for c in before}
    for case, old in before.items():
        was = json.loads(old)
        expect("%s stands where it stood" % case, back[case]["version"] == 1 and back[case]["seats"] == was["seats"], back[case])
    must("audit", "verify", cwd=at)
    must(*migrate, "--undo", "--opinion", "有误", "--as", "zhou", cwd=at)
    expect("undoing twice does not do it again", all(json.loads(must("case", "show", c, "--json", cwd=at).stdout)["version"] == 1 for c in before))
    twice = run(*migrate, "--undo", "--case", "paper-3", "--opinion", "有误", "--as", "zhou", cwd=at)
    expect("and says so", twice.returncode == 3 and "not-migrated" in twice.stdout + twice.stderr, twice.stderr)
    must(*migrate, "--map", "head=check", "--opinion", "新版", "--as", "zhou", cwd=at)
    must("case", "act", "paper-3", "agree", "--as", "liang", cwd=at)
    late = run(*migrate, "--undo", "--case", "paper-3", "--opinion", "有误", "--as", "zhou", cwd=at)
    expect("what has been acted on since is not undone", late.returncode == 3 and "acted-since" in late.stdout + late.stderr, late.stderr)
    part = run(*migrate, "--undo", "--opinion", "有误", "--as", "zhou", cwd=at)
    expect("nor a part of those that were moved together", part.returncode == 3 and "paper-3" in part.stdout + part.stderr and
           json.loads(must("case", "show", "paper-2", "--json", cwd=at).stdout)["version"] == 2, part.stdout + part.stderr)
    for action, person in (("agree", "zhou"), ("approve", "tang")):
        must("case", "act", "paper-3", action, "--as", person, cwd=at)
    expect("a moved case comes to its end", json.loads(must("case", "show", "paper-3", "--json", cwd=at).stdout)["open"] is False)
    must("audit", "verify", cwd=at)

    simulate = ("workflow", "simulate", "paper.workflow.yaml", "--office", ".", "--data", "data.yaml", "--as", "fan")
    done = run(*simulate, cwd=at, input="amount=90\n1\n梁文 agree 可以\nh\n1\n1\n")
    expect("a script plays a case to its end", done.returncode == 0 and "办件已经结束" in done.stdout and "梁文" in done.stdout, done.stdout + done.stderr)
    done = run(*simulate, cwd=at, input="1\n周敏 agree\n")
    expect("what the rules refuse ends the script", done.returncode == 3 and "not-your-seat" in done.stdout + done.stderr, done.stdout + done.stderr)
    expect("and the store knows nothing of it", len(json.loads(must("case", "list", "--json", cwd=at).stdout)) == 3)
