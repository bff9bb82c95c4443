"""Where things stand on the pages of a PDF, in millimetres from the top left corner, as poppler's programs see them:
pdftocairo -svg gives the origin of every glyph, every rule and picture; pdftotext -bbox says which characters they are,
pdftohtml -xml their face, size and colour; pdftoppm what ink there is."""
import re, subprocess

MM = 25.4 / 72  # of a point
ASCENT, DESCENT = 0.88, 0.12  # of the em box of an ideograph, above and below the baseline
DOTS = 20  # a millimetre, of ink; half as many on a large part of a page
DARK = bytes(value < 160 for value in range(256))
LIGHT = bytes(value >= 160 for value in range(256))


def read(*command):
    return subprocess.run([str(c) for c in command], capture_output=True, check=True).stdout


class Span:
    """Some characters of a line. The box is the em box of ideographs, ink is what is black (or red)."""
    def __init__(self, page, text, glyphs, size):
        self.page, self.text, self.glyphs, self.size = page, text, glyphs, size
        self.x = glyphs[0][1]
        self.right = glyphs[-1][1] + glyphs[-1][4]
        self.centre = (self.x + self.right) / 2
        self.baseline = glyphs[0][2]
        self.top = self.baseline - ASCENT * size * MM
        self.bottom = self.baseline + DESCENT * size * MM
        self.pitch = (glyphs[-1][1] - self.x) / (len(glyphs) - 1) if len(glyphs) > 1 else 0
        self.fill = glyphs[0][3]

    @property
    def ink(self):
        return self.page.ink(self.x + 0.2, self.top - 1, self.right - 0.2, self.bottom + 1)


class Page:
    def __init__(self, pdf, number, xml):
        self.pdf, self.number = pdf, number
        self._faces(xml)
        self._drawing()
        self._lines()

    def _faces(self, xml):
        """Per text of pdftohtml: its place, face, size and colour."""
        fonts = {n: (family.split("+")[-1], int(size) / 3, colour) for n, size, family, colour in
                 re.findall(r'<fontspec id="(\d+)" size="(\d+)" family="(.*?)" color="(.*?)"', xml)}
        part = xml.split('<page number="%d"' % self.number)[1].split("</page>")[0]
        self.faces = []
        for top, left, width, height, font, text in re.findall(
                r'<text top="(-?\d+)" left="(-?\d+)" width="(-?\d+)" height="(-?\d+)" font="(\d+)">(.*?)</text>', part):
            box = [int(v) * MM / 3 for v in (left, top, width, height)]
            self.faces.append((re.sub(r"<.*?>|\s", "", text), box, *fonts[font]))

    def _drawing(self):
        svg = read("pdftocairo", "-svg", "-noshrink", "-nocenter", "-f", self.number, "-l", self.number, self.pdf, "-").decode()
        self.width, self.height = (float(v) * MM for v in re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg).groups())
        body = svg.split("</defs>")[-1]
        self.glyphs = []  # x, baseline, fill
        for fill, group in re.findall(r'<g style="fill:rgb\((.*?)\);fill-opacity:1;">(.*?)</g>', body, re.S):
            for x, y in re.findall(r'<use xlink:href="#glyph.*?" x="(.*?)" y="(.*?)"/>', group):
                self.glyphs.append((float(x) * MM, float(y) * MM, colour(fill)))
        self.rules = []  # x1, y1, x2, y2, thickness, colour
        for width, stroke, path, matrix in re.findall(
                r'stroke-width:([\d.]+);[^"]*?stroke:rgb\((.*?)\);[^"]*" d="(.*?)" transform="matrix\((.*?)\)"', body):
            a, b, c, d, e, f = map(float, matrix.split(","))
            points = [tuple(map(float, p)) for p in re.findall(r"[ML] (-?[\d.]+) (-?[\d.]+)", path)]
            (x1, y1), (x2, y2) = [((a * x + c * y + e) * MM, (b * x + d * y + f) * MM) for x, y in points[:2]]
            self.rules.append((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), float(width) * MM, colour(stroke)))
        self.rules.sort(key=lambda rule: rule[1])

    def _lines(self):
        """Lines from the top, each a list of [character, x, baseline, fill, width]."""
        words = read("pdftotext", "-bbox", "-f", self.number, "-l", self.number, self.pdf, "-").decode()
        left = list(self.glyphs)
        found = {}
        for box in re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', words):
            x1, y1, x2, y2 = (float(v) * MM for v in box[:4])
            text = box[4].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
            own = sorted(g for g in left if x1 - 0.1 <= g[0] < x2 - 0.1 and y1 < g[1] <= y2 + 0.1)
            if len(own) != len(text):
                continue  # turned text, and glyphs of no ink
            ends = [g[0] for g in own[1:]] + [x2]
            line = next((y for y in found if abs(y - own[0][1]) < 0.2), own[0][1])
            found.setdefault(line, []).extend([c, g[0], g[1], g[2], end - g[0]] for c, g, end in zip(text, own, ends))
        self.lines = [sorted(found[y], key=lambda glyph: glyph[1]) for y in sorted(found)]

    def texts(self):
        return ["".join(glyph[0] for glyph in line) for line in self.lines]

    def find(self, text, nth=0):
        """The nth place where a line holds the text (blanks left out)."""
        text = re.sub(r"\s", "", text)
        for line in self.lines:
            at = "".join(glyph[0] for glyph in line).find(text)
            if at < 0:
                continue
            if nth == 0:
                glyphs = line[at:at + len(text)]
                return Span(self, text, glyphs, self.face(glyphs)[1])
            nth -= 1
        raise LookupError("page %d has no line with %s:\n%s" % (self.number, text, "\n".join(self.texts())))

    def line(self, index):
        glyphs = self.lines[index]
        return Span(self, "".join(glyph[0] for glyph in glyphs), glyphs, self.face(glyphs)[1])

    def face(self, glyphs):
        """Face, size and colour of some glyphs: of the text of pdftohtml that holds the first of them."""
        x, y = glyphs[0][1] + 0.5, glyphs[0][2]
        for text, (left, top, width, height), face, size, fill in self.faces:
            if left <= x <= left + width and top <= y <= top + height:
                return face, size, fill
        raise LookupError("no face at %.1f %.1f: %s" % (x, y, glyphs[0][0]))

    def level_rules(self, fill=None):
        """Rules across the page, from the top; those of one height and colour as one."""
        rules = {}
        for x1, y1, x2, y2, thick, ink in self.rules:
            if y1 == y2 and fill in (None, ink):
                key = (round(y1, 2), ink)
                old = rules.get(key, (x1, y1, x2, y2, thick, ink))
                rules[key] = (min(x1, old[0]), y1, max(x2, old[2]), y2, thick, ink)
        return [Rule(*rules[key]) for key in sorted(rules)]

    def ink(self, x1, y1, x2, y2, fill=None):
        """The box of what is dark in a rectangle, or of what is red; None where there is nothing."""
        dots = DOTS if (x2 - x1) * (y2 - y1) < 5000 else DOTS // 2
        at = [round(v * dots) for v in (x1, y1, x2 - x1, y2 - y1)]
        data = read("pdftoppm", "-r", 25.4 * dots, "-f", self.number, "-l", self.number, "-x", at[0], "-y", at[1], "-W", at[2],
                    "-H", at[3], self.pdf)
        head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+\d+\s", data)
        width, height = int(head[1]), int(head[2])
        pixels = data[head.end():]
        dark = pixels[1::3].translate(DARK)  # red reflects red: what is dark or red looks dark through a green glass
        if fill == "red":
            dark = both(dark, pixels[0::3].translate(LIGHT))
        rows = [i for i in range(height) if 1 in dark[i * width:(i + 1) * width]]
        columns = [i for i in range(width) if 1 in dark[i::width]]
        if not rows:
            return None
        return Box(x1 + columns[0] / dots, y1 + rows[0] / dots, x1 + (columns[-1] + 1) / dots, y1 + (rows[-1] + 1) / dots)


def both(one, other):
    return (int.from_bytes(one, "big") & int.from_bytes(other, "big")).to_bytes(len(one), "big")


class Box:
    def __init__(self, left, top, right, bottom):
        self.left, self.top, self.right, self.bottom = left, top, right, bottom
        self.x, self.y = (left + right) / 2, (top + bottom) / 2


class Rule:
    def __init__(self, x1, y1, x2, y2, thick, fill):
        self.left, self.right, self.y, self.thick, self.fill = x1, x2, y1, thick, fill
        self.top, self.bottom = y1 - thick / 2, y1 + thick / 2


def colour(percents):
    return {"100%,0%,0%": "red", "0%,0%,0%": "black"}.get(percents.replace(" ", ""), percents)


class Pages:
    """Pages are read when they are asked for; from 1."""
    def __init__(self, pdf):
        self.pdf = pdf
        self.count = int(re.search(rb"Pages:\s+(\d+)", read("pdfinfo", pdf))[1])
        self.xml = read("pdftohtml", "-xml", "-zoom", "3", "-fontfullname", "-i", "-stdout", pdf).decode()
        self.made = {}

    def __call__(self, number):
        number = number if number > 0 else self.count + 1 + number
        if number not in self.made:
            self.made[number] = Page(self.pdf, number, self.xml)
        return self.made[number]
