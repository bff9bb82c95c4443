#!/usr/bin/env python3
"""The command line as a contract: --json is JSON whatever happens, a wrong command is told in Chinese, and the example
of every help text works as it is typed."""
import json, os, re, shlex, shutil, sys

from wenshu import ROOT, expect, fail, folder, must, run

COUNTY = ROOT + "/samples/county-2020"


def commands(*above):
    """Every subcommand that does something, from the help texts."""
    text = must(*above, "--help").stdout
    below = re.search(r"^命令:\n((?:  .*\n)+)", text, re.M)
    if not below:
        return [above]
    return [c for line in below.group(1).splitlines() for c in commands(*above, line.split()[0])]


def everything_is_json(at):
    told = [
        ("case list", 0), ("case start annual-plan --data {c}/plan.yaml --as fang-qin --request r1", 0),
        ("case start annual-plan --data {c}/plan.yaml --as fang-qin --request r1", 0),
        ("case start annual-plan --data {c}/application.yaml --as fang-qin", 1),
        ("case start anual-plan --data {c}/plan.yaml --as fang-qin", 4),
        ("case act annual-plan-1 submit --as fang-qin --request r1", 3), ("case act annual-plan-1 agree --as 无名", 4),
        ("case show annual-plan-1", 0), ("case show annual-plan-2", 4), ("case history annual-plan-1", 0),
        ("case why annual-plan-1 --as fang-qin", 0), ("case why annual-plan-1", 3), ("case export annual-plan-1 -o x", 0),
        ("inbox --as fang-qin", 0), ("inbox", 3), ("register list", 0), ("register show certificates", 0),
        ("register show nothing", 4), ("register export certificates", 0), ("register export certificates -o c.csv", 0),
        ("register import certificates c.csv --as fang-qin", 1), ("register gaps", 0), ("audit verify", 0),
        ("audit verify --head x", 2), ("eval 1+1", 0), ("eval 1+", 1), ("fonts", 0), ("check {r}/workflows", 0),
        ("due \"2 workdays\" --from 2026-02-13", 0), ("due \"2 workdays\" --from 2026-12-31", 1), ("due \"2 weeks\"", 1), ("due \"2 days\" --from soon", 2), ("check nothing", 4), ("new register 借阅", 0), ("new register 借阅", 3), ("new registr x", 2), ("new form A-1", 1), ("notice nothing.yaml -o n.pdf", 4), ("publish {r}/workflows {r}/templates", 0), ("publish {c}/directory.yaml", 1),
        ("init", 3), ("init --now yesterday --store x.db", 2), ("init --now 0000-01-01 --store x.db", 2),
        ("init --store nothing/x.db", 5), ("tags {r}/templates/tables/training-schedule.docx", 0),
        ("fill {r}/templates/tables/training-schedule.docx --data {c}/plan.yaml -o s.docx", 0),
        ("notice {r}/samples/district-2024/notice.yaml -o n.docx", 0), ("", 2), ("frob", 2), ("case", 2),
        ("case start", 2), ("inbox more", 2), ("inbox --frob", 2), ("init --office", 2), ("init --as a --as b", 2),
    ]
    for words, code in told:
        done = run("--json", *shlex.split(words.format(c=COUNTY, r=ROOT)), cwd=at)
        expect("exit %d: %s" % (code, words), done.returncode == code, done.stdout + done.stderr)
        try:
            json.loads(done.stdout)
        except ValueError as error:
            fail("--json of %s is no JSON (%s)\n%s%s" % (words, error, done.stdout, done.stderr))


def wrong_commands_are_told_in_chinese(at):
    for words, said in [("inbx", '是否为 "inbox"?'), ("case strat", '是否为 "start"?'), ("--jsno case list", '是否为 "--json"?'),
                        ("case start", "缺少 workflow（流程）"), ("init extra", "多写了 extra"),
                        ("init --office", "--office 后面要写内容"), ("init --as a --as b", "--as 只能写一次"),
                        ("verify x --list y", "--list 要与 --key 同用"),
                        ("fill x --data y --each z --one-file", "不能与"),
                        ("fill x --data y --header-row 0", "--header-row 写成了 0，应是 1 到 1048576 之间的整数"),
                        ("fill x --data y --missing so", "--missing 写成了 so，应是其中之一：error、blank、keep、line"),
                        ("verify -#B6x", "要写在 -- 后面：wenshu verify -- '-#B6x'")]:
        done = run(*words.split(), cwd=at)
        expect("%s: %s" % (words, said), done.returncode == 2 and said in done.stderr, done.stderr)
        expect("%s: no English sentence" % words, not re.search(r"[a-z]+ [a-z]+ [a-z]+ [a-z]+", done.stderr), done.stderr)


def examples_work(at):
    """In the order in which a clerk would type them, in a copy of what the repository holds."""
    for name in ("workflows", "templates", "samples", "fonts"):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(at, name), copy_function=shutil.copy)
    with open(os.path.join(at, "密码.txt"), "w", encoding="utf-8") as file:
        file.write("示例密码 not to be guessed 7\n")
    examples = {}
    for command in commands():
        text = must(*command, "--help").stdout
        expect("the help of %s speaks Chinese alone" % " ".join(command),
               not re.search(r"\bU?INT\b|\bTEXT\b|\bin \[|Needs|Excludes|REQUIRED|=\d", text), text)
        lines = re.findall(r"^(?:例:|   ) (wenshu .*)$", text, re.M)
        expect("the help of %s has an example of it" % " ".join(command),
               any(line.startswith("wenshu " + " ".join(command)) for line in lines), text)
        examples[command] = lines
    first = [("init",), ("publish",), ("case", "start"), ("case", "act")]
    for command in first + [c for c in examples if c not in first]:
        for line in examples[command]:
            done = run(*shlex.split(line)[1:], cwd=at)
            expect("works as typed: " + line, done.returncode == 0, done.stdout + done.stderr)


def what_new_writes_checks_clean(at):
    for kind in ("workflow", "form", "register", "notice", "certificate"):
        own = os.path.join(at, kind)
        must("new", kind, "first", "-o", own)
        done = must("check", own)
        expect("new %s checks clean" % kind, done.stdout == "" and done.stderr == "", done.stdout + done.stderr)
        before = sorted((f, open(os.path.join(own, f)).read()) for f in os.listdir(own))
        expect("new %s overwrites nothing" % kind, run("new", kind, "first", "-o", own).returncode == 3)
        expect("and leaves all as it was", before == sorted((f, open(os.path.join(own, f)).read()) for f in os.listdir(own)))


def what_new_writes_runs(at):
    own = os.path.join(at, "own")
    must("new", "scenarios", "first", "-o", own)
    done = must("check", own)
    expect("new scenarios checks clean", done.stdout + done.stderr == "", done.stdout + done.stderr)
    told = json.loads(must("workflow", "test", own, "--all", "--json").stdout)
    report, = told["workflows"]
    expect("new scenarios runs and goes everywhere", report["passed"] == report["cases"] > 1 and not told["findings"], told)
    # Beside a workflow that is there already nothing but the scenarios and an office for them is written.
    beside = os.path.join(at, "beside")
    must("new", "workflow", "second", "-o", beside)
    before = {f: open(os.path.join(beside, f), encoding="utf-8").read() for f in os.listdir(beside)}
    must("new", "scenarios", "second", "-o", beside)
    expect("what was there stays", all(open(os.path.join(beside, f), encoding="utf-8").read() == text for f, text in before.items()))
    must("workflow", "test", beside, "--all")


with folder() as one:
    must("init", "--office", COUNTY, cwd=one)
    must("publish", ROOT + "/workflows", ROOT + "/templates", cwd=one)
    everything_is_json(one)
    wrong_commands_are_told_in_chinese(one)
with folder() as two:
    examples_work(two)
with folder() as three:
    what_new_writes_checks_clean(three)
    what_new_writes_runs(three)
