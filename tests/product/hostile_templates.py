"""Word templates as no clerk would write them and as Word may well leave them: made from a seed, the same each time.

Tags are cut at any place over runs, with proofing marks, bookmarks, insertions, deletions, comments and content controls
between the pieces; loops stand around drawings, bookmarks, notes, comments, nested tables, text boxes, lists, merged cells.
`template(seed)` gives the entries of the package, the data, and whether the template is sound or has a fault of sections.
"""
import random

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (' xmlns:w="%s" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
         ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
         ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
         ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
         ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
         ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
         ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"') % W
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DATA = {
    "标题": "关于“研修”的<通知> & 附件", "空": None, "人数": 36, "日期": "2020-07-27", "无项": [],
    "班": [{"名": "甲班 <一>", "时": 8, "组": [{"员": "王芳"}, {"员": "李雷 & 韩梅"}]},
          {"名": "乙班", "时": 0.5, "组": []},
          {"名": "甲班 <一>", "时": 36, "组": [{"员": "周𬱟"}]}],
    "行": [{"甲": "一", "乙": "同"}, {"甲": "二", "乙": "同"}, {"甲": None, "乙": "异\n下一行"}],
}
PIXEL = (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\3\1\1\0"
         b"\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82")


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.serial = 100
        self.comments = 0
        self.in_body = True  # heads, feet and notes hold no comments and no notes: Word has none there, LibreOffice opens no such file
        self.controls = True  # comments and notes hold none: LibreOffice does not open two notes that begin with one
        self.faulty = False

    def one_in(self, n):
        return self.r.randrange(n) == 0

    def fresh(self):
        """Sometimes an id that was given before: copying and pasting leaves such files behind."""
        if self.one_in(12) and self.serial > 101:
            return self.r.randrange(100, self.serial)
        self.serial += 1
        return self.serial

    # Runs ------------------------------------------------------------------------------------------
    def format(self):
        return self.r.choice(["", "", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>',
                              '<w:rPr><w:noProof/><w:sz w:val="28"/></w:rPr>', '<w:rPr><w:color w:val="FF0000"/></w:rPr>'])

    def run(self, text):
        return '<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>' % (self.format(), escape(text))

    def between(self):
        """What Word puts between two runs, and a tag must survive."""
        i = self.fresh()
        return self.r.choice([
            "", "", '<w:proofErr w:type="spellStart"/>', '<w:proofErr w:type="gramEnd"/>',
            '<w:bookmarkStart w:id="%d" w:name="b%d"/><w:bookmarkEnd w:id="%d"/>' % (i, i, i),
            '<w:del w:id="%d" w:author="甲" w:date="2020-01-01T00:00:00Z"><w:r><w:delText>旧{{</w:delText></w:r></w:del>' % i,
            "<w:r><w:lastRenderedPageBreak/></w:r>", "<w:r/>", '<w:r><w:t xml:space="preserve"></w:t></w:r>',
            '<w:permStart w:id="%d" w:edGrp="everyone"/><w:permEnd w:id="%d"/>' % (i, i)])

    def around(self, run, holds_section):
        """A section that begins in a content control must end in it, so these stand around values alone."""
        i = self.fresh()
        ways = ["%s", "%s", "%s", "%s"]
        ways += ['<w:ins w:id="%d" w:author="乙" w:date="2020-01-01T00:00:00Z">%%s</w:ins>' % i, '<w:hyperlink w:anchor="b1">%s</w:hyperlink>',
                 '<w:smartTag w:uri="urn:x" w:element="y">%s</w:smartTag>']
        if not holds_section and self.controls:
            ways += ['<w:sdt><w:sdtPr><w:id w:val="%d"/></w:sdtPr><w:sdtContent>%%s</w:sdtContent></w:sdt>' % i]
        return self.r.choice(ways) % run

    def runs(self, text):
        """The text, cut anywhere."""
        cuts = sorted(set(self.r.randrange(1, len(text)) for _ in range(self.r.randrange(0, 6)))) if len(text) > 1 else []
        pieces = [text[a:b] for a, b in zip([0] + cuts, cuts + [len(text)])]
        return "".join(self.around(self.run(piece), any(c in text for c in "#/^＃／")) + self.between() for piece in pieces)

    # Things with ids ---------------------------------------------------------------------------------
    def drawing(self):
        i = self.fresh()
        return ('<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="360000" cy="360000"/>'
                '<wp:docPr id="%d" name="图 %d" descr="图：{{标题}}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
                '<pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture"/>'
                '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm>'
                '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>') % (i, i, i)

    def box(self, inside):
        i = self.fresh()
        return ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
                '<wp:extent cx="1800000" cy="720000"/><wp:docPr id="%d" name="文本框 %d"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
                '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>%s</w:txbxContent></wps:txbx>'
                '<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:rect id="_x0000_s%d" style="width:140pt;height:56pt">'
                '<v:textbox><w:txbxContent>%s</w:txbxContent></v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>') % (i, i, inside, i, inside)

    def note(self):
        return '<w:r><w:footnoteReference w:id="2"/></w:r>' if self.one_in(2) else '<w:r><w:endnoteReference w:id="2"/></w:r>'

    def comment(self, inside):
        self.comments += 1
        return '<w:commentRangeStart w:id="0"/>%s<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>' % inside

    def bookmark(self, inside):
        i = self.fresh()
        return '<w:bookmarkStart w:id="%d" w:name="书签%d"/>%s<w:bookmarkEnd w:id="%d"/>' % (i, i, inside, i)

    def permission(self, inside):
        i = self.fresh()
        return '<w:permStart w:id="%d" w:edGrp="everyone"/>%s<w:permEnd w:id="%d"/>' % (i, inside, i)

    def moved(self, inside):
        i, j = self.fresh(), self.fresh()
        who = 'w:author="甲" w:date="2020-01-01T00:00:00Z"'
        return "".join('<w:%sRangeStart w:id="%d" w:name="move%d" %s/><w:%s w:id="%d" %s>%s</w:%s><w:%sRangeEnd w:id="%d"/>'
                       % (kind, k, i, who, kind, self.fresh(), who, run, kind, kind, k)
                       for kind, k, run in (("moveFrom", i, "<w:r><w:t>旧处</w:t></w:r>"), ("moveTo", j, inside)))

    def changed(self):
        return '<w:r><w:rPr><w:b/><w:rPrChange w:id="%d" w:author="甲"><w:rPr/></w:rPrChange></w:rPr><w:t>改过</w:t></w:r>' % self.fresh()

    def torn(self, blocks):
        """A range over several blocks, which may begin or end inside of what repeats."""
        i = self.fresh()
        start, end = self.r.choice([('<w:bookmarkStart w:id="%d" w:name="跨%d"/>' % (i, i), '<w:bookmarkEnd w:id="%d"/>' % i),
                                    ('<w:permStart w:id="%d" w:edGrp="everyone"/>' % i, '<w:permEnd w:id="%d"/>' % i)])
        a, b = sorted(self.r.sample(range(len(blocks) + 1), 2))
        return "".join(blocks[:a]) + start + "".join(blocks[a:b]) + end + "".join(blocks[b:])

    def field(self, inside):
        return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> REF b1 \\h </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>%s<w:r><w:fldChar w:fldCharType="end"/></w:r>') % inside

    def thing(self):
        ways = [self.drawing, lambda: self.bookmark(self.runs("{{标题}}")), lambda: self.field(self.runs("{{人数}}")),
                lambda: self.permission(self.runs("{{人数}}")), lambda: self.moved(self.run("新处")), self.changed,
                lambda: "<w:r><w:tab/><w:br/></w:r>", lambda: self.box(self.paragraph("{{标题}}"))]
        if self.in_body:
            ways += [self.note, lambda: self.comment(self.runs("{{日期 | date}}")) if not self.comments else ""]
        return self.r.choice(ways)()

    # Blocks --------------------------------------------------------------------------------------------
    def paragraph(self, text="", more=""):
        properties = self.r.choice(["", "", '<w:pPr><w:jc w:val="center"/></w:pPr>', '<w:pPr><w:pStyle w:val="a"/></w:pPr>',
                                    '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'])
        i = "%08X" % (0x10000000 + self.fresh())
        return '<w:p w14:paraId="%s" w14:textId="77777777">%s%s%s</w:p>' % (i, properties, self.runs(text) if text else "", more)

    def control(self, inside):
        return '<w:sdt><w:sdtPr><w:alias w:val="控件"/><w:id w:val="%d"/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>' % (self.fresh(), inside)

    def cell(self, inside, properties=""):
        return '<w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/>%s</w:tcPr>%s</w:tc>' % (properties, inside)

    def table(self, rows, columns=3):
        return ('<w:tbl><w:tblPr><w:tblW w:w="4500" w:type="dxa"/></w:tblPr><w:tblGrid>%s</w:tblGrid>%s</w:tbl>'
                % ('<w:gridCol w:w="1500"/>' * columns, "".join("<w:tr>%s</w:tr>" % row for row in rows)))

    def row_loop(self):
        last = self.r.choice([lambda: self.paragraph("{{乙 | merge}}{{/行}}"), lambda: self.paragraph("{{乙}}", self.maybe_thing()) + self.paragraph("{{/行}}"),
                              lambda: self.paragraph("{{乙}}{{/行}}")])()
        rows = [self.cell(self.paragraph("{{#行}}{{@index}}")) + self.cell(self.paragraph("{{甲 | default —}}")) + self.cell(last)]
        if self.one_in(2):
            rows.insert(0, self.cell(self.paragraph("表头{{标题}}"), '<w:gridSpan w:val="3"/>'))
        if self.one_in(3):
            rows.append(self.cell(self.paragraph("合计"), '<w:gridSpan w:val="2"/>') + self.cell(self.paragraph("{{班.时 | sum}}")))
        return self.table(rows)

    def merged_down(self):
        """A merge over rows that may all go, come again, or follow another record's."""
        begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        p, c = self.paragraph, self.cell
        row = lambda merge, first, second: c(p(first), merge) + c(p(second)) + c(p("", self.maybe_thing()))
        list_name, inner = self.r.choice(["班", "无项"]), self.r.choice(["空", "组", "@first", "@last"])
        rows = self.r.choice([
            lambda: [row(begins, "{{#%s}}{{名}}" % list_name, "{{时}}{{/%s}}" % list_name), row(goes_on, "", "合计"), row(goes_on, "", "备注")],
            lambda: [row("", "{{#班}}", ""), row(begins, "{{#%s}}头" % inner, "{{/%s}}" % inner), row(goes_on, "", "{{名}}"), row("", "{{/班}}", "")],
            lambda: [row(begins, "单位", ""), row(goes_on, "{{#%s}}" % list_name, "{{名}}{{/%s}}" % list_name), row(goes_on, "", "末")],
            lambda: [row(begins, "单位", ""), row(goes_on, "{{#班}}", "{{名}}"), row("", "小计", "{{时}}{{/班}}")],
            lambda: [row(begins, "{{#空}}甲", "{{/空}}"), row(begins, "{{^空}}乙", "{{/空}}"), row(goes_on, "", "末")]])()
        return self.table(rows)

    def referred(self):
        """A record whose cross-reference and link lead to its own bookmark."""
        i = self.fresh()
        return (self.paragraph("{{#班}}") + "<w:p>%s</w:p>" % self.field(self.runs("见")).replace("REF b1", "REF 引%d" % i) +
                '<w:p><w:bookmarkStart w:id="%d" w:name="引%d"/>%s<w:bookmarkEnd w:id="%d"/>' % (i, i, self.runs("{{名}}"), i) +
                '<w:hyperlink w:anchor="引%d">%s</w:hyperlink></w:p>' % (i, self.run("上文")) + self.paragraph("{{/班}}"))

    def tagged_rows(self):
        """Rows of tags alone go away, also when nothing is left of the table."""
        name = self.r.choice(["班", "班", "无项"])
        wide = '<w:gridSpan w:val="3"/>'
        row = self.cell(self.paragraph("{{名}}")) + self.cell(self.paragraph("{{时}}")) + self.cell(self.paragraph("", self.maybe_thing()))
        rows = [self.cell(self.paragraph("{{#%s}}" % name), wide), row, self.cell(self.paragraph("{{/%s}}" % name), wide)]
        return self.table(rows)

    def nested_table(self):
        inner = self.table([self.cell(self.paragraph("{{#组}}{{员}}")) + self.cell(self.paragraph("{{@index}}/{{@count}}{{/组}}"))], 2)
        end = self.paragraph("{{/班}}")
        return self.table([self.cell(self.paragraph("{{#班}}{{名}}")) + self.cell(inner + self.paragraph("")) + self.cell(end)])

    def cell_section(self):
        """A section inside one cell: with nothing to show the cell still wants its paragraph."""
        name = self.r.choice(["无项", "班", "空"])
        only = self.paragraph("{{#%s}}" % name) + self.paragraph("在") + self.paragraph("{{/%s}}" % name)
        return self.table([self.cell(only) + self.cell(self.paragraph("")) + self.cell(self.paragraph("{{#空}}x{{/空}}"))])

    def paragraph_loop(self):
        inside = self.paragraph("{{@index}}. {{名}}：{{时}}学时", self.maybe_thing())
        if self.one_in(2):
            inside += self.paragraph("{{#组}}{{员}}{{^@last}}、{{/@last}}{{/组}}{{^组}}无{{/组}}")
        if self.one_in(3):
            inside += self.table([self.cell(self.paragraph("{{名}}")) + self.cell(self.paragraph("", self.maybe_thing())) + self.cell(self.paragraph("{{标题}}"))])
        if self.one_in(3):
            inside = self.control(inside)
        if self.one_in(4):
            inside += ('<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>')
        blocks = [self.paragraph("{{#班}}"), inside, self.paragraph("再说{{名}}"), self.paragraph("{{/班}}"), self.paragraph("之后")]
        return self.torn(blocks) if self.one_in(2) else "".join(blocks)

    def line(self):
        return self.paragraph(self.r.choice([
            "{{标题}}，共{{人数 | chinese}}人。", "｛｛标题｝｝｛｛＃班｝｝{{名}}；｛｛／班｝｝", "{{#班}}{{名}}{{#组}}({{员}}){{/组}}{{/班}}",
            "{{#空}}有{{/空}}{{^空}}无{{/空}}{{日期 | date}}", "{{! 说明 }}{{班.时 | sum}}{{班 | count}}", "{ {{人数}} }",
            "{{#班 | separator 、}}{{名}}{{/班}}"]), self.maybe_thing())

    def maybe_thing(self):
        return self.thing() if self.one_in(2) else ""

    def fault(self):
        self.faulty = True
        p, c = self.paragraph, self.cell
        return self.r.choice([
            lambda: p("{{#班}}没有结束"), lambda: p("多出{{/班}}"), lambda: p("{{#班}}{{#组}}{{/班}}{{/组}}"),
            lambda: p("{{#班}}") + self.table([c(p("{{/班}}")) + c(p("")) + c(p(""))]),
            lambda: self.table([c(p("{{#班}}")) + c(p("")) + c(p(""))]) + p("{{/班}}"),
            lambda: p("", self.box(p("{{#班}}"))) + p("{{/班}}"), lambda: p("{{人数 | chinesee}}"), lambda: p("{{标题"),
            lambda: p("{{#班}}{{名 | merge across both}}{{/班}}")])()

    def body(self):
        kinds = [self.line, self.row_loop, self.tagged_rows, self.nested_table, self.cell_section, self.paragraph_loop,
                 lambda: self.paragraph("", self.thing()), lambda: self.control(self.line()), self.merged_down, self.referred]
        return "".join(self.r.choice(kinds)() for _ in range(self.r.randrange(3, 9)))


def relations(*rows):
    return ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
            % "".join('<Relationship Id="%s" Type="%s%s" Target="%s"/>' % (i, RELATION, kind, target) for i, kind, target in rows))


def template(seed, faulty=False):
    """{name: bytes or text}"""
    m = Maker(seed)
    body = m.body()
    if faulty:
        body += m.fault() + m.body()
    body += ('<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/>'
             '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>')
    m.in_body = False
    part = lambda root, inside: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:%s%s>%s</w:%s>' % (root, NAMES, inside, root)
    note = lambda kind, i, text: '<w:%s w:id="%d"><w:p>%s</w:p></w:%s>' % (kind, i, text, kind)
    notes = lambda kind: part(kind + "s", '<w:%s w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:%s>' % (kind, kind) +
                              note(kind, 2, m.runs("注：{{标题}}")))
    kinds = ["styles", "numbering", "footnotes", "endnotes", "comments", "header1", "footer1"]
    types = "".join('<Override PartName="/word/%s.xml" ContentType="%s%s+xml"/>' % (k, TYPE, k.rstrip("1")) for k in kinds)
    head, foot = part("hdr", m.paragraph("{{标题}}")), part("ftr", m.line())
    m.controls = False
    footnotes, endnotes = notes("footnote"), notes("endnote")
    comment = m.runs("请核对{{标题}}")
    return {
        "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="%sdocument.main+xml"/>%s</Types>' % (TYPE, types),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(*[("rId%d" % i, k, k + ".xml") for i, k in enumerate(kinds[:5])], ("rIdHeader", "header", "header1.xml"),
                                                  ("rIdFooter", "footer", "footer1.xml"), ("rIdPicture", "image", "media/a.png")),
        "word/_rels/header1.xml.rels": relations(("rIdPicture", "image", "media/a.png")),
        "word/_rels/footer1.xml.rels": relations(("rIdPicture", "image", "media/a.png")),
        "word/document.xml": part("document", "<w:body>%s</w:body>" % body),
        "word/styles.xml": part("styles", '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'),
        "word/numbering.xml": part("numbering", '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
                                   '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'),
        "word/footnotes.xml": footnotes, "word/endnotes.xml": endnotes,
        "word/comments.xml": part("comments", '<w:comment w:id="0" w:author="甲" w:date="2020-01-01T00:00:00Z"><w:p>%s</w:p></w:comment>' % comment),
        "word/header1.xml": head, "word/footer1.xml": foot,
        "word/media/a.png": PIXEL,
    }
