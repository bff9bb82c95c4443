#!/usr/bin/env python3
"""A typing error in any key, id or reference of workflows, templates and samples is found by `wenshu check`.

Every key of every YAML file, and every value that is a name (an id, or a word that is defined somewhere as a key, a
post, a department, a column or a file), is mistyped one at a time in a copy of the folders.
"""
import collections, concurrent.futures, os, re, shutil, sys

import yaml

from wenshu import ROOT, expect, fail, folder, run

FOLDERS = ["workflows", "templates", "samples"]
NAME = re.compile(r"^[a-z][a-z0-9]*([._/-][a-z0-9]+)*$")


def yaml_files(root):
    for base in FOLDERS:
        for at, _, names in sorted(os.walk(os.path.join(root, base))):
            for name in sorted(names):
                if name.endswith((".yaml", ".yml")):
                    yield os.path.relpath(os.path.join(at, name), root)


def scalars(node, path=()):
    """(key path, is it a key, node) for each scalar below."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield path + (key.value,), True, key
            yield from scalars(value, path + (key.value,))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from scalars(item, path + (number,))
    else:
        yield path, False, node


def mistyped(word):
    """One letter doubled in the middle: what a hurried hand does."""
    middle = len(word) // 2
    return word[:middle] + word[middle] + word[middle:]


# Values that are words for people: a change of wording is no typing error that a program could know.
def is_name(path, node, defined):
    if path[-1] in FREE_TEXT or node.style in ("|", ">"):
        return False
    return bool(NAME.match(node.value)) or node.value in defined


FREE_TEXT = {"title", "name", "opinion", "body", "note", "audience", "place", "partners", "content", "reason", "school"}


def places(root):
    trees = {name: yaml.compose(open(os.path.join(root, name), encoding="utf-8")) for name in yaml_files(root)}
    defined = set()
    for tree in trees.values():
        for path, is_key, node in scalars(tree):
            if is_key or path[-2:-1] == ("posts",) or (len(path) > 1 and path[-1] == "title" and path[0] == "departments"):
                defined.add(node.value)
    for name, tree in trees.items():
        for path, is_key, node in scalars(tree):
            if is_key or is_name(path, node, defined):
                yield name, node.start_mark.index, node.end_mark.index, node.value, ".".join(map(str, path))


def check(job):
    root, name, start, end, word, path = job
    file = os.path.join(root, name)
    text = open(file, encoding="utf-8").read()
    with_error = text[:start] + text[start:end].replace(word, mistyped(word), 1) + text[end:]
    if with_error == text:
        fail("%s: could not mistype %s" % (name, word))
    open(file, "w", encoding="utf-8").write(with_error)
    try:
        done = run("check", *FOLDERS, cwd=root)
        return None if done.stdout.strip() else "%s:%d: %s (%s -> %s)" % (
            name, text.count("\n", 0, start) + 1, path, word, mistyped(word))
    finally:
        open(file, "w", encoding="utf-8").write(text)


def worker(root, jobs):
    return [missed for missed in (check((root, *job)) for job in jobs) if missed]


def main():
    with folder() as at:
        roots = [os.path.join(at, "a"), os.path.join(at, "b")]
        for root in roots:
            for name in FOLDERS:
                shutil.copytree(os.path.join(ROOT, name), os.path.join(root, name))
        clean = run("check", *FOLDERS, cwd=roots[0])
        expect("the folders check clean and silent", clean.returncode == 0 and not clean.stdout + clean.stderr,
               clean.stdout + clean.stderr)
        jobs = list(places(ROOT))
        with concurrent.futures.ThreadPoolExecutor(len(roots)) as pool:
            parts = pool.map(worker, roots, [jobs[0::2], jobs[1::2]])
        missed = [line for part in parts for line in part]
        print("%d typing errors tried in %d files" % (len(jobs), len({j[0] for j in jobs})))
        expect("every typing error is found", not missed and len(jobs) > 300, "\n".join(missed))


main()
