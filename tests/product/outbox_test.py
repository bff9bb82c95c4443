#!/usr/bin/env python3
"""The outbox through the program: whole files in a folder, a program called once a message, and no message lost when the
sender is killed between handing over and noting it - the second time it comes under the same key."""
import json, os, signal, subprocess, time

from wenshu import PROGRAM, ROOT, expect, folder, must, run

NOW = ("--now", "2020-03-02T01:00:00Z")


def later(minutes):
    return ("--now", "2020-03-02T%02d:%02d:00Z" % (1 + minutes // 60, minutes % 60))


def script(at, name, text):
    path = os.path.join(at, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\n" + text)
    os.chmod(path, 0o755)
    return path


def listed(at, *state):
    return json.loads(must("outbox", "list", *state, "--json", cwd=at).stdout)


def deliver(at, *options, **more):
    done = run("outbox", "deliver", *options, "--json", cwd=at, **more)
    return done, json.loads(done.stdout) if done.stdout.startswith("{") else None


def send_one(at, title):
    with open(os.path.join(at, "seal.json"), "w", encoding="utf-8") as file:
        json.dump({"title": title}, file)
    answer = json.loads(must("case", "start", "letter", "--data", "seal.json", "--as", "方琴", *NOW, "--json", cwd=at).stdout)
    must("case", "act", answer["id"], "submit", "--as", "方琴", *NOW, cwd=at)


with folder() as at:
    os.makedirs(os.path.join(at, "flows"))
    with open(os.path.join(at, "flows", "letter.form.yaml"), "w", encoding="utf-8") as file:
        file.write("form: letter\ntitle: 来信\nfields:\n  title: {title: 事由, type: text, required: true}\n")
    with open(os.path.join(at, "flows", "letter.workflow.yaml"), "w", encoding="utf-8") as file:
        file.write("workflow: letter\ntitle: 来信\nversion: 1\nform: letter\nsteps:\n"
                   "  draft: {title: 登记, seat: initiator, edit: [title], actions: {submit: {to: review}}}\n"
                   "  review: {title: 审核, seat: {person: 周敏}, actions: {agree: {to: done}}}\n  done: {title: 办结, end: true}\n")
    must("init", "--office", os.path.join(ROOT, "samples/county-2020"), cwd=at)
    must("publish", "flows", cwd=at)
    send_one(at, "一")

    done = run("outbox", "deliver", "--folder", "没有", cwd=at)
    expect("a folder that is not there is said", done.returncode == 4 and "没有" in done.stderr, done.stderr)
    done = run("outbox", "deliver", cwd=at)
    expect("one channel must be named", done.returncode == 2, done.stderr)
    expect("and nothing was tried", [m["tries"] for m in listed(at)] == [0])

    os.makedirs(os.path.join(at, "待发"))
    done, report = deliver(at, "--folder", "待发", *NOW)
    names = os.listdir(os.path.join(at, "待发"))
    message = json.load(open(os.path.join(at, "待发", names[0]), encoding="utf-8"))
    expect("one whole file", done.returncode == 0 and report["delivered"] == 1 and len(names) == 1)
    expect("it says who, what and why", message["key"] + ".json" == names[0] and message["name"] == "周敏"
           and message["text"] == "“一”到“审核”环节，请您办理（方琴 送审）" and message["case"] == "letter-1", str(message))

    send_one(at, "二")
    key = listed(at, "--state", "waiting")[0]["key"]
    os.makedirs(os.path.join(at, "待发", key + ".json"))  # its name is taken by a folder
    done, report = deliver(at, "--folder", "待发", *NOW)
    expect("a file that cannot be written is said and kept", done.returncode == 5 and report["waiting"] == 1
           and key in listed(at, "--state", "waiting")[0]["fault"], done.stdout)
    os.rmdir(os.path.join(at, "待发", key + ".json"))
    expect("and sent a minute later", deliver(at, "--folder", "待发", *later(1))[1]["delivered"] == 1)

    send_one(at, "三")
    done, report = deliver(at, "--program", script(at, "full.sh", "cat > /dev/full\n"), *NOW)
    expect("a full disk of the gateway is the reason kept", done.returncode == 5
           and "full.sh" in listed(at, "--state", "waiting")[0]["fault"], done.stdout)
    done, report = deliver(at, "--program", script(at, "no.sh", "echo '查无此人 '$1 >&2; exit 3\n"), *later(2))
    expect("what the program says is the reason kept", "退出码 3：查无此人 " in report["faults"][0]["why"], done.stdout)
    done, report = deliver(at, "--program", script(at, "slow.sh", "sleep 300 & wait\n"), "--patience", "1", *later(10))
    expect("a program that hangs is stopped", "超过 1 秒" in report["faults"][0]["why"], done.stdout)
    done = run("outbox", "deliver", "--program", "full.sh/x", cwd=at)
    expect("a program that is not there is said", done.returncode == 4, done.stderr)
    done, report = deliver(at, "--program", script(at, "ok.sh", "cat >> got; echo $1 >> keys; yes | head -c 200000 >&2\n"), *later(30))
    got = open(os.path.join(at, "got"), encoding="utf-8").read()
    expect("a talkative program is heard out", report["delivered"] == 1 and json.loads(got)["case_title"] == "三", done.stdout)

    # Killed between handing over and noting it.
    send_one(at, "四")
    killer = script(at, "kill.sh", "cat > /dev/null; echo $1 >> seen; kill -9 $PPID\n")
    done, report = deliver(at, "--program", killer, *NOW)
    expect("the sender was killed", done.returncode == -signal.SIGKILL, str(done.returncode))
    must("audit", "verify", cwd=at)
    expect("the message is still there", len(listed(at, "--state", "waiting")) == 1)
    counter = script(at, "count.sh", "cat > /dev/null; echo $1 >> seen\n")
    expect("nobody else takes it at once", deliver(at, "--program", counter, *later(9))[1]["delivered"] == 0)
    expect("it is sent again later", deliver(at, "--program", counter, *later(10))[1]["delivered"] == 1)
    seen = open(os.path.join(at, "seen")).read().split()
    expect("under the same key", len(seen) == 2 and seen[0] == seen[1], str(seen))

    # Killed at random instants while it fills a folder.
    for number in range(12):
        send_one(at, "批%d" % number)
    wanted = {m["key"] + ".json" for m in listed(at, "--state", "waiting")}
    os.makedirs(os.path.join(at, "批"))
    environment = dict(os.environ, WENSHU_HOME=ROOT)
    for turn in range(6):
        process = subprocess.Popen([PROGRAM, "outbox", "deliver", "--folder", "批", "--most", "5", *later(20 + 11 * turn)],
                                   cwd=at, env=environment, stdout=subprocess.DEVNULL)
        time.sleep(0.01 * turn)
        process.send_signal(signal.SIGKILL)
        process.wait()
    must("outbox", "deliver", "--folder", "批", "--now", "2020-03-02T09:00:00Z", cwd=at)
    names = set(os.listdir(os.path.join(at, "批")))
    expect("none is lost, none is half", names == wanted and not listed(at, "--state", "waiting"), str(names ^ wanted))
    must("audit", "verify", cwd=at)
