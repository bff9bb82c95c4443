#!/usr/bin/env python3
"""通用规范汉字表, all 8,105 characters with the 196 outside the BMP: `wenshu fonts` says how many each shipped face has, every role draws them
all with its fall-backs, and a certificate in each role gives them back through pdftotext."""
import json, os, re, subprocess

from wenshu import ROOT, expect, folder, must, require

# How many of the 3,500, 3,000 and 1,605 each role's own face has, by the file that serves; the rest comes from its fall-backs.
SHIPPED = {"fandol-fang": [3498, 2812, 328], "wenkai": [3500, 3000, 1605], "noto-sans-bold": [3500, 3000, 1605],
           "noto-serif-bold": [3500, 3000, 1605], "noto-serif": [3500, 3000, 1605]}
LINE = 90  # characters

def main():
    require("pdftotext", "pdffonts", "qpdf")
    table = open(os.path.join(ROOT, "fonts/tonggui-8105.txt"), encoding="utf-8").read().split()
    rare = [c for c in table if ord(c) > 0xFFFF]
    expect("the table has 8,105 characters, 196 of them outside the BMP", (len(table), len(rare)) == (8105, 196))
    roles = json.loads(must("fonts", "--json").stdout)["roles"]
    for role in roles:
        lines = role["coverage"][:3]
        has = [int(line["characters"]) - int(line["missing"]) for line in lines]
        print("%s %s: %s of 3500, 3000, 1605" % (role["role"], role["face"], has))
        expect("%s draws them all with its fall-backs" % role["role"], all(int(line["missing_from_all"]) == 0 for line in lines))
        if role["face"] in SHIPPED:
            expect("%s has as many as are known" % role["face"], has == SHIPPED[role["face"]])
    with folder() as at:
        with open(os.path.join(at, "sheet.yaml"), "w", encoding="utf-8") as file:
            badge = open(os.path.join(ROOT, "templates/certificates/badge.yaml"), encoding="utf-8").read()
            file.write(badge[:badge.index("page:")] + "page: {width: 420, height: 297}\nsides:\n")
            for role in roles:
                file.write("  - texts:\n      - {box: {x: 10, y: 8, width: 400, height: 280}, face: %s, size: 7.5, pitch: 1.1, text: \"%s\"}\n"
                           % (role["role"], "\\n".join("".join(table[i:i + LINE]) for i in range(0, len(table), LINE))))
        pdf = os.path.join(at, "out.pdf")
        must("certificates", "preview", "sheet.yaml", "-o", pdf, cwd=at)
        pages = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode().split("\f")
        for role, page in zip(roles, pages):
            back = re.sub(r"\s", "", page)
            lost = [c for c in table if c not in back]
            expect("%s: all come back, in their order" % role["role"], back == "".join(table), "%d, lost %s" % (len(back), lost[:20]))
        checked = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True)
        expect("qpdf finds nothing", checked.returncode == 0, checked.stdout + checked.stderr)
        fonts = subprocess.run(["pdffonts", pdf], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
        expect("every font is embedded, cut down, and says its text", fonts and all(re.search(r" yes yes yes ", f) for f in fonts), "\n".join(fonts))


main()
