#!/usr/bin/env python3
"""A typing error in any key, id or reference of workflows, templates and samples is found by `wenshu check`.

Every key of every YAML file, every value that is a name (an id, or a word that is defined somewhere as a key, a post, a
department, a column or a file), every field in a guard, and every tag of a text or a Word template is mistyped one at a
time in a copy of the folders. Files of one kind repeat the keys of their schema, and a file repeats its references: the
first of each stands for the others, and WENSHU_MANY=1 tries them all.
"""
import concurrent.futures, os, re, shutil, zipfile

import yaml

from wenshu import ROOT, expect, fail, folder, run

FOLDERS = ["workflows", "templates", "samples"]
# What `wenshu new` copies: names that a writer is about to choose, which nothing refers to yet.
SKELETONS = os.path.join("templates", "new")
# Hundreds of words of data that only their template knows; templates_test.py mistypes one of each and compares what is
# made of them byte for byte. The draft sheet serves any workflow.
SAMPLES = (os.path.join("samples", "templates"), os.path.join("samples", "marks"))
FOR_ANY_WORKFLOW = "draft-sheet.docx"
NAME = re.compile(r"^[a-z][a-z0-9]*([._/-][a-z0-9]+)*$")


def yaml_files(root):
    for base in FOLDERS:
        for at, _, names in sorted(os.walk(os.path.join(root, base))):
            for name in sorted(names) if not at.endswith((SKELETONS, *SAMPLES)) else ():
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
    if path[-1] in FREE_TEXT and path[0] != "steps" or "rows" in path[:-1] or node.style in ("|", ">"):
        return False
    return bool(NAME.match(node.value)) or node.value in defined


FREE_TEXT = {"title", "name", "opinion", "body", "note", "audience", "place", "partners", "content", "reason", "school",
             "sample", "to"}  # `to` of a demo names a file to be made; a notice's `to` is prose; a step's is no free text
TAG = re.compile(r"\{\{[#^/]?\s*([a-z]+(?:\.[a-z]+)*)[^}]*\}\}")  # @index and the like are no names
FIELD = re.compile(r"(?<!['\"\w.])[a-z]+(?:\.[a-z]+)*(?![\w('\"])")


# What defines a name. A name that its own files use nowhere else, such as that of a first step, is as its writer has it.
DEFINES = {"steps", "fields"}


def places(root):
    text = {}  # what the files of one subject say: workflows/fund-use.*
    for name in yaml_files(root):
        stem = name.split(".")[0]
        text[stem] = text.get(stem, "") + open(os.path.join(root, name), encoding="utf-8").read()
    seen = set()
    for name, begin, end, word, path in all_places(root):
        if (*[""] * 2, *path.split("."))[-2] in DEFINES and len(re.findall(r"\b%s\b" % word, text[name.split(".")[0]])) < 2:
            continue
        is_key = path.split(".")[-1] == word
        kind = name if not is_key else name.split(".")[1] if name.count(".") > 1 else os.path.dirname(name)
        repeated = (kind, *re.sub(r"\.\d+(?=\.|$)", "", path).split(".")[-2 if is_key else -1:], word)
        if os.environ.get("WENSHU_MANY") or repeated not in seen:
            yield name, begin, end, word, path
        seen.add(repeated)


def all_places(root):
    trees = {name: yaml.compose(open(os.path.join(root, name), encoding="utf-8")) for name in yaml_files(root)}
    defined = set()
    for tree in trees.values():
        for path, is_key, node in scalars(tree):
            if is_key or path[-2:-1] == ("posts",) or (len(path) > 1 and path[-1] == "title" and path[0] == "departments"):
                defined.add(node.value)
    for name, tree in trees.items():
        for path, is_key, node in scalars(tree):
            begin, end, spelled = node.start_mark.index, node.end_mark.index, ".".join(map(str, path))
            if is_key or is_name(path, node, defined):
                yield name, begin, end, node.value, spelled
            elif path[-1] == "when" or "{{" in node.value:
                raw = open(os.path.join(root, name), encoding="utf-8").read()[begin:end]
                for found in (FIELD.finditer(raw) if path[-1] == "when" else TAG.finditer(raw)):
                    word = 0 if path[-1] == "when" else 1
                    if found.group(word) not in ("true", "false", "in", "null"):
                        yield name, begin + found.start(word), begin + found.end(word), found.group(word), spelled


def word_files(root):
    for base in FOLDERS:
        for at, _, names in sorted(os.walk(os.path.join(root, base))):
            yield from (os.path.relpath(os.path.join(at, n), root) for n in sorted(names)
                       if n.endswith(".docx") and n != FOR_ANY_WORKFLOW)


def word_places(root):
    """Tags that Word has left in one piece: (file, part, begin, end, word)."""
    for name in word_files(root):
        with zipfile.ZipFile(os.path.join(root, name)) as archive:
            for part in archive.namelist():
                if part.endswith(".xml"):
                    for found in TAG.finditer(archive.read(part).decode("utf-8")):
                        yield name, part, found.start(1), found.end(1), found.group(1)


def codes(root, *names):
    done = run("check", *names, cwd=root)
    return set(re.findall(r"\[([a-z][a-z0-9-]*)\]: ", done.stdout)), done.stdout.strip()


def is_found(root, name, without):
    """The file alone tells most: any code that it does not tell when it is right. What only the others know, they tell."""
    if codes(root, name)[0] - without[name]:
        return True
    return bool(codes(root, *FOLDERS)[1])


def check_word(root, name, part, begin, end, word, without):
    file = os.path.join(root, name)
    whole = open(file, "rb").read()
    with zipfile.ZipFile(file) as archive:
        parts = [(i, archive.read(i)) for i in archive.infolist()]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts:
            if entry.filename == part:
                text = content.decode("utf-8")
                content = (text[:begin] + mistyped(word) + text[end:]).encode("utf-8")
            archive.writestr(entry, content)
    try:
        return None if is_found(root, name, without) else "%s: {{%s}} -> {{%s}}" % (name, word, mistyped(word))
    finally:
        open(file, "wb").write(whole)


def check(root, name, start, end, word, path, without):
    file = os.path.join(root, name)
    text = open(file, encoding="utf-8").read()
    with_error = text[:start] + text[start:end].replace(word, mistyped(word), 1) + text[end:]
    if with_error == text:
        fail("%s: could not mistype %s" % (name, word))
    open(file, "w", encoding="utf-8").write(with_error)
    try:
        return None if is_found(root, name, without) else "%s:%d: %s (%s -> %s)" % (
            name, text.count("\n", 0, start) + 1, path, word, mistyped(word))
    finally:
        open(file, "w", encoding="utf-8").write(text)


def worker(root, jobs, without):
    return [missed for missed in ((check if isinstance(job[1], int) else check_word)(root, *job, without) for job in jobs)
            if missed]


def main():
    with folder() as at:
        roots = [os.path.join(at, "a"), os.path.join(at, "b")]
        for root in roots:
            for name in FOLDERS:
                shutil.copytree(os.path.join(ROOT, name), os.path.join(root, name))
        clean = run("check", *FOLDERS, cwd=roots[0])
        expect("the folders check clean and silent", clean.returncode == 0 and not clean.stdout + clean.stderr,
               clean.stdout + clean.stderr)
        jobs = list(places(ROOT)) + list(word_places(ROOT))
        without = {name: codes(roots[0], name)[0] for name in {job[0] for job in jobs}}
        with concurrent.futures.ThreadPoolExecutor(len(roots)) as pool:
            parts = pool.map(worker, roots, [jobs[0::2], jobs[1::2]], [without] * 2)
        missed = [line for part in parts for line in part]
        print("%d typing errors tried in %d files" % (len(jobs), len({j[0] for j in jobs})))
        expect("every typing error is found", not missed and len(jobs) > 300, "\n".join(missed))


main()
