#!/usr/bin/env python3
"""Notices and certificates are made to the rules of PDF/A-2, level U, as archive_rules.py reads them; and each of those rules
finds its fault in a certificate that was spoilt for it."""
import base64, glob, importlib.util, json, os, re

from wenshu import ROOT, expect, fail, folder, judge, must, require

require("qpdf")
if importlib.util.find_spec("fontTools") is None:
    print("skipped: not installed: python3-fonttools")
    raise SystemExit(77)

from archive_file import Pdf, to_json
from archive_rules import RULES, check

SPOILERS = {}  # name of the rule's function -> functions that spoil the objects of a file, or its bytes


def spoils(rule):
    def keep(spoil):
        SPOILERS.setdefault(rule, []).append(spoil)
        return spoil
    return keep


class Spoilt:
    """The objects of a file, to be changed."""
    def __init__(self, told):
        self.objects = told["qpdf"][1]
        self.trailer = self.objects["trailer"]["value"]
        self.catalog = self.find("/Type", "/Catalog")

    def all(self, key, value):
        for entry in self.objects.values():
            each = entry["stream"]["dict"] if "stream" in entry else entry["value"]
            if isinstance(each, dict) and each.get(key) == value:
                yield each

    def find(self, key, value):
        return next(self.all(key, value))

    def page(self):
        return self.find("/Type", "/Page")

    def stream(self, reference):
        return self.objects["obj:" + reference]["stream"]

    def replace(self, reference, old, new):
        stream = self.stream(reference)
        data = base64.b64decode(stream["data"])
        assert re.search(old, data), old
        stream["data"] = base64.b64encode(re.sub(old, new, data, count=1)).decode()

    def draw(self, operators):
        self.replace(self.page()["/Contents"], rb"\A", operators)

    def describe(self, old, new):
        self.replace(self.catalog["/Metadata"], old, new)

    def add(self, dictionary, data=b""):
        number = 1 + max(int(key[4:].split()[0]) for key in self.objects if key != "trailer")
        self.objects["obj:%d 0 R" % number] = {"stream": {"dict": dictionary, "data": base64.b64encode(data).decode()}}
        return "%d 0 R" % number


    def sign(self, **widget):
        """A signature field that covers nothing."""
        number = 1 + max(int(key[4:].split()[0]) for key in self.objects if key != "trailer")
        field = {"/Type": "/Annot", "/Subtype": "/Widget", "/FT": "/Sig", "/T": "u:Signature", "/Rect": [0, 0, 0, 0], "/F": 132,
                 "/V": {"/Type": "/Sig", "/ByteRange": [0, 10, 20, 30], "/Contents": "b:3000"}}
        field.update({"/" + key: value for key, value in widget.items()})
        self.objects["obj:%d 0 R" % number] = {"value": field}
        self.catalog["/AcroForm"] = {"/Fields": ["%d 0 R" % number], "/SigFlags": 3}
        self.page()["/Annots"] = ["%d 0 R" % number]


def spoil_bytes(rule, *changes):
    for old, new in changes:
        spoils(rule)(lambda data, old=old, new=new: re.sub(old, new, data, count=1))


spoil_bytes("syntax", (rb"/Type /Pages", rb"/Type /Pagez"), (rb"endstream", rb"endstraem"))
spoil_bytes("header", (rb"\A%PDF-1.7", b"%PDF-2.0"), (rb"\n%[\x80-\xff]+", b"\n%abcd"))
spoil_bytes("trailer", (rb"/ID \[.*?\]", rb"          "), (rb"%%EOF\s*\Z", rb"%%EOF\nmore"))
spoil_bytes("object_heads", (rb"\n(\d+) 0 obj\n", rb"\n\1 0 obj "))

spoils("streams_inside")(lambda f: f.find("/Subtype", "/Form").update({"/F": "u:other.bin"}))
spoils("filters")(lambda f: f.page().update({"/PieceInfo": {"/Filter": "/LZWDecode"}}))
spoils("limits")(lambda f: f.page().update({"/MediaBox": [0, 0, 20000, 500]}))
spoils("limits")(lambda f: f.catalog.update({"/" + "n" * 200: 1}))
spoils("limits")(lambda f: f.catalog.update({"/Count": 2**31}))
spoils("nesting")(lambda f: f.draw(b"q " * 29 + b"Q " * 29))
spoils("nesting")(lambda f: f.draw(b"q "))
spoils("resources")(lambda f: f.draw(b"/Nowhere Do "))
spoils("resources")(lambda f: f.draw(b"12 foo "))
spoils("output_intent")(lambda f: f.catalog.pop("/OutputIntents"))
spoils("output_intent")(lambda f: f.replace(f.find("/Type", "/OutputIntent")["/DestOutputProfile"], b"RGB ", b"CMYK"))
spoils("output_intent")(lambda f: f.stream(f.find("/Type", "/OutputIntent")["/DestOutputProfile"])["dict"].update({"/N": 4}))
spoils("colours")(lambda f: f.draw(b"0 0 0 1 k "))
spoils("colours")(lambda f: f.find("/Subtype", "/Image").update({"/ColorSpace": "/DeviceCMYK"}))
spoils("graphics_states")(lambda f: f.find("/Type", "/ExtGState").update({"/TR": "/Identity"}))
spoils("pictures")(lambda f: f.find("/Subtype", "/Image").update({"/Interpolate": True}))
spoils("forms")(lambda f: f.find("/Subtype", "/Form").update({"/Ref": {"/F": "u:x"}}))
spoils("transparency")(lambda f: f.find("/Type", "/ExtGState").update({"/BM": "/Shiny"}))
spoils("transparency")(lambda f: f.page().pop("/Group"))
spoils("font_dictionaries")(lambda f: f.find("/Subtype", "/CIDFontType0").update({"/BaseFont": "/Fang"}))
spoils("encodings")(lambda f: f.find("/Subtype", "/Type0").update({"/Encoding": "/GBK-EUC-H"}))
spoils("encodings")(lambda f: f.find("/Subtype", "/CIDFontType2").pop("/CIDToGIDMap"))
spoils("programs")(lambda f: [d.pop("/FontFile2", d.pop("/FontFile3", 0)) for d in f.all("/Type", "/FontDescriptor")])
spoils("programs")(lambda f: f.replace(f.page()["/Contents"], rb"\((?:\\.|[^\\]){2}", b"(\xff\xf0"))
spoils("cid_sets")(lambda f: f.find("/Type", "/FontDescriptor").update({"/CIDSet": f.add({}, b"\x80")}))
spoils("widths")(lambda f: f.find("/Subtype", "/CIDFontType2").update({"/DW": 998}))
spoils("unicode_maps")(lambda f: f.find("/Subtype", "/Type0").pop("/ToUnicode"))
spoils("unicode_maps")(lambda f: f.replace(f.find("/Subtype", "/Type0")["/ToUnicode"], rb"> <....>\n", b"> <FEFF>\n"))
spoils("unicode_maps")(lambda f: f.replace(f.find("/Subtype", "/Type0")["/ToUnicode"], rb"bfchar\n<....> <....>\n", b"bfchar\n"))
spoils("no_notdef")(lambda f: f.replace(f.page()["/Contents"], rb"\((?:\\.|[^\\]){2}", b"(\0\0"))
spoils("nothing_that_acts")(lambda f: f.catalog.update({"/OpenAction": {"/S": "/JavaScript", "/JS": "u:1"}}))
spoils("nothing_that_acts")(lambda f: f.page().update({"/Annots": []}))
spoils("nothing_that_acts")(lambda f: f.catalog.update({"/AcroForm": {"/Fields": [], "/XFA": "u:x"}}))
spoils("nothing_that_acts")(lambda f: f.sign(FT="/Tx"))
spoils("signature_widgets")(lambda f: f.sign(F=2))
spoils("signature_widgets")(lambda f: f.sign(Rect=[0, 0, 90, 90]))
spoils("signatures")(lambda f: f.sign())
spoils("metadata")(lambda f: f.catalog.pop("/Metadata"))
spoils("metadata")(lambda f: f.describe(b"</dc:title>", b""))
spoils("metadata")(lambda f: f.describe(b"<\\?xpacket begin", b"<?xpacket bytes='900' begin"))
spoils("properties")(lambda f: f.describe(b"</rdf:Description>", b"<pdf:Trapped>True</pdf:Trapped></rdf:Description>"))
spoils("identification")(lambda f: f.describe(b">2</pdfaid:part>", b">1</pdfaid:part>"))
spoils("identification")(lambda f: f.describe(b">U</pdfaid", b">A</pdfaid"))
spoils("same_information")(lambda f: f.objects["obj:" + f.trailer["/Info"]]["value"].update({"/Title": "u:Something else"}))
spoils("same_information")(lambda f: f.describe(rb"\+08:00</xmp:ModifyDate>", b"Z</xmp:ModifyDate>"))
spoils("language")(lambda f: f.catalog.pop("/Lang"))


def is_of_bytes(rule):
    return rule in ("syntax", "header", "trailer", "object_heads")


def spoil_file(rule, spoil, source, out):
    if is_of_bytes(rule):
        with open(source, "rb") as file, open(out, "wb") as changed:
            changed.write(spoil(file.read()))
        return
    told = to_json(source)
    spoil(Spoilt(told))
    with open(out + ".json", "w", encoding="utf-8") as file:
        json.dump(told, file)
    done = judge("qpdf", "--json-input", "--compress-streams=n", out + ".json", out)
    if done.returncode not in (0, 3):
        fail("qpdf does not write the spoilt file: " + done.stderr)


def every_rule_finds_its_fault(source, at):
    expect("every rule has its spoilers", sorted(SPOILERS) == sorted(faults.__name__ for _, _, faults in RULES),
           set(SPOILERS) ^ {faults.__name__ for _, _, faults in RULES})
    for clause, claim, faults in RULES:
        for number, spoil in enumerate(SPOILERS[faults.__name__]):
            out = os.path.join(at, "%s-%d.pdf" % (faults.__name__, number))
            spoil_file(faults.__name__, spoil, source, out)
            found = list(faults(Pdf(out)))
            expect("%s fault %d is found: %s" % (clause, number + 1, claim), found)


def is_archival(pdf):
    broken = check(Pdf(pdf))
    expect("%s keeps all %d rules" % (os.path.basename(pdf), len(RULES)), not broken,
           "\n".join("%s %s: %s" % (clause, claim, found[:3]) for clause, claim, found in broken))


def srgb_is_srgb(pdf, at):
    """lcms itself reads the profile inside as sRGB."""
    read = Pdf(pdf)
    intent = read.get(read.catalog["/OutputIntents"][0])
    with open(os.path.join(at, "inside.icc"), "wb") as file:
        file.write(read.data(intent["/DestOutputProfile"]))
    said = judge("transicc", "-n", "-t1", "-i", file.name, "-o", "*sRGB", input="255 0 0\n12 200 77\n")
    values = [round(float(v)) for v in re.findall(r"-?\d+\.\d+", said.stdout)]
    expect("the profile is sRGB", values == [255, 0, 0, 12, 200, 77], said.stdout + said.stderr)


with folder() as at:
    demo = os.path.join(at, "demo")
    must("demo", "--out", demo)
    certificates = sorted(glob.glob(demo + "/certificates/*.pdf"))
    for source in sorted(glob.glob(ROOT + "/samples/district-*/notice.yaml") + glob.glob(ROOT + "/samples/notices/**/*.yaml", recursive=True)):
        with open(source, encoding="utf-8") as file:
            if not re.search(r"^notice:", file.read(), re.M):
                continue
        out = os.path.join(at, source[len(ROOT) + 1:].replace("/", "-")[:-5] + ".pdf")
        must("notice", source, "-o", out)
        is_archival(out)
    is_archival(demo + "/notice.pdf")
    for certificate in certificates[:3]:
        is_archival(certificate)
    require("transicc")
    srgb_is_srgb(certificates[0], at)
    every_rule_finds_its_fault(certificates[0], at)
