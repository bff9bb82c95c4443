#!/usr/bin/env python3
"""A seal that a notice names as a picture is published with its workflow: a case that renders the notice needs no file
beside the store, and a picture that is not there is found before anything is published."""
import os, shutil, subprocess

from wenshu import PROGRAM, ROOT, expect, folder, judge, require

require("pdfimages")


def wenshu(home, *arguments):
    return subprocess.run([PROGRAM, *arguments], cwd=home, env=dict(os.environ, WENSHU_HOME=home), text=True,
                          capture_output=True)


with folder() as home:
    for name in ("workflows", "templates", "samples", "fonts"):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(home, name))
    source = os.path.join(home, "templates", "notices", "annual-plan.yaml")
    text = open(source, encoding="utf-8").read()
    with open(source, "w", encoding="utf-8") as file:
        file.write(text.replace("seal: true", "seal: seal.png"))

    missing = wenshu(home, "check", "workflows", "templates")
    expect("a picture that is not there is found", missing.returncode == 1, missing.stdout)
    expect("with its place", "annual-plan.yaml:13:7: error[no-such-file]" in missing.stdout, missing.stdout)

    shutil.copy(os.path.join(ROOT, "samples", "notices", "seals", "education.png"),
                os.path.join(home, "templates", "notices", "seal.png"))
    done = wenshu(home, "demo", "--out", "out")
    expect("the year goes through", done.returncode == 0, done.stdout + done.stderr)
    pictures = judge("pdfimages", "-list", os.path.join(home, "out", "notice.pdf")).stdout
    expect("the notice of the case bears the seal", " 420   420 " in pictures, pictures)
    audit = wenshu(home, "audit", "verify", "--store", "out/wenshu.db")
    expect("every content of the store is accounted for", audit.returncode == 0, audit.stdout + audit.stderr)
