"""Every position of GB/T 9704-2012, one row each: source, page, clause, what, wanted and how it is measured from the PDF.

Millimetres from the top left corner of the page. A wanted pair is a range: so many blank lines, and at most the air of
one more, since the standard counts lines where sizes differ. Rows that end in WITHIN compare two texts and stay true
when all texts move together; every other row of texts must fail when they move by half a millimetre
(positions_test.py proves it). The sources stand in positions/. `c` is a character of the grid, `line` a line of it, c4
a character of 4号.
"""
CHARS, LINES = 28, 22
c = 156 / CHARS
line = (225 - 16 * 25.4 / 72) / (LINES - 1)
c4 = 14 * 25.4 / 72
LEFT, RIGHT, TOP, FOOT = 28, 184, 37, 262
MIDDLE = (LEFT + RIGHT) / 2
BODY = "各校要高度重视教师培训工作，"
DAY = "2020年6月19日"
WITHIN = "within"
NUMBER, MARK = "清教〔2020〕18号", "清河县教育体育局文件"


def blanks(count):
    return count * line, count * line + 16 * 25.4 / 72 * 7 / 8


def above(page, text):
    """The line over the one that begins with the text."""
    return page.line(next(i for i, t in enumerate(page.texts()) if t.startswith(text)) - 1)


def below(page, text):
    return page.line(next(i for i, t in enumerate(page.texts()) if t.startswith(text)) + 1)


def seal(page, x1=28, x2=184):
    """The box of the red ring between two x of a page without other red."""
    return page.ink(x1, 20, x2, 280, "red")


def red(page, n=0):
    return page.level_rules("red")[n]


def foot(page, n):
    return page.level_rules("black")[n]


def dash(page):
    """The dash of the page number that is nearer to the edge."""
    x = page.line(-1).x
    return page.ink(x, 263, x + 3, 275)


ROWS = [
    # 5.2.1, 5.2.3: the text area of a full page, 22 lines of 28 characters
    ("ordinary", 3, "5.2.1", "版心左边", LEFT, lambda p: p.line(1).x),
    ("ordinary", 3, "5.2.1", "版心右边", RIGHT, lambda p: p.line(1).x + CHARS * p.line(1).pitch),
    ("ordinary", 3, "5.2.1", "天头：第一行字的上边", TOP, lambda p: p.line(0).top),
    ("ordinary", 3, "5.2.1", "版心下边：第22行字的下边", FOOT, lambda p: p.line(21).bottom),
    ("ordinary", 3, "5.2.3", "每面22行（另有页码一行）", LINES + 1, lambda p: len(p.lines)),
    ("ordinary", 3, "5.2.3", "每行28字", CHARS, lambda p: max(len(l) for l in p.lines)),
    ("ordinary", 3, "5.2.3", "字距", c, lambda p: p.line(1).pitch, WITHIN),
    ("ordinary", 3, "3.2", "行距：一字高加八分之七", c * 15 / 8, lambda p: p.line(10).top - p.line(9).top, WITHIN),
    # 7.2 版头
    ("ordinary", 1, "7.2.1", "份号左边", LEFT, lambda p: p.find("000012").x),
    ("ordinary", 1, "7.2.1", "份号在第一行", TOP, lambda p: p.find("000012").top),
    ("ordinary", 1, "7.2.2", "密级左边", LEFT, lambda p: p.find("秘密★1年").x),
    ("ordinary", 1, "7.2.2", "密级在第二行", TOP + line, lambda p: p.find("秘密★1年").top),
    ("ordinary", 1, "7.2.3", "紧急程度左边", LEFT, lambda p: p.find("特急").x),
    ("ordinary", 1, "7.2.3", "紧急程度在第三行", TOP + 2 * line, lambda p: p.find("特急").top),
    ("ordinary", 1, "7.2.4", "发文机关标志上边缘至版心上边缘35毫米", TOP + 35, lambda p: p.find(MARK).ink.top),
    ("ordinary", 1, "7.2.4", "发文机关标志居中", MIDDLE, lambda p: p.find(MARK).centre),
    ("ordinary", 1, "7.2.5", "发文字号在标志下空二行", blanks(2),
     lambda p: p.find(NUMBER).top - p.find(MARK).ink.bottom),
    ("ordinary", 1, "7.2.5", "发文字号居中", MIDDLE, lambda p: p.find(NUMBER).centre),
    ("ordinary", 1, "7.2.7", "分隔线在发文字号下4毫米", 4, lambda p: red(p).top - p.find(NUMBER).bottom),
    ("ordinary", 1, "7.2.7", "分隔线左端", LEFT, lambda p: red(p).left),
    ("ordinary", 1, "7.2.7", "分隔线右端", RIGHT, lambda p: red(p).right),
    ("upward", 1, "7.2.4", "联合标志上边缘", TOP + 35, lambda p: p.find("清河县教育体育局").ink.top),
    ("upward", 1, "7.2.4", "联合标志各名等宽：左", 0,
     lambda p: p.find("清河县教育体育局").x - p.find("清河县人力资源和社会保障局").x, WITHIN),
    ("upward", 1, "7.2.4", "联合标志居中", MIDDLE, lambda p: p.find("清河县人力资源和社会保障局").centre),
    ("upward", 1, "7.2.5", "上行文发文字号居左空一字", LEFT + c, lambda p: p.find("清教〔2020〕19号").x),
    ("upward", 1, "7.2.5", "发文字号与最后一个签发人同行", 0,
     lambda p: p.find("清教〔2020〕19号").baseline - p.find("李小平").baseline, WITHIN),
    ("upward", 1, "7.2.6", "签发人居右空一字", RIGHT - c, lambda p: p.find("欧阳文轩").right),
    ("upward", 1, "7.2.6", "下一行与第一个签发人对齐", 0, lambda p: p.find("李小平").x - p.find("何明").x, WITHIN),
    ("upward", 1, "7.2.6", "签发人一行二名", 0, lambda p: p.find("何明").baseline - p.find("欧阳文轩").baseline, WITHIN),
    ("upward", 1, "7.2.7", "分隔线在最后一行下4毫米", 4, lambda p: red(p).top - p.find("李小平").bottom),
    # 7.3 主体
    ("ordinary", 1, "7.3.1", "标题居中", MIDDLE, lambda p: p.find("2020年教师校园长培训计划的通知").centre),
    ("ordinary", 1, "7.3.1", "标题在分隔线下空二行", blanks(2),
     lambda p: p.find("清河县教育体育局关于印发").top - red(p).bottom),
    ("ordinary", 1, "7.3.2", "主送机关居左顶格", LEFT, lambda p: p.find("各镇中心学校").x),
    ("ordinary", 1, "7.3.2", "主送机关回行顶格", LEFT, lambda p: above(p, "一、指导思想").x),
    ("ordinary", 1, "7.3.2", "主送机关在标题下空一行", blanks(1),
     lambda p: p.find("各镇中心学校").top - p.find("2020年教师校园长培训计划的通知").bottom, WITHIN),
    ("ordinary", 1, "7.3.3", "正文接主送机关下一行", line,
     lambda p: p.find("一、指导思想").top - above(p, "一、指导思想").top, WITHIN),
    ("ordinary", 1, "7.3.3", "一级标题空二字", LEFT + 2 * c, lambda p: p.find("一、指导思想").x),
    ("ordinary", 1, "7.3.3", "二级标题空二字", LEFT + 2 * c, lambda p: p.find("（一）总体要求").x),
    ("ordinary", 1, "7.3.3", "三级标题空二字", LEFT + 2 * c, lambda p: p.find("1.加强领导").x),
    ("ordinary", 1, "7.3.3", "四级标题空二字", LEFT + 2 * c, lambda p: p.find("（1）建立台账").x),
    ("ordinary", 1, "7.3.3", "正文空二字", LEFT + 2 * c, lambda p: p.find(BODY).x),
    ("ordinary", 4, "7.3.4", "附件说明空二字", LEFT + 2 * c, lambda p: p.find("附件：1.").x),
    ("ordinary", 4, "7.3.4", "附件说明在正文下空一行", 2 * line,
     lambda p: p.find("附件：1.").top - above(p, "附件：1").top, WITHIN),
    ("ordinary", 4, "7.3.4", "附件名称回行对齐", 0,
     lambda p: below(p, "附件：1").x - p.find("清河县2020年教师").x, WITHIN),
    ("ordinary", 4, "7.3.4", "附件序号上下对齐", 0, lambda p: p.find("2.学员").x - p.find("1.清河").x, WITHIN),
    ("ordinary", 4, "7.3.5.1", "成文日期右空四字", RIGHT - 4 * c, lambda p: p.find(DAY).right),
    ("ordinary", 4, "7.3.5.1", "署名以成文日期为准居中", 0,
     lambda p: p.find("清河县教育体育局").centre - p.find(DAY).centre, WITHIN),
    ("ordinary", 4, "7.3.6", "附注空二字", LEFT + 2 * c, lambda p: p.find("（此件发至乡镇）").x),
    ("ordinary", 4, "7.3.6", "附注在成文日期下一行", line, lambda p: p.find("（此件").top - p.find(DAY).top, WITHIN),
    ("ordinary", 4, "7.3.5.1", "印章居中压成文日期", 0, lambda p: seal(p).x - p.find(DAY).centre, WITHIN),
    ("ordinary", 4, "7.3.5.1", "署名和成文日期在印章中心偏下", (0.5, 6),
     lambda p: (p.find("清河县教育体育局").top + p.find(DAY).bottom) / 2 - seal(p).y),
    ("ordinary", 4, "7.3.5.1", "印章顶端距附件说明一行之内", (0.3, line),
     lambda p: seal(p).top - above(p, "清河县教育体育局").bottom),
    ("upward", 2, "7.3.5.1", "联合：第一枚印章压第一个署名", 0,
     lambda p: seal(p, 28, 90).x - p.find("清河县教育体育局").centre, WITHIN),
    ("upward", 2, "7.3.5.1", "联合：最后一枚印章压成文日期", 0,
     lambda p: p.ink(120, p.find(DAY).top - 20, 184, p.find(DAY).top + 40, "red").x - p.find(DAY).centre, WITHIN),
    ("unsealed", 1, "7.3.5.2", "无印章：署名右空二字", RIGHT - 2 * c, lambda p: p.find("清河县教育体育局", 1).right),
    ("unsealed", 1, "7.3.5.2", "署名在附件说明下空一行", 2 * line,
     lambda p: p.find("清河县教育体育局", 1).top - p.find("附件：").top, WITHIN),
    ("unsealed", 1, "7.3.5.2", "成文日期比署名右移二字", 2 * c,
     lambda p: p.find(DAY).x - p.find("清河县教育体育局", 1).x, WITHIN),
    ("short-organ", 1, "7.3.5.2", "日期长于署名：日期右空二字", RIGHT - 2 * c, lambda p: p.find("2020年12月19日").right),
    ("short-organ", 1, "7.3.5.2", "日期长于署名：比署名右移二字", 2 * c,
     lambda p: p.find("2020年12月19日").x - p.find("县教体局", 1).x, WITHIN),
    ("unsealed", 1, "7.3.3", "主送机关移入版记时正文在标题下空一行", blanks(1),
     lambda p: p.find(BODY).top - p.find("关于报送材料的通知").bottom, WITHIN),
    ("ordinary", 5, "7.3.7", "附件字样顶格", LEFT, lambda p: p.find("附件1").x),
    ("ordinary", 5, "7.3.7", "附件字样在第一行", TOP, lambda p: p.find("附件1").top),
    ("ordinary", 5, "7.3.7", "附件标题居中", MIDDLE, lambda p: p.line(1).centre),
    ("ordinary", 5, "7.3.7", "附件标题在第三行", TOP + 2 * line, lambda p: p.line(1).top),
    ("unsealed", 3, "7.3.7", "单独装订的附件：发文字号顶格第一行", LEFT, lambda p: p.find("清教〔2020〕21号附件").x),
    ("unsealed", 3, "7.3.7", "单独装订的附件：页码另编", 1, lambda p: int(p.texts()[-1].strip("—"))),
    # 7.4 版记
    ("ordinary", -1, "7.4.1", "末条分隔线在版心下边缘", FOOT, lambda p: foot(p, -1).y),
    ("ordinary", -1, "7.4.1", "末条分隔线粗0.35毫米", (0.3, 0.4), lambda p: foot(p, -1).thick, WITHIN),
    ("ordinary", -1, "7.4.1", "首条分隔线粗0.35毫米", (0.3, 0.4), lambda p: foot(p, 0).thick, WITHIN),
    ("ordinary", -1, "7.4.1", "中间分隔线粗0.25毫米", (0.2, 0.3), lambda p: foot(p, 1).thick, WITHIN),
    ("ordinary", -1, "7.4.1", "分隔线左端", LEFT, lambda p: foot(p, -1).left),
    ("ordinary", -1, "7.4.1", "分隔线右端", RIGHT, lambda p: foot(p, -1).right),
    ("ordinary", -1, "7.4.2", "抄送左空一字", LEFT + c4, lambda p: p.find("抄送：").x),
    ("ordinary", -1, "7.4.2", "抄送回行与冒号后首字对齐", LEFT + 4 * c4, lambda p: p.line(1).x),
    ("ordinary", -1, "7.4.2", "抄送右空一字", (RIGHT - 2.5 * c4, RIGHT - c4 + 0.3), lambda p: p.line(0).right, WITHIN),
    ("ordinary", -1, "7.4.3", "印发机关左空一字", LEFT + c4, lambda p: p.find("清河县教育体育局办公室").x),
    ("ordinary", -1, "7.4.3", "印发日期右空一字", RIGHT - c4, lambda p: p.find("2020年6月22日印发").right),
    ("ordinary", -1, "7.4.3", "印发机关和印发日期在末条分隔线之上", (1, 3),
     lambda p: foot(p, -1).y - p.find("2020年6月22日印发").bottom, WITHIN),
    ("unsealed", 2, "7.4.2", "主送移入版记：在抄送之上一行", (6, 10), lambda p: p.find("抄送").top - p.find("主送").top, WITHIN),
    ("unsealed", 2, "7.4.2", "主送与抄送之间没有分隔线", 3, lambda p: len(p.level_rules("black"))),
    # 7.5 页码
    ("ordinary", 1, "7.5", "一字线上距版心下边缘7毫米", FOOT + 7, lambda p: dash(p).y),
    ("ordinary", 2, "7.5", "一字线上距版心下边缘7毫米", FOOT + 7, lambda p: dash(p).y),
    ("ordinary", 1, "7.5", "单页码居右空一字", RIGHT - c4, lambda p: p.line(-1).right),
    ("ordinary", 2, "7.5", "双页码居左空一字", LEFT + c4, lambda p: p.line(-1).x),
    # 7.6 横排
    ("ordinary", 6, "7.6", "横排页码与其他页一致：一字线距装订后的版心7毫米", 297 - 269,
     lambda p: p.ink(20, 28, 33, 36).x),
    ("ordinary", 6, "7.6", "横排双页码：装订后居左空一字", LEFT + c4, lambda p: p.ink(20, 28, 33, 36).top),
    ("ordinary", 6, "7.6", "横排附件：字样在左上角，装订后朝左", TOP - 9, lambda p: p.find("附件2").top),
    ("ordinary", 6, "7.6", "横排附件：版心左边", 35, lambda p: p.find("附件2").x),
    # 10.1 信函
    ("letter", 1, "10.1", "标志上边缘至页边30毫米", 30, lambda p: p.find("清河县教育体育局").ink.top),
    ("letter", 1, "10.1", "标志居中", MIDDLE, lambda p: p.find("清河县教育体育局").centre),
    ("letter", 1, "10.1", "第一组双线在标志下4毫米", 4, lambda p: red(p).top - p.find("清河县教育体育局").ink.bottom),
    ("letter", 1, "10.1", "第一组双线上粗下细", (1, 9), lambda p: red(p).thick / red(p, 1).thick, WITHIN),
    ("letter", 1, "10.1", "第二组双线上细下粗", (1, 9), lambda p: red(p, 3).thick / red(p, 2).thick, WITHIN),
    ("letter", 1, "10.1", "双线左端", 20, lambda p: red(p).left),
    ("letter", 1, "10.1", "双线右端", 190, lambda p: red(p).right),
    ("letter", 1, "10.1", "第二组双线距页下边20毫米", 277, lambda p: (red(p, 2).top + red(p, 3).bottom) / 2),
    ("letter", 1, "10.1", "第二组双线左端", 20, lambda p: red(p, 3).left),
    ("letter", 1, "10.1", "第二组双线右端", 190, lambda p: red(p, 3).right),
    ("letter", 1, "10.1", "份号顶格", LEFT, lambda p: p.find("000003").x),
    ("letter", 1, "10.1", "份号距双线八分之七字高", 16 * 25.4 / 72 * 7 / 8,
     lambda p: p.find("000003").top - red(p, 1).bottom),
    ("letter", 1, "10.1", "发文字号顶版心右边", RIGHT, lambda p: p.find("清教函〔2020〕7号").right),
    ("letter", 1, "10.1", "发文字号距双线八分之七字高", 16 * 25.4 / 72 * 7 / 8,
     lambda p: p.find("清教函〔2020〕7号").top - red(p, 1).bottom),
    ("letter", 1, "10.1", "密级在份号下一行", line, lambda p: p.find("秘密★1年").top - p.find("000003").top, WITHIN),
    ("letter", 1, "10.1", "标题在最后一个要素下空二行", 3 * line,
     lambda p: p.find("关于商请派遣授课专家的函").top - p.find("加急").top, WITHIN),
    ("letter", 1, "10.1", "标题居中", MIDDLE, lambda p: p.find("关于商请派遣授课专家的函").centre),
    ("letter", 1, "10.1", "首页不显示页码", 0, lambda p: sum("—1—" in t for t in p.texts())),
    ("letter", 2, "10.1", "第二面页码", 1, lambda p: sum("—2—" in t for t in p.texts())),
    ("letter", 2, "5.2.1", "第二面天头", TOP, lambda p: p.line(0).top),
    ("letter", -1, "10.1", "版记没有分隔线", 0, lambda p: len(p.level_rules())),
    ("letter", -1, "10.1", "版记在末页最下", (FOOT - 4, FOOT), lambda p: p.find("抄送：").bottom, WITHIN),
    # 10.2 命令（令）
    ("command", 1, "10.2", "标志上边缘至版心上边缘20毫米", TOP + 20, lambda p: p.find("清河县人民政府令").ink.top),
    ("command", 1, "10.2", "标志居中", MIDDLE, lambda p: p.find("清河县人民政府令").centre),
    ("command", 1, "10.2", "令号居中", MIDDLE, lambda p: p.find("第3号").centre),
    ("command", 1, "10.2", "令号在标志下空二行", blanks(2),
     lambda p: p.find("第3号").top - p.find("清河县人民政府令").ink.bottom),
    ("command", 1, "10.2", "正文在令号下空二行", 3 * line, lambda p: p.find(BODY).top - p.find("第3号").top, WITHIN),
    ("command", 1, "7.3.5.3", "成文日期右空四字", RIGHT - 4 * c, lambda p: p.find(DAY).right),
    ("command", 1, "7.3.5.3", "签名章右空四字", RIGHT - 4 * c, lambda p: p.ink(100, 120, 190, 262, "red").right),
    ("command", 1, "7.3.5.3", "职务在签名章左二字", 2 * c,
     lambda p: p.ink(100, 120, 190, 262, "red").left - p.find("县长").right, WITHIN),
    ("command", 1, "7.3.5.3", "职务以签名章为准上下居中", 0,
     lambda p: p.ink(100, 120, 190, 262, "red").y - (p.find("县长").top + p.find("县长").bottom) / 2, WITHIN),
    ("command", 1, "7.3.5.3", "签名章在正文下空二行", blanks(2),
     lambda p: p.ink(100, 120, 190, 262, "red").top - above(p, "县长").bottom),
    ("command", 1, "7.3.5.3", "成文日期在签名章下空一行", blanks(1),
     lambda p: p.find(DAY).top - p.ink(100, 120, 190, 262, "red").bottom),
    # 10.3 纪要
    ("minutes", 1, "10.3", "标志上边缘至版心上边缘35毫米", TOP + 35, lambda p: p.find("清河县教师培训工作领导小组会议纪要").ink.top),
    ("minutes", 1, "10.3", "标志居中", MIDDLE, lambda p: p.find("清河县教师培训工作领导小组会议纪要").centre),
    ("minutes", 1, "10.3", "出席空二字", LEFT + 2 * c, lambda p: p.find("出席：").x),
    ("minutes", 1, "10.3", "出席在正文下空一行", 2 * line,
     lambda p: p.find("出席：").top - p.find("在的成效。").top, WITHIN),
    ("minutes", 1, "10.3", "回行与冒号后首字对齐", 0,
     lambda p: below(p, "出席").x - p.find("张三").x, WITHIN),
    ("minutes", 1, "10.3", "请假空二字", LEFT + 2 * c, lambda p: p.find("请假：").x),
]

# Source, page, clause, text, face (a beginning of the name of its file), size in points, colour.
FANG, HEI, KAI, BIAO, SONG = "FandolFang", "NotoSansCJKsc", "LXGWWenKai", "NotoSerifCJKsc-Bold", "NotoSerifCJKsc-Regular"
FACES = [
    ("ordinary", 1, "7.2.1", "000012", FANG, 16, "black"),
    ("ordinary", 1, "7.2.2", "秘密★1年", HEI, 16, "black"),
    ("ordinary", 1, "7.2.3", "特急", HEI, 16, "black"),
    ("ordinary", 1, "7.2.4", MARK, BIAO, None, "red"),
    ("ordinary", 1, "7.2.5", NUMBER, FANG, 16, "black"),
    ("ordinary", 1, "7.3.1", "清河县教育体育局关于印发", BIAO, 22, "black"),
    ("ordinary", 1, "7.3.2", "各镇中心学校", FANG, 16, "black"),
    ("ordinary", 1, "7.3.3", "一、指导思想", HEI, 16, "black"),
    ("ordinary", 1, "7.3.3", "（一）总体要求", KAI, 16, "black"),
    ("ordinary", 1, "7.3.3", "1.加强领导", FANG, 16, "black"),
    ("ordinary", 1, "7.3.3", "（1）建立台账", FANG, 16, "black"),
    ("ordinary", 1, "7.3.3", BODY, FANG, 16, "black"),
    ("ordinary", 4, "7.3.4", "附件：1.", FANG, 16, "black"),
    ("ordinary", 4, "7.3.5", "清河县教育体育局", FANG, 16, "black"),
    ("ordinary", 4, "7.3.5", DAY, FANG, 16, "black"),
    ("ordinary", 4, "7.3.6", "（此件发至乡镇）", FANG, 16, "black"),
    ("ordinary", 5, "7.3.7", "附件1", HEI, 16, "black"),
    ("ordinary", -1, "7.4.2", "抄送：", FANG, 14, "black"),
    ("ordinary", -1, "7.4.3", "2020年6月22日印发", FANG, 14, "black"),
    ("ordinary", 1, "7.5", "—1—", SONG, 14, "black"),
    ("upward", 1, "7.2.6", "签发人：", FANG, 16, "black"),
    ("upward", 1, "7.2.6", "欧阳文轩", KAI, 16, "black"),
    ("letter", 1, "10.1", "清河县教育体育局", BIAO, None, "red"),
    ("letter", 1, "10.1", "秘密★1年", HEI, 16, "black"),
    ("command", 1, "10.2", "清河县人民政府令", BIAO, None, "red"),
    ("command", 1, "10.2", "第3号", FANG, 16, "black"),
    ("minutes", 1, "10.3", "清河县教师培训工作领导小组会议纪要", BIAO, None, "red"),
    ("minutes", 1, "10.3", "出席", HEI, 16, "black"),
    ("minutes", 1, "10.3", "张三", FANG, 16, "black"),
]
