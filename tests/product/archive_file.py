"""A PDF as the rules of archive_rules.py read it: its objects by way of `qpdf --json`, its pages' operators, and its font
programs by way of fontTools."""
import base64, io, json, re

from wenshu import judge

TOKEN = re.compile(rb"\s+|%[^\r\n]*|<<|>>|<[0-9A-Fa-f\s]*>|\((?:\\.|[^()\\])*\)|[\[\]]|/[^\s<>\[\]()/%]*|[^\s<>\[\]()/%]+")


def to_json(path):
    done = judge("qpdf", "--json=2", "--json-key=qpdf", "--json-stream-data=inline", "--decode-level=generalized", path, "-")
    if done.returncode not in (0, 3):  # 3: with warnings, which qpdf --check reports
        raise ValueError(done.stderr)
    return json.loads(done.stdout)


def string(token):
    """The bytes of a string as pages write it: <…> in hexadecimal digits, or (…) with backslashes."""
    if token.startswith(b"<"):
        return bytes.fromhex(re.sub(rb"\s", b"", token[1:-1]).decode())
    return re.sub(rb"\\(.)", lambda m: b"\r" if m[1] == b"r" else m[1], token[1:-1], flags=re.S)


class Pdf:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = file.read()
        self.json = to_json(path)
        self.objects = self.json["qpdf"][1]
        self.trailer = self.objects["trailer"]["value"]
        self.catalog = self.get(self.trailer["/Root"])
        self.check = judge("qpdf", "--check", path)

    def get(self, value):
        """What a reference refers to; a stream gives its dictionary."""
        if isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            entry = self.objects["obj:" + value]
            return entry["stream"]["dict"] if "stream" in entry else self.get(entry["value"])
        return value

    def data(self, reference):
        return base64.b64decode(self.objects["obj:" + reference]["stream"]["data"])

    def dictionaries(self):
        """Every dictionary of the file, also those inside others, each with its object's name."""
        def walk(name, value):
            if isinstance(value, dict):
                yield name, value
                for child in value.values():
                    yield from walk(name, child)
            if isinstance(value, list):
                for child in value:
                    yield from walk(name, child)
        for name, entry in self.objects.items():
            yield from walk(name, entry["stream"]["dict"] if "stream" in entry else entry["value"])

    def streams(self):
        return [(name, entry["stream"]["dict"]) for name, entry in self.objects.items() if "stream" in entry]

    def values(self):
        """Every simple value of the file with its object's name; keys of dictionaries are names, too."""
        def walk(name, value):
            if isinstance(value, (dict, list)):
                for child in value:
                    yield from walk(name, child)
                if isinstance(value, dict):
                    yield from walk(name, list(value.values()))
            else:
                yield name, value
        for name, entry in self.objects.items():
            yield from walk(name, entry["stream"]["dict"] if "stream" in entry else entry["value"])

    def pages(self):
        return [self.get(page) for page in self.get(self.catalog["/Pages"])["/Kids"]]

    def drawings(self):
        """Operators and resources of each page and each form."""
        for page in self.pages():
            yield operators(self.data(page["/Contents"])), self.get(page["/Resources"])
        for name, stream in self.streams():
            if stream.get("/Subtype") == "/Form":
                yield operators(self.data(name[4:])), self.get(stream["/Resources"])

    def fonts(self):
        """Type 0 fonts: the dictionary, its descendant, its descriptor and all codes that pages show in it."""
        shown = {}
        for steps, resources in self.drawings():
            font = None
            for operator, operands in steps:
                if operator == b"Tf":
                    font = self.get(resources["/Font"])[operands[0].decode()]
                if operator in (b"Tj", b"TJ"):
                    text = b"".join(string(o) for o in operands if o[:1] in b"<(")
                    shown.setdefault(font, set()).update(text[i] << 8 | text[i + 1] for i in range(0, len(text), 2))
        for name, codes in sorted(shown.items()):
            font = self.get(name)
            descendant = self.get(self.get(font["/DescendantFonts"])[0])
            yield font, descendant, self.get(descendant["/FontDescriptor"]), codes

    def to_unicode(self, font):
        """Code to text; every line of a bfchar block (libharu's own way, bfrange, is not ours)."""
        text = self.data(font["/ToUnicode"]).decode("ascii")
        pairs = re.findall(r"^<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>$", text, re.M)
        return {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs}

    def widths(self, descendant):
        """/W as code to width, and the default."""
        widths, run = {}, descendant.get("/W", [])
        for first, each in zip(run[::2], run[1::2]):
            for i, width in enumerate(each):
                widths[first + i] = width
        return widths, descendant.get("/DW", 1000)

    def program_widths(self, descriptor):
        """Code to width in thousandths of the em, as the embedded font program says it."""
        if "/FontFile2" in descriptor:
            from fontTools.ttLib import TTFont
            font = TTFont(io.BytesIO(self.data(descriptor["/FontFile2"])))
            scale = 1000 / font["head"].unitsPerEm
            metrics = font["hmtx"].metrics
            return {code: metrics[name][0] * scale for code, name in enumerate(font.getGlyphOrder())}
        from fontTools.cffLib import CFFFontSet
        from fontTools.pens.basePen import NullPen
        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(self.data(descriptor["/FontFile3"])), None)
        top, widths = fonts[fonts.fontNames[0]], {}
        for glyph, name in enumerate(top.charset):
            outline = top.CharStrings[name]
            outline.draw(NullPen())
            widths[int(name[3:]) if hasattr(top, "ROS") and name != ".notdef" else glyph] = outline.width
        return widths


def operators(content):
    """(operator, operands) of a content stream; an inline picture is the operator EI."""
    found, operands, at = [], [], 0
    while at < len(content):
        token = TOKEN.match(content, at)
        if not token:
            raise ValueError("not readable at byte %d of a content stream: %r" % (at, content[at:at + 20]))
        at, word = token.end(), token[0]
        if word.isspace() or word.startswith(b"%"):
            continue
        if word == b"ID":
            at = content.index(b"EI", content.index(b">", at) if b"/AHx" in operands else at) + 2
            word = b"EI"
        if re.match(rb"[A-Za-z'\"]", word) and word not in (b"true", b"false", b"null") and not (
                operands[:1] == [b"BI"] and word != b"EI"):
            if word == b"BI":
                operands = [b"BI"]
                continue
            found.append((word, operands))
            operands = []
        else:
            operands.append(word)
    return found
