"""Different notices of about 20 pages with two tables each, the same ones every time: sentences of the sample notice in an order
of each one's own, with names of places and people out of the same characters."""
import os, random

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
LEVELS = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六".split()


def sentences():
    with open(os.path.join(ROOT, "samples", "district-2024", "notice.yaml"), encoding="utf-8") as file:
        body = yaml.safe_load(file)["issued"]["body"]
    paragraphs = [line.strip() for line in body.splitlines()]
    return [line.split("。", 1)[1] for line in paragraphs if "。" in line and len(line) > 60]


def characters(told):
    """Those that such texts are made of: about 800, as many as a real notice of this length shows."""
    return sorted({c for line in told for c in line if "\u4e00" <= c <= "\u9fff"})


def write_sources(folder, count, pages=20):
    told = sentences()
    common, names = characters(told), []
    for number in range(count):
        chance = random.Random(number)

        def name(length):
            return "".join(chance.choice(common) for _ in range(length))
        body = []
        for chapter in range(pages * 7 // 10):
            body.append("%s、%s工作安排" % (LEVELS[chapter], name(4)))
            for item in range(4):
                body.append("（%s）%s。由%s、%s等%d人负责，%d月底前完成。%s" % (
                    LEVELS[item], name(8), name(3), name(2), chance.randrange(2, 90), chance.randrange(1, 13), chance.choice(told)))
        notice = {
            "notice": "bench-%04d" % number, "kind": "通知", "mark": "清河县教育体育局文件", "number": "清教〔2024〕%d号" % (number + 1),
            "title": "清河县教育体育局\n关于做好%s、%s培训工作的通知" % (name(4), name(4)),
            "to": "各乡镇中心学校，县直各学校", "body": "\n".join(body) + "\n", "organ": "清河县教育体育局", "date": "2024-06-06",
            "attachments": ["%s安排表" % name(6), "%s名单" % name(6)], "printed_by": "清河县教育体育局办公室", "print_date": "2024-06-06",
        }
        notice["annexes"] = [{"title": title, "table": {
            "columns": [{"title": "序号", "width": 14}, {"title": "姓名", "width": 30}, {"title": "单位", "width": 70}, {"title": "备注", "width": 42}],
            "rows": [[str(row + 1), name(3), name(5) + "中心学校", name(chance.randrange(0, 9))] for row in range(30)]}}
            for title in notice["attachments"]]
        names.append(os.path.join(folder, "%04d.yaml" % number))
        with open(names[-1], "w", encoding="utf-8") as file:
            yaml.safe_dump(notice, file, allow_unicode=True, sort_keys=False, width=10000)
    return names
