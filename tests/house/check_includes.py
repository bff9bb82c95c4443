#!/usr/bin/env python3
"""Proves that includes obey the picture in engine/README.md.

usage: check_includes.py [ENGINE_FOLDER]      prints a finding a line, exit 1 where there are any

- USES of a room lead down to a lower layer, or sideways where the layer's rooms may meet; never up, never round in a ring.
- A file includes headers of its own room and of rooms named in USES: what comes by way of another room does not count.
- A source includes its own header first.
- A library is included only by the room that is its door; a library without a door is a finding, too.
"""
import pathlib
import re
import sys

# From the ground up. The last value: may rooms of this layer use one another?
LAYERS = [
    ("ground", {"base", "crypto", "data", "xml", "package", "picture", "font", "http"}, True),
    ("words", {"document", "chinese", "calendar", "expression"}, True),
    ("domain", {"notice", "template", "certificate", "workflow", "register", "form", "directory"}, True),
    ("layout", {"layout"}, True),
    ("peers", {"docx", "xlsx", "pdf", "svg", "store"}, False),
    ("acts", {"app"}, True),
    ("front ends", {"cli", "web"}, False),
]
PEERS = next(rooms for name, rooms, _ in LAYERS if name == "peers")
FRONT_ENDS = next(rooms for name, rooms, _ in LAYERS if name == "front ends")

# A header of a library and the only rooms that may name it.
DOORS = [
    (r"iconv\.h", {"base"}),
    (r"openssl/.*", {"crypto"}),
    (r"yaml-cpp/.*|simdjson\.h", {"data"}),
    (r"pugixml\.hpp", {"xml"}),
    (r"zip\.h", {"package"}),
    (r"png\.h|qrencode\.h", {"picture"}),
    (r"(harfbuzz/)?hb(-.*)?\.h", {"font"}),
    (r"unicode/.*", {"chinese"}),
    (r"kainjow/.*", {"template"}),
    (r"re2/.*", {"expression"}),
    (r"xlsxwriter.*", {"xlsx"}),
    (r"cmark-gfm.*\.h", {"docx"}),
    (r"hpdf.*\.h", {"pdf"}),
    (r"libdeflate\.h", {"pdf", "package"}),  # libharu leaves the streams to us, libzip is half as fast
    (r"xxhash\.h", {"pdf"}),
    (r"lcms2\.h", {"pdf"}),
    (r"sqlite3\.h|libpq-fe\.h", {"store"}),
    (r"CLI/.*", {"cli"}),
    (r"microhttpd\.h", {"http"}),
]
# The language, the C library and the system, and fmt (the <format> that g++ 12 lacks) are everybody's.
EVERYBODYS = re.compile(r"[a-z_0-9]+|(sys|arpa|netinet)/[a-z_]+\.h|fmt/[a-z]+\.h|"
                        r"(dirent|fcntl|malloc|poll|pwd|signal|spawn|stdlib|termios|unistd)\.h")

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def layer_of(room):
    return next((i for i, (_, rooms, _) in enumerate(LAYERS) if room in rooms), None)


def read_uses(engine):
    """Room to the rooms in USES of its CMakeLists.txt; None where there is no such line."""
    uses = {}
    for folder in sorted(p for p in engine.iterdir() if p.is_dir()):
        cmake = folder / "CMakeLists.txt"
        text = re.sub(r"#.*", "", cmake.read_text(encoding="utf-8")) if cmake.exists() else ""
        call = re.search(r"wenshu_room\s*\(\s*(\S+)([^)]*)\)", text)
        if not call or call[1] != folder.name:
            uses[folder.name] = None
            continue
        words = call[2].split()
        begin = words.index("USES") + 1 if "USES" in words else len(words)
        end = words.index("LIBRARIES") if "LIBRARIES" in words else len(words)
        uses[folder.name] = words[begin:max(begin, end)]
    return uses


def check_edge(room, other):
    """The reason why `room` may not use `other`, or None."""
    mine, its = layer_of(room), layer_of(other)
    if its is None:
        return f"{other}/ stands in no layer"
    if its > mine:
        return f"{other}/ stands above {room}/"
    if its == mine and not LAYERS[mine][2]:
        return f"{room}/ and {other}/ are both {LAYERS[mine][0]}, which never use one another"
    if room in FRONT_ENDS and other in PEERS:
        return f"{other}/ is reached through app/ alone"
    return None


def find_ring(uses):
    """Rooms that use one another in a ring, as a path that ends where it began; [] where there is none."""
    done, path = set(), []

    def visit(room):
        if room in path:
            return path[path.index(room):] + [room]
        if room in done:
            return []
        path.append(room)
        for other in uses.get(room) or []:
            ring = visit(other)
            if ring:
                return ring
        path.pop()
        done.add(room)
        return []

    for room in uses:
        ring = visit(room)
        if ring:
            return ring
    return []


def check_include(engine, room, allowed, quoted, angled):
    """What is wrong with one include line of a file in `room`, or None."""
    if angled:
        for pattern, rooms in DOORS:
            if re.fullmatch(pattern, angled):
                return None if room in rooms else f"<{angled}> enters through {', '.join(sorted(rooms))}/ alone"
        return None if EVERYBODYS.fullmatch(angled) else f"<{angled}> is a library without a door"
    other, slash, _ = quoted.partition("/")
    if not slash:
        return f'"{quoted}" does not name its room: write "{room}/{quoted}"'
    if not (engine / quoted).is_file():
        return f'"{quoted}" is no file of engine/'
    if other != room and other not in allowed:
        return f'"{quoted}": {room}/CMakeLists.txt does not name {other} in USES'
    return None


def check_house(engine):
    uses = read_uses(engine)
    findings = []
    for room, others in uses.items():
        if layer_of(room) is None:
            findings.append(f"{room}/: a room that stands in no layer")
            continue
        if others is None:
            findings.append(f"{room}/CMakeLists.txt: no wenshu_room({room} ...)")
            continue
        for other in others:
            reason = check_edge(room, other) if other in uses else f"{other}/ is no room"
            if reason:
                findings.append(f"{room}/CMakeLists.txt: USES {other}: {reason}")
    ring = find_ring(uses)
    if ring:
        findings.append(f"rooms use one another in a ring: {' -> '.join(ring)}")
    for path in sorted(engine.rglob("*")):
        if path.suffix not in (".h", ".cc", ".cpp"):
            continue
        name = path.relative_to(engine)
        room = name.parts[0]
        if len(name.parts) < 2:
            findings.append(f"{name}: stands in no room")
            continue
        own = name.with_suffix(".h").as_posix()
        waits = path.suffix == ".cc" and (engine / own).is_file()  # for its own header
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            if waits and found[1] != own:
                findings.append(f'{name}:{number}: "{own}" comes first')
            waits = False
            reason = check_include(engine, room, uses[room] or [], found[1], found[2])
            if reason:
                findings.append(f"{name}:{number}: {reason}")
    return findings


def main(arguments):
    here = pathlib.Path(__file__).resolve().parent
    engine = pathlib.Path(arguments[0]) if arguments else here.parent.parent / "engine"
    findings = check_house(engine)
    print("\n".join(findings + [f"{len(findings)} findings"]))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
