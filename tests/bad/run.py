#!/usr/bin/env python3
"""Runs one bad input of tests/bad/acts and compares what the program says with what the file expects.

A file holds the whole story:
  claim:   what must be so
  before:  commands that must succeed first (a list)
  files:   name -> text, written into an empty folder; a text may be {repeat: [TEXT, TIMES]}
  bytes:   name -> base64
  zips:    name -> {entry: text}: a .docx made for the story
  run:     the command; {root} is the repository, the folder is the current one
  limit:   largest file the program may write (a full disk)
  exit:    the exit code
  says:    texts that must stand in the output
  Afterwards no file but those above may be there, and a store must have the same head as before.
"""
import base64, hashlib, os, shlex, sys, zipfile

import yaml

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "product"))
from wenshu import ROOT, expect, fail, folder, must, run


def listing(at):
    found = {}
    for base, folders, names in os.walk(at):
        for name in folders + names:
            path = os.path.join(base, name)
            if name.startswith("wenshu.db"):  # the story's store is compared by its head
                continue
            found[os.path.relpath(path, at)] = hashlib.sha256(open(path, "rb").read()).hexdigest() if os.path.isfile(path) else "folder"
    return found


def head(at):
    if not os.path.exists(os.path.join(at, "wenshu.db")):
        return "no store"
    done = run("audit", "verify", "--json", cwd=at)
    return (done.returncode, done.stdout)


def words(command, at):
    return [w.replace("{root}", ROOT).replace("{here}", at) for w in shlex.split(command)]


def text_of(text):
    if isinstance(text, dict):
        piece, times = text["repeat"]
        return text.get("before", "") + piece * times + text.get("after", "")
    return text.replace("{root}", ROOT)


def write_files(told, at):
    for name, text in (told.get("files") or {}).items():
        path = os.path.join(at, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text_of(text))
    for name, text in (told.get("bytes") or {}).items():
        with open(os.path.join(at, name), "wb") as file:
            file.write(base64.b64decode(text))
    for name, entries in (told.get("zips") or {}).items():
        with zipfile.ZipFile(os.path.join(at, name), "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, text in entries.items():
                archive.writestr(entry, text_of(text))


def story(path):
    told = yaml.safe_load(open(path, encoding="utf-8"))
    known = {"claim", "before", "files", "bytes", "zips", "run", "limit", "exit", "says"}
    if set(told) - known:
        fail("%s: unknown keys %s" % (path, set(told) - known))
    with folder() as at:
        write_files(told, at)
        for command in told.get("before") or []:
            must(*words(command, at), cwd=at)
        files, store = listing(at), head(at)
        done = run(*words(told["run"], at), cwd=at, limit=told.get("limit"), timeout=60)
        output = done.stdout + done.stderr
        expect(told["claim"] + ": exit code", done.returncode == told["exit"], "%d, expected %d\n%s" % (done.returncode, told["exit"], output))
        for text in told["says"]:
            expect("says " + text, text.replace("{here}", at) in output, output)
        expect("the folder is as it was", listing(at) == files, "%s\n%s" % (sorted(set(listing(at)) ^ set(files)), output))
        expect("the store is as it was", head(at) == store, "%s\n%s" % (head(at), store))


story(sys.argv[1])
