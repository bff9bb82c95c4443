#!/usr/bin/env python3
"""Certificates from outside: the gallery is what the sheets give; a batch has the same bytes with one worker and with two, its
merged volumes hold everyone once with bookmarks, its ZIP holds the files; a row that may not have one is listed and the
rest goes on; a number is voided, replaced, issued again, and nothing is lost; the QR codes say what the page says to zbar and
to zxing; every one of the 196 standard characters outside the BMP comes back.

WENSHU_MANY=10000 makes the batch that long and kills the program ten times on the way."""
import csv, glob, io, os, random, re, shutil, signal, subprocess, time, zipfile

from wenshu import PROGRAM, ROOT, expect, folder, must, run

MANY = int(os.environ.get("WENSHU_MANY", "60"))
SHEET = os.path.join(ROOT, "templates/certificates/completion.yaml")
DATA = os.path.join(ROOT, "samples/county-2020/certificates.yaml")


def read(*command):
    return subprocess.run([str(c) for c in command], capture_output=True, check=True).stdout


DIGITS = max(4, len(str(MANY)))  # of a serial


def prepare(at):
    must("init", "--office", os.path.join(ROOT, "samples/county-2020"), cwd=at)
    must("publish", os.path.join(ROOT, "workflows"), os.path.join(ROOT, "templates"), cwd=at)
    if DIGITS > 4:
        text = open(os.path.join(ROOT, "workflows/certificates.register.yaml"), encoding="utf-8").read()
        wide = os.path.join(at, "certificates.register.yaml")
        open(wide, "w", encoding="utf-8").write(text.replace("width: 4", "width: %d" % DIGITS))
        must("publish", wide, cwd=at)


def outside_the_plane():
    table = open(os.path.join(ROOT, "fonts/tonggui-8105.txt"), encoding="utf-8").read().split()
    return [c for c in table if ord(c) > 0xFFFF]


def names(count):
    """Made-up names; the first ones bring each of the 196 characters outside the BMP."""
    choose = random.Random(196)
    common = [bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFA)]
    rare = outside_the_plane()
    made = []
    for i in range(count):
        if i * 4 < len(rare):
            made.append("李" + "".join(rare[i * 4:i * 4 + 4]))
        elif i % 97 == 5:
            made.append("阿卜杜热合曼·买买提艾力·" + choose.choice(common))
        else:
            made.append(choose.choice("王李张刘陈杨黄赵") + "".join(choose.choices(common, k=2)))
    return made


def write_roster(path, people, **more):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "name", "school", *more])
        for i, name in enumerate(people):
            table.writerow(["T%06d" % i, name, "县实验小学", *[value(i) for value in more.values()]])


def command(*more, out="out"):
    return ["certificates", "issue", SHEET, "--roster", "roster.csv", "--data", DATA, "-o", out, "--now", "2020-09-30", *more]


def killed_ten_times(at, arguments):
    """Each kill somewhere in what is left of the batch."""
    environment, choose, kills = dict(os.environ, WENSHU_HOME=ROOT), random.Random(10), 0
    out = os.path.join(at, "out")
    while kills < 10:
        wanted = MANY * (kills + 1) // 11  # files that are there when it dies
        process = subprocess.Popen([PROGRAM, *arguments], cwd=at, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None:
            if os.path.isdir(out) and len(os.listdir(out)) >= wanted + choose.randrange(20):
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.002)
        process.wait()
        expect("kill %d falls into the batch, at file %d" % (kills + 1, wanted), process.returncode == -signal.SIGKILL, str(process.returncode))
        kills += 1


def pictures_are_those_of_the_gallery(at):
    environment = dict(os.environ, WENSHU=PROGRAM, NO_PICTURES="1", WENSHU_HOME=ROOT)
    subprocess.run([os.path.join(ROOT, "samples/certificates/remake"), at], check=True, env=environment, capture_output=True)
    sheets = sorted(glob.glob(os.path.join(ROOT, "samples/certificates/*.png")))
    expect("six sheets in the gallery", len(sheets) == 6, str(sheets))
    for picture in sheets:
        name = os.path.basename(picture)[:-4]
        pages = sorted(glob.glob(os.path.join(at, name + "-[0-9]*.png")))
        if not shutil.which("compare"):
            continue
        mounted = os.path.join(at, name + ".gallery.png")
        read("montage", *pages, "-tile", "x1", "-geometry", "+3+3", "-background", "#999", "-colors", "64", "png8:" + mounted)
        # Anti-aliasing may differ a little from one poppler to the next.
        done = subprocess.run(["compare", "-metric", "RMSE", picture, mounted, "null:"], capture_output=True, text=True)
        difference = float(re.search(r"\(([\d.e-]+)\)", done.stderr)[1])
        expect("the picture of %s is what the sheet gives" % name, difference < 0.02, done.stderr)


def codes_of(pdf, number):
    """What both readers see in the picture of a page."""
    base = pdf[:-4]
    read("pdftoppm", "-r", "150", "-gray", "-f", number, "-l", number, "-singlefile", pdf, base)
    zbar = subprocess.run(["zbarimg", "-q", "--raw", base + ".pgm"], capture_output=True).stdout.decode().rstrip("\n")
    try:
        import numpy, zxingcpp
    except ImportError:
        os.remove(base + ".pgm")
        return [zbar]
    head, size, most, pixels = open(base + ".pgm", "rb").read().split(b"\n", 3)
    width, height = map(int, size.split())
    found = zxingcpp.read_barcodes(numpy.frombuffer(pixels, dtype=numpy.uint8).reshape(height, width))
    os.remove(base + ".pgm")
    return [zbar] + [code.text for code in found[:1]]


def batch(at):
    people = names(MANY)
    write_roster(os.path.join(at, "roster.csv"), people)
    arguments = command("--jobs", "2", "--merged", "all.pdf", "--pages-a-volume", str(max(25, MANY // 4)), "--zip", "all.zip",
                        "--list", "list.xlsx")
    if MANY >= 1000:
        killed_ten_times(at, arguments)
    must(*arguments, cwd=at)
    files = sorted(os.listdir(os.path.join(at, "out")))
    expect("everyone has a file, and nothing else is there", len(files) == MANY and all(f.endswith(".pdf") for f in files), str(len(files)))
    expect("one unbroken run of numbers", [int(f[-5 - DIGITS:-5]) for f in files] == list(range(1, MANY + 1)), str(files[:3]))
    must("audit", "verify", cwd=at)

    other = os.path.join(at, "again")
    os.makedirs(other)
    prepare(other)
    shutil.copy(os.path.join(at, "roster.csv"), other)
    must(*command("--jobs", "1"), cwd=other)
    same = all(open(os.path.join(at, "out", f), "rb").read() == open(os.path.join(other, "out", f), "rb").read() for f in files)
    expect("the same bytes with one worker and with two", same)

    volumes = sorted(glob.glob(os.path.join(at, "all*.pdf")))
    text = "".join(read("pdftotext", "-raw", v, "-").decode() for v in volumes)
    pages = text.split("\f")[:-1]
    expect("the volumes hold a page for each", len(pages) == MANY, str(len(pages)))
    missing = [name for name, page in zip(people, pages) if name not in page.replace("\n", "")]
    expect("each name of the roster stands on its page", not missing, str(missing[:5]))
    expect("the rare characters come back", all(c in text for c in outside_the_plane()[:4 * MANY]))
    for volume in volumes:
        qpdf = subprocess.run(["qpdf", "--check", volume], capture_output=True, text=True)
        expect("qpdf is content with " + volume, qpdf.returncode == 0, qpdf.stdout + qpdf.stderr)
    import json
    outlines = [o["title"] for v in volumes for o in json.loads(read("qpdf", "--json", "--json-key=outlines", v))["outlines"]]
    expect("a bookmark for each person", [o.split(" ")[0] for o in outlines] == people, str(outlines[:3]))

    with zipfile.ZipFile(os.path.join(at, "all.zip")) as archive:
        expect("the ZIP holds the files", sorted(archive.namelist()) == files)
        expect("as they are", archive.read(files[-1]) == open(os.path.join(at, "out", files[-1]), "rb").read())

    wrong = []
    for i in sorted(random.Random(500).sample(range(MANY), min(500, max(6, MANY // 20)))):
        volume, page = i // max(25, MANY // 4), i % max(25, MANY // 4) + 1
        wrong += [said for said in codes_of(volumes[volume], str(page)) if not said.startswith(files[i][:-4] + ";" + people[i] + ";")]
    expect("the codes say number and name", not wrong, str(wrong[:5]))


def rules(at):
    prepare(at)
    write_roster(os.path.join(at, "roster.csv"), names(4), attended=lambda i: ["30", "12", "30", "30"][i],
                 assessment=lambda i: ["合格", "合格", "不合格", "优秀"][i])
    done = run(*command("--errors", "errors.xlsx"), cwd=at)
    expect("the rest goes on", done.returncode == 0 and "新编号 2 份" in done.stdout, done.stdout + done.stderr)
    expect("who fails is told with the reason", "学时不足：已学12学时，要求30学时" in done.stderr and "考核没有通过（不合格）" in done.stderr, done.stderr)
    import openpyxl
    rows = list(openpyxl.load_workbook(os.path.join(at, "errors.xlsx")).active.iter_rows(values_only=True))
    expect("and listed: row, reason, what to do", rows[1][1] == "第3行" and "学时不足" in rows[1][4] and rows[1][5] == "补足学时后再发", str(rows))
    os.remove(os.path.join(at, "roster.csv"))
    write_roster(os.path.join(at, "roster.csv"), ["王\U00031350", "赵静"])
    done = run(*command(out="more"), cwd=at)
    expect("a character without font stops the batch", done.returncode == 1 and "U+31350" in done.stdout + done.stderr, done.stdout + done.stderr)


def life(at):
    prepare(at)
    write_roster(os.path.join(at, "roster.csv"), ["王静", "赵伟", "李明"])
    must(*command(), cwd=at)
    first, second, third = sorted(f[:-4] for f in os.listdir(os.path.join(at, "out")))
    late = ["--as", "fang-qin", "--now", "2021-03-01"]
    must("certificates", "void", first, "--reason", "代训", *late, cwd=at)
    done = run("certificates", "void", first, "--reason", "再作废", *late, cwd=at)
    expect("a void number is not voided again", done.returncode == 3 and "已于 2021-02-28 作废" in done.stdout + done.stderr or "作废" in done.stderr, done.stderr)
    write_roster(os.path.join(at, "new.csv"), ["王静", "赵炜", "李明"])
    done = run("certificates", "replace", second, SHEET, "--roster", "new.csv", "--data", DATA, "-o", "out", "--reason", "姓名有误",
               "--json", *late, cwd=at)
    expect("replaced", done.returncode == 0, done.stdout + done.stderr)
    import json
    fourth = json.loads(done.stdout)["other"]
    expect("by the next number", int(fourth[-1 - DIGITS:-1]) == 4, fourth)
    expect("with the new name", "赵炜" in read("pdftotext", "-raw", os.path.join(at, "out", fourth + ".pdf"), "-").decode())
    must("certificates", "reissue", third, SHEET, "--data", DATA, "-o", "second", "--reason", "遗失", *late, cwd=at)
    text = read("pdftotext", "-raw", os.path.join(at, "second", third + ".pdf"), "-").decode()
    expect("issued again under its number, and marked", third + "（补发）" in text.replace("\n", "") and "李明" in text, text)
    done = run(*command(), cwd=at)
    expect("run again, the void one is not made and no number is taken",
           done.returncode == 1 or "新编号 0 份" in done.stdout, done.stdout + done.stderr)
    must("audit", "verify", cwd=at)
    expect("no gaps", run("register", "gaps", cwd=at).returncode == 0)


def several_acts(at):
    """1,000 people are numbered in one act: what is wrong with the 1,150th stops the first as well."""
    prepare(at)
    roster = os.path.join(at, "roster.csv")
    write_roster(roster, names(1200))
    lines = open(roster, encoding="utf-8").read().splitlines()
    open(roster, "w", encoding="utf-8").write("\n".join([lines[0], lines[1150]]))
    must(*command(), cwd=at)
    number = os.listdir(os.path.join(at, "out"))[0]
    open(roster, "w", encoding="utf-8").write("\n".join(lines[:1150] + [lines[1150].replace("县实验小学", "县第二小学").replace(",", ",王", 1)] + lines[1151:]))
    done = run(*command(), cwd=at)
    expect("told at its row", done.returncode == 1 and "certified-differently" in done.stderr and "roster.csv:1151" in done.stderr, done.stderr)
    expect("and nobody is numbered", os.listdir(os.path.join(at, "out")) == [number], str(len(os.listdir(os.path.join(at, "out")))))
    open(roster, "w", encoding="utf-8").write("\n".join(lines))
    done = run(*command(), cwd=at)
    expect("mended, everyone else is", done.returncode == 0 and "新编号 1199 份" in done.stdout, done.stdout + done.stderr)
    files = sorted(os.listdir(os.path.join(at, "out")))
    expect("in one unbroken run", [int(f[-5 - DIGITS:-5]) for f in files] == list(range(1, 1201)), str(files[:3]))
    must("audit", "verify", cwd=at)


def main():
    with folder() as at:
        pictures_are_those_of_the_gallery(at)
    with folder() as at:
        rules(at)
    with folder() as at:
        life(at)
    with folder() as at:
        several_acts(at)
    with folder() as at:
        prepare(at)
        batch(at)


main()
