"""What ISO 19005-2:2011 (PDF/A-2, level U) asks of a file, one claim a rule, as far as our files can meet or break it: they have
no annotations, fields (signatures aside), layers, enclosures or scripts, and the rules for those say only that there are none. A reading of the
standard in our own words, and no certificate of conformance: no outside validator ran.

Each rule is (clause, claim, faults), "beyond" where the standard does not ask it at this level: `faults(pdf)` yields a sentence for each fault."""
import re
import xml.etree.ElementTree

RULES = []
DC, XMP, PDF, PDFA, RDF = ("{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}", "{http://ns.adobe.com/pdf/1.3/}",
                           "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}")


def rule(clause, claim):
    def keep(faults):
        RULES.append((clause, claim, faults))
        return faults
    return keep


@rule("6.1.1", "qpdf finds no fault of syntax")
def syntax(pdf):
    if pdf.check.returncode != 0:
        yield pdf.check.stdout + pdf.check.stderr


@rule("6.1.2", "the header is %PDF-1.n, and a comment of bytes over 127 follows")
def header(pdf):
    if not re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", pdf.bytes):
        yield repr(pdf.bytes[:20])


@rule("6.1.3", "the trailer has an ID of two strings and no Encrypt; nothing follows %%EOF")
def trailer(pdf):
    ids = pdf.trailer.get("/ID")
    if not (isinstance(ids, list) and len(ids) == 2 and all(re.fullmatch("b:[0-9a-f]{32}|u:.+", i) for i in ids)):
        yield "ID %s" % ids
    if "/Encrypt" in pdf.trailer:
        yield "Encrypt"
    if not re.search(rb"%%EOF\r?\n?\Z", pdf.bytes):
        yield "the file ends with %r" % pdf.bytes[-20:]


@rule("6.1.7.1", "no stream keeps its bytes in another file")
def streams_inside(pdf):
    for name, stream in pdf.streams():
        for key in ("/F", "/FFilter", "/FDecodeParms"):
            if key in stream:
                yield "%s %s" % (name, key)


@rule("6.1.7.2", "no stream is packed by LZW or Crypt")
def filters(pdf):
    for where, dictionary in [*pdf.streams(), *pdf.dictionaries()]:
        for filter in [dictionary.get("/Filter", [])]:
            if {"/LZWDecode", "/Crypt"} & set(filter if isinstance(filter, list) else [filter]):
                yield "%s %s" % (where, filter)


@rule("6.1.9", "every object begins where the cross-reference table says, as `n g obj` alone on its line")
def object_heads(pdf):
    at = int(re.search(rb"startxref\s+(\d+)\s+%%EOF", pdf.bytes)[1])
    if not re.match(rb"xref\r?\n0 \d+\r?\n", pdf.bytes[at:]):
        yield "the table begins with %r" % pdf.bytes[at:at + 12]
    for number, offset in enumerate(re.findall(rb"(\d{10}) \d{5} ([nf])(?:\r\n| \n| \r)", pdf.bytes[at:])):
        if offset[1] == b"n" and not re.match(rb"%d 0 obj\r?\n" % number, pdf.bytes[int(offset[0]):]):
            yield "object %d: %r" % (number, pdf.bytes[int(offset[0]):int(offset[0]) + 12])


@rule("6.1.13", "names have at most 127 bytes, strings 32,767, whole numbers 31 bits; a page measures 3 to 14,400 units")
def limits(pdf):
    for where, value in pdf.values():
        if isinstance(value, str):
            if value.startswith("/") and len(value.encode()) - 1 > 127:
                yield "%s: name of %d bytes" % (where, len(value.encode()) - 1)
            if value[:2] in ("u:", "b:") and len(value.encode()) > 32767:
                yield "%s: string of %d bytes" % (where, len(value.encode()))
        elif isinstance(value, int) and not isinstance(value, bool) and not -2**31 <= value < 2**31:
            yield "%s: %d" % (where, value)
    for page in pdf.pages():
        left, bottom, right, top = page["/MediaBox"]
        if not (3 <= right - left <= 14400 and 3 <= top - bottom <= 14400):
            yield "MediaBox %s" % page["/MediaBox"]


@rule("6.1.13", "q and Q are pairs, at most 28 deep")
def nesting(pdf):
    for steps, _ in pdf.drawings():
        depth = 0
        for operator, _ in steps:
            depth += {b"q": 1, b"Q": -1}.get(operator, 0)
            if not 0 <= depth <= 28:
                yield "depth %d" % depth
        if depth:
            yield "%d q without Q" % depth


# ISO 32000-1, annex A, without the operators of Type 3 fonts, PostScript and shadings, which ours never need.
OPERATORS = set("b B b* B* BDC BMC BT BX c cm CS cs d Do EI EMC ET EX f f* G g gs h i J j K k l m M MP n q Q re RG rg ri S s SC sc "
                "SCN scn T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".encode().split())


@rule("6.2.2", "pages use operators of the standard, and only resources that they name themselves")
def resources(pdf):
    kinds = {b"Tf": "/Font", b"Do": "/XObject", b"gs": "/ExtGState"}
    for steps, named in pdf.drawings():
        for operator, operands in steps:
            if operator not in OPERATORS:
                yield "operator %r" % operator
            if operator in kinds and operands[0].decode() not in (pdf.get(named.get(kinds[operator])) or {}):
                yield "%s of %s" % (operands[0], kinds[operator])


@rule("6.2.3", "one output intent GTS_PDFA1 with an ICC profile of RGB, version 4 at most, for a display or a printer")
def output_intent(pdf):
    intents = [pdf.get(i) for i in pdf.catalog.get("/OutputIntents", [])]
    if len(intents) != 1 or intents[0].get("/S") != "/GTS_PDFA1" or not intents[0].get("/OutputConditionIdentifier"):
        yield "output intents %s" % intents
        return
    reference = intents[0].get("/DestOutputProfile")
    if not reference:
        yield "no profile"
        return
    profile = pdf.data(reference)
    if pdf.get(reference).get("/N") != 3:
        yield "N is %s" % pdf.get(reference).get("/N")
    if int.from_bytes(profile[:4], "big") != len(profile) or profile[36:40] != b"acsp":
        yield "the profile is none"
    if profile[8] > 4 or profile[12:16] not in (b"mntr", b"prtr") or profile[16:20] != b"RGB ":
        yield "profile %r" % profile[8:20]


@rule("6.2.4.3", "colours are RGB, which the output intent explains, or grey")
def colours(pdf):
    for steps, _ in pdf.drawings():
        for operator, operands in steps:
            if operator in (b"k", b"K", b"cs", b"CS"):
                yield "operator %r %r" % (operator, operands)
    for where, dictionary in pdf.dictionaries():
        for key in ("/ColorSpace", "/CS"):
            if dictionary.get("/Subtype") == "/Image" or key == "/CS":
                if dictionary.get(key, "/DeviceGray") not in ("/DeviceRGB", "/DeviceGray"):
                    yield "%s: %s" % (where, dictionary[key])


@rule("6.2.5", "no graphics state has a transfer function or a halftone")
def graphics_states(pdf):
    for where, dictionary in pdf.dictionaries():
        if dictionary.get("/Type") == "/ExtGState":
            for key in {"/TR", "/HTP", "/HTO", "/HT"} & set(dictionary):
                yield "%s: %s" % (where, key)
            if dictionary.get("/TR2", "/Default") != "/Default":
                yield "%s: TR2" % where


@rule("6.2.8", "pictures have no alternates and ask for no interpolation")
def pictures(pdf):
    for where, stream in pdf.streams():
        if stream.get("/Subtype") == "/Image":
            if "/Alternates" in stream or "/OPI" in stream or stream.get("/Interpolate"):
                yield where


@rule("6.2.9", "forms hold no PostScript and refer to no other file")
def forms(pdf):
    for where, stream in pdf.streams():
        if stream.get("/Subtype") == "/PS" or "/PS" in stream or "/OPI" in stream or "/Ref" in stream:
            yield where


BLENDS = {"/" + name for name in "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight "
                                 "Difference Exclusion Hue Saturation Color Luminosity".split()}


@rule("6.2.10", "blend modes are those of the standard, and a page with transparency names the colours it blends in")
def transparency(pdf):
    for where, dictionary in pdf.dictionaries():
        if dictionary.get("/Type") == "/ExtGState" and dictionary.get("/BM", "/Normal") not in BLENDS:
            yield "%s: %s" % (where, dictionary["/BM"])
    for page in pdf.pages():
        steps = operators_of(pdf, page)
        if any(o == b"gs" for o, _ in steps):
            group = pdf.get(page.get("/Group")) or {}
            if group.get("/S") != "/Transparency" or group.get("/CS") != "/DeviceRGB":
                yield "group %s" % group


def operators_of(pdf, page):
    from archive_file import operators
    return operators(pdf.data(page["/Contents"]))


@rule("6.2.11.2", "every font is a Type 0 font with one CIDFont below it, and both are called by their program's name")
def font_dictionaries(pdf):
    for font, descendant, descriptor, _ in pdf.fonts():
        if font.get("/Type") != "/Font" or font.get("/Subtype") != "/Type0" or len(pdf.get(font["/DescendantFonts"])) != 1:
            yield "%s" % font
        name = descendant.get("/BaseFont")
        suffix = "-Identity-H" if descendant.get("/Subtype") == "/CIDFontType0" else ""
        if not re.fullmatch(r"/[A-Z]{6}\+.+", name or "") or descriptor.get("/FontName") != name or font.get("/BaseFont") != name + suffix:
            yield "%s, %s, %s" % (font.get("/BaseFont"), name, descriptor.get("/FontName"))


@rule("6.2.11.3", "the encoding is Identity-H, and TrueType programs say how codes become glyphs")
def encodings(pdf):
    for font, descendant, _, _ in pdf.fonts():
        if font.get("/Encoding") != "/Identity-H":
            yield "encoding %s" % font.get("/Encoding")
        if descendant.get("/Subtype") == "/CIDFontType2" and descendant.get("/CIDToGIDMap") != "/Identity":
            yield "CIDToGIDMap %s" % descendant.get("/CIDToGIDMap")


@rule("6.2.11.4", "every font program is inside the file, of the kind that its dictionary says, and holds each glyph shown")
def programs(pdf):
    for _, descendant, descriptor, codes in pdf.fonts():
        key = {"/CIDFontType0": "/FontFile3", "/CIDFontType2": "/FontFile2"}.get(descendant.get("/Subtype"))
        if key not in descriptor:
            yield "%s has no program" % descriptor.get("/FontName")
            continue
        if key == "/FontFile3" and pdf.get(descriptor[key]).get("/Subtype") != "/CIDFontType0C":
            yield "%s: program of kind %s" % (descriptor["/FontName"], pdf.get(descriptor[key]).get("/Subtype"))
        for code in sorted(codes - set(pdf.program_widths(descriptor))):
            yield "%s has no glyph %d" % (descriptor["/FontName"], code)


@rule("6.2.11.4.2", "no CIDSet, or one of all glyphs in the program")
def cid_sets(pdf):
    for _, _, descriptor, _ in pdf.fonts():
        if "/CIDSet" in descriptor:
            bits = pdf.data(descriptor["/CIDSet"])
            named = {8 * i + k for i, byte in enumerate(bits) for k in range(8) if byte >> (7 - k) & 1}
            if named != set(pdf.program_widths(descriptor)):
                yield descriptor["/FontName"]


@rule("6.2.11.5", "widths in the dictionary are those of the program, to a thousandth of the em")
def widths(pdf):
    for _, descendant, descriptor, codes in pdf.fonts():
        if not {"/FontFile2", "/FontFile3"} & set(descriptor):
            continue
        said, default = pdf.widths(descendant)
        program = pdf.program_widths(descriptor)
        for code in sorted(codes & set(program)):
            if abs(said.get(code, default) - program[code]) > 1:
                yield "%s, code %d: %s, in the program %s" % (descriptor["/FontName"], code, said.get(code, default), program[code])


@rule("6.2.11.7.2", "every code shown has its character in ToUnicode, and none is U+0000, U+FEFF or U+FFFE")
def unicode_maps(pdf):
    for font, _, descriptor, codes in pdf.fonts():
        if "/ToUnicode" not in font:
            yield "%s has no ToUnicode" % descriptor["/FontName"]
            continue
        characters = pdf.to_unicode(font)
        for code in sorted(codes - set(characters)):
            yield "%s: code %d" % (descriptor["/FontName"], code)
        for code, text in sorted(characters.items()):
            if not text or set(text) & set("\0\ufeff\ufffe"):
                yield "%s: code %d is %r" % (descriptor["/FontName"], code, text)


@rule("6.2.11.8", ".notdef is never shown")
def no_notdef(pdf):
    for _, _, descriptor, codes in pdf.fonts():
        if 0 in codes:
            yield descriptor["/FontName"]


def signature_fields(pdf):
    """The fields of a signed file, by their object; other fields are none of these."""
    form = pdf.get(pdf.catalog.get("/AcroForm")) or {}
    return {reference: pdf.get(reference) for reference in form.get("/Fields", []) if pdf.get(reference).get("/FT") == "/Sig"}


@rule("6.3 to 6.5, 6.8 to 6.11", "no annotations, fields (signatures aside), actions, scripts, enclosures, layers or presentations")
def nothing_that_acts(pdf):
    for key in ("/AA", "/OpenAction", "/OCProperties", "/Requirements", "/NeedsRendering", "/Names"):
        if key in pdf.catalog:
            yield key
    form = pdf.get(pdf.catalog.get("/AcroForm")) or {}
    if set(form) - {"/Fields", "/SigFlags"} or set(form.get("/Fields", [])) != set(signature_fields(pdf)):
        yield "AcroForm %s" % form
    for where, dictionary in pdf.dictionaries():
        for key in ("/AA", "/A", "/JS", "/EF", "/PresSteps"):
            if key in dictionary:
                yield "%s: %s" % (where, key)
        if "/Annots" in dictionary and (not dictionary["/Annots"] or set(dictionary["/Annots"]) - set(signature_fields(pdf))):
            yield "%s: %s" % (where, dictionary["/Annots"])


@rule("6.3.2, 6.3.3", "a signature's widget is printed, is not hidden, and has no size, for it has no appearance")
def signature_widgets(pdf):
    for reference, field in signature_fields(pdf).items():
        flags = field.get("/F", 0)
        if field.get("/Subtype") != "/Widget" or flags & 4 == 0 or flags & (1 | 2 | 32) or field.get("/Rect") != [0, 0, 0, 0]:
            yield "%s: %s" % (reference, field)


@rule("6.4.3", "a signature covers the whole file but its own digits, by SHA-256 or better")
def signatures(pdf):
    for reference, field in signature_fields(pdf).items():
        value = pdf.get(field.get("/V"))
        begin, size, rest, tail = value["/ByteRange"]
        if (begin, rest + tail) != (0, len(pdf.bytes)) or pdf.bytes[size:size + 1] != b"<" or pdf.bytes[rest - 1:rest] != b">":
            yield "%s: %s of %d" % (reference, value["/ByteRange"], len(pdf.bytes))
        digits = re.match(rb"[0-9a-fA-F]*", pdf.bytes[size + 1:rest - 1])[0]
        if b"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01" not in bytes.fromhex(digits[:len(digits) // 2 * 2].decode()):
            yield "%s: no SHA-256" % reference


def packet_of(pdf):
    return pdf.data(pdf.catalog["/Metadata"]).decode("utf-8")


def description_of(pdf):
    return xml.etree.ElementTree.fromstring(re.sub(r"<\?xpacket.*?\?>", "", packet_of(pdf))).find(".//%sDescription" % RDF)


@rule("6.6.2.1", "the catalog has an XMP packet, well-formed, whose head says neither bytes nor encoding")
def metadata(pdf):
    if "/Metadata" not in pdf.catalog:
        yield "no Metadata"
        return
    stream = pdf.get(pdf.catalog["/Metadata"])
    if stream.get("/Type") != "/Metadata" or stream.get("/Subtype") != "/XML":
        yield "%s" % stream
    try:
        text = packet_of(pdf)
        if description_of(pdf) is None:
            yield "no description"
    except (UnicodeDecodeError, xml.etree.ElementTree.ParseError) as fault:
        yield str(fault)
        return
    head = re.match(r"<\?xpacket (.*?)\?>", text)
    if not head or "bytes=" in head[1] or "encoding=" in head[1] or not re.search(r"<\?xpacket end=['\"][rw]['\"]\?>\s*\Z", text):
        yield "packet %r" % text[:60]


@rule("6.6.2.3", "every property is one of the known schemas")
def properties(pdf):
    if "/Metadata" not in pdf.catalog:
        return
    known = {DC + n for n in "title creator description".split()} | {XMP + n for n in "CreatorTool CreateDate ModifyDate".split()}
    known |= {PDF + "Producer", PDFA + "part", PDFA + "conformance"}
    for property in description_of(pdf):
        if property.tag not in known:
            yield property.tag


@rule("6.6.4", "the file says that it is PDF/A-2, level U")
def identification(pdf):
    description = description_of(pdf) if "/Metadata" in pdf.catalog else None
    said = None if description is None else (description.findtext(PDFA + "part"), description.findtext(PDFA + "conformance"))
    if said != ("2", "U"):
        yield "%s" % (said,)


@rule("beyond", "document information and XMP say the same, in China time")
def same_information(pdf):
    if "/Metadata" not in pdf.catalog:
        return
    description, info = description_of(pdf), pdf.get(pdf.trailer["/Info"])

    def said(tag):
        element = description.find(tag)
        return None if element is None else "u:" + "".join(element.itertext())
    for key, tag in (("/Title", DC + "title"), ("/Author", DC + "creator"), ("/Subject", DC + "description"),
                     ("/Creator", XMP + "CreatorTool"), ("/Producer", PDF + "Producer")):
        if info.get(key) != said(tag):
            yield "%s: %s, in XMP %s" % (key, info.get(key), said(tag))
    for key, tag in (("/CreationDate", XMP + "CreateDate"), ("/ModDate", XMP + "ModifyDate")):
        date = re.sub(r"^u:D:(....)(..)(..)(..)(..)(..)\+08'00'$", r"u:\1-\2-\3T\4:\5:\6+08:00", info.get(key, ""))
        if date != said(tag):
            yield "%s: %s, in XMP %s" % (key, info.get(key), said(tag))


@rule("beyond", "the language of the text is said")
def language(pdf):
    if not re.fullmatch(r"u:[a-z]{2,3}(-[A-Za-z0-9]+)*", pdf.catalog.get("/Lang", "")):
        yield "Lang %s" % pdf.catalog.get("/Lang")


def check(pdf):
    """(clause, claim, faults) of every rule that the file breaks."""
    broken = []
    for clause, claim, faults in RULES:
        found = list(faults(pdf))
        if found:
            broken.append((clause, claim, found))
    return broken
