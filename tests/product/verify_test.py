#!/usr/bin/env python3
"""`wenshu verify`: a genuine certificate is told from an altered file, a forged one, a stranger's and a withdrawn one, with the
store and without it."""
import glob, json, os, re, subprocess

from wenshu import ROOT, expect, folder, must, run

SHEET = """
qr:
  x: 33
  y: 145
  side: 27
  address: https://cert.example.edu.cn/v
  certifies: [number, name, id, school, title, period, hours, issuer, date]
"""
BATCH = ["--roster", ROOT + "/samples/county-2020/roster.csv", "--data", ROOT + "/samples/county-2020/certificates.yaml"]
DAY = ["--now", "2020-09-30"]


def make_sheet(at):
    """The shipped sheet, with a proof for its QR code."""
    text = open(ROOT + "/templates/certificates/completion.yaml", encoding="utf-8").read()
    text = re.sub(r"^qr:\n(  .*\n)+", SHEET.lstrip("\n"), text, flags=re.M)
    open(at + "/sheet.yaml", "w", encoding="utf-8").write(text)
    open(at + "/password", "w", encoding="utf-8").write("青山着意化为桥，红雨随心翻作浪\n")
    return at + "/sheet.yaml"


def issue(at):
    os.chdir(at)
    sheet = make_sheet(at)
    must("init", "--office", ROOT + "/samples/county-2020", cwd=at)
    must("publish", ROOT + "/workflows", cwd=at)
    refused = run("certificates", "issue", sheet, *BATCH, "-o", "out", *DAY, cwd=at)
    expect("nothing is numbered without a key", refused.returncode == 3 and "no-signing-key" in refused.stderr, refused.stderr)
    must("keys", "make", "证书", "--password-file", "password", *DAY, cwd=at)
    open(at + "/wrong", "w").write("something else\n")
    refused = run("certificates", "issue", sheet, *BATCH, "-o", "out", "--password-file", "wrong", *DAY, cwd=at)
    expect("a wrong password is a finding", refused.returncode == 1 and "wrong-password" in refused.stderr, refused.stderr)
    must("certificates", "issue", sheet, *BATCH, "-o", "out", "--password-file", "password", *DAY, cwd=at)
    return sorted(glob.glob(at + "/out/*.pdf"))


def verify(at, subject, verdict, code, *more):
    done = run("verify", subject, "--json", *more, *([] if "--now" in more else DAY), cwd=at)
    answer = json.loads(done.stdout) if done.stdout.startswith("{") else {}
    expect("%s is %s" % (os.path.basename(str(subject))[:40], verdict),
           answer.get("verdict") == verdict and done.returncode == code, done.stdout + done.stderr)
    return answer


def proof_of(pdf):
    return re.search(rb"\n%wenshu-seal-1 (\S+) ", pdf)[1].decode()


DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./:*"
TITLE, NUMBER, NAME, POST, HOURS, CREDITS, MARK = 2, 1, 3, 13, 20, 21, 22  # places of labels in a proof


def stolen_proof(at, genuine, fields):
    """A proof with other fields, signed as a thief would who has the private key and its password. `fields`: (place of the label, text)."""
    address, fragment = genuine.split("#")
    head = b"".join(sum(DIGITS.index(c) * 41 ** n for n, c in enumerate(fragment[i:i + 3])).to_bytes(2, "big") for i in range(0, 9, 3))
    body = bytearray(head)
    for label, text in fields:
        packed = b""
        for c in map(ord, text):
            place = c - 0x3000 if 0x3000 <= c <= 0x9fff else 0x7000 + 0x70 + c - 0xff00 if c >= 0xff00 and c <= 0xffef else None
            packed += bytes([c]) if c < 128 else bytes([0xfc + (c >> 16), c >> 8 & 255, c & 255]) if place is None else \
                bytes([128 + (place >> 8), place & 255])
        body += bytes([label, len(packed)]) + packed
    write(at + "/message", b"wenshu-proof-1\0" + body)
    key = glob.glob(at + "/keys/%s.pem" % head[2:6].hex())[0]
    subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", key, "-passin", "file:" + at + "/password", "-rawin", "-in", at + "/message",
                    "-out", at + "/signature"], check=True)
    data, text = bytes(body) + open(at + "/signature", "rb").read(), ""
    for i in range(0, len(data), 2):
        value = int.from_bytes(data[i:i + 2], "big")
        for _ in range(3 if i + 1 < len(data) else 2):
            text += DIGITS[value % 41]
            value //= 41
    return address + "#" + text + "E"


def write(path, data):
    open(path, "wb").write(data)
    return path


def main():
    with folder() as at:
        files = issue(at)
        must("keys", "export", "-o", "keys.json", *DAY, cwd=at)
        must("keys", "export", "--withdrawn", "list.txt", "--password-file", "password", *DAY, cwd=at)
        offline, listed = ["--key", "keys.json"], ["--key", "keys.json", "--list", "list.txt"]
        pdf, other = open(files[0], "rb").read(), open(files[1], "rb").read()
        number = os.path.basename(files[0])[:-4]

        for more, verdict in (([], "valid"), (offline, "genuine"), (listed, "valid")):
            answer = verify(at, files[0], verdict, 0, *more)
            shown = {f["label"]: f["text"] for f in answer["fields"]}
            expect("all certified fields are shown", shown["证书编号"] == number and shown["姓名"] == "周𬱟" and
                   shown["学时"] == "30" and shown["发证日期"] == "2020-09-30" and len(shown) >= 9, str(shown))
            verify(at, proof_of(pdf), verdict, 0, *more)
        verify(at, number, "valid", 0)
        verify(at, number.lower(), "valid", 0)
        verify(at, number, "unknown-number", 4, *offline)
        wrong = number[:-2] + ("0" if number[-2] != "0" else "1") + number[-1]
        answer = verify(at, wrong, "unknown-number", 4)
        expect("a mistyped number is told by its check character", "校验字符" in answer["message"], answer["message"])

        # Files that are not what they seem.
        bent = write(at + "/bent.pdf", pdf.replace(b"/Lang (zh-CN)", b"/Lang (en-US)"))
        answer = verify(at, bent, "altered-file", 1, *offline)
        expect("what the proof truly says is shown", number in [f["text"] for f in answer["fields"]], str(answer))
        subprocess.run(["qpdf", files[0], at + "/saved.pdf"], check=True)
        verify(at, at + "/saved.pdf", "no-proof", 1, *offline)
        subprocess.run(["qpdf", files[1], "--qdf", at + "/plain.pdf"], check=True)
        plain = open(at + "/plain.pdf", "rb").read()
        line = re.search(rb"\n(%wenshu-seal-1 .*\n)", pdf)[1]
        for name, data in (("end", plain + line), ("table", plain.replace(b"\nxref\n", b"\n" + line + b"xref\n")),
                           ("swapped", other.replace(re.search(rb"\n(%wenshu-seal-1 .*\n)", other)[1], line)),
                           ("appended", pdf + other[8:]), ("cut", pdf[:-1]), ("longer", pdf + b"\n")):
            for more in ([], offline):
                done = run("verify", write(at + "/%s.pdf" % name, data), *more, *DAY, cwd=at)
                expect("a forged file with a genuine proof (%s) is not told valid" % name, done.returncode == 1 and
                       ("altered-file" in done.stderr or "no-proof" in done.stderr), done.stdout + done.stderr)
        verify(at, write(at + "/not.pdf", b"no pdf"), "unreadable", 1)
        expect("a file that is not there is told", run("verify", "nowhere.pdf", cwd=at).returncode == 4)

        # Texts that are not what they seem.
        text = proof_of(pdf)
        verify(at, text[:-3], "unreadable", 1)
        told = {"forged": 0, "unreadable": 0, "unknown-key": 0}
        for place in range(len(text) - 120, len(text) - 2, 9):
            letter = "7" if text[place] != "7" else "8"
            done = run("verify", text[:place] + letter + text[place + 1:], "--json", *offline, cwd=at)
            told[json.loads(done.stdout)["verdict"]] += 1
        expect("no bent text is told genuine", sum(told.values()) == 14 and told["forged"] > 5, str(told))
        stranger = at + "/stranger"
        os.makedirs(stranger)
        theirs = issue(stranger)
        os.chdir(at)
        verify(at, theirs[0], "unknown-key", 1)

        # A number's later life.
        second = os.path.basename(files[1])[:-4]
        must("certificates", "void", second, "--reason", "代训", "--as", "fang-qin", "--now", "2020-10-08", cwd=at)
        must("keys", "export", "--withdrawn", "list.txt", "--password-file", "password", "--now", "2020-10-09", cwd=at)
        for subject in (files[1], proof_of(other), second):
            for more in ([], listed):
                answer = verify(at, subject, "withdrawn", 3, *more, "--now", "2020-10-09")
                expect("since when", answer["state"] == "void" and answer["since"] == "2020-10-08", str(answer))
        verify(at, files[1], "genuine", 0, *offline)
        third = os.path.basename(files[2])[:-4]
        done = must("certificates", "replace", third, "sheet.yaml", *BATCH, "-o", "out", "--reason", "姓名有误", "--password-file", "password",
                    "--as", "fang-qin", "--now", "2020-10-10", "--json", cwd=at)
        fourth = json.loads(done.stdout)["other"]
        must("keys", "export", "--withdrawn", "list.txt", "--password-file", "password", "--now", "2020-10-11", cwd=at)
        for more in ([], listed):
            answer = verify(at, files[2], "withdrawn", 3, *more, "--now", "2020-10-11")
            expect("a replaced one names the new number", answer["state"] == "replaced" and answer["by"] == fourth, str(answer))
            answer = verify(at, at + "/out/%s.pdf" % fourth, "valid", 0, *more, "--now", "2020-10-11")
            expect("and the new one the old", answer["replaces"] == third and
                   third in [f["text"] for f in answer["fields"] if f["label"] == "原证书编号"], str(answer))
        expect("by number too", third in verify(at, fourth, "valid", 0)["message"])
        paper = subprocess.run(["pdftotext", at + "/out/%s.pdf" % fourth, "-"], capture_output=True, text=True).stdout
        expect("and on paper", third in paper.replace("\n", ""), paper)

        # Printed once more under its number: the lost original and the new copy are told apart.
        fifth = os.path.basename(files[4])[:-4]
        must("certificates", "reissue", fifth, "sheet.yaml", *BATCH[2:], "-o", "again", "--reason", "遗失", "--password-file", "password",
             "--as", "fang-qin", "--now", "2020-10-12", cwd=at)
        must("keys", "export", "--withdrawn", "list.txt", "--password-file", "password", "--now", "2020-10-13", cwd=at)
        for more in ([], listed):
            for subject, said in ((files[4], "补发以前的"), (at + "/again/%s.pdf" % fifth, "2020-10-12 补发的")):
                answer = verify(at, subject, "valid", 0, *more, "--now", "2020-10-13")
                expect("a reissued one is told, with its day", answer["reissued"] == "2020-10-12" and "2020-10-12 补发" in answer["message"]
                       and any(said in note for note in answer["notes"]), str(answer))
        expect("with the reason online", "遗失" in verify(at, fifth, "valid", 0, "--now", "2020-10-13")["message"])
        bad = open(at + "/list.txt").read()
        write(at + "/bad-list.txt", bad[:-12].encode() + b"AAAAAAAAAAA\n")
        done = run("verify", files[1], *offline, "--list", "bad-list.txt", cwd=at)
        expect("a forged list is refused", done.returncode == 1 and "forged-list" in done.stderr, done.stderr)

        # Keys: rotated ones go on, revoked ones prove nothing by themselves.
        must("keys", "rotate", "证书", "--password-file", "password", *DAY, cwd=at)
        must("keys", "export", "-o", "keys.json", *DAY, cwd=at)
        verify(at, files[0], "genuine", 0, *offline)
        verify(at, "".join(chr(ord(c) + 0xFEE0) for c in number.lower()), "valid", 0)
        done = run("keys", "revoke", "证书", "--reason", "丢失", "--as", "方琴", cwd=at)
        expect("a name that two keys bear revokes neither", done.returncode == 3 and "有2把" in done.stderr and
               "停用" in done.stderr, done.stderr)
        must("keys", "revoke", json.loads(must("keys", "list", "--json", cwd=at).stdout)[0]["kid"], "--reason", "丢失", "--as", "方琴", cwd=at)
        must("keys", "export", "-o", "keys.json", *DAY, cwd=at)
        verify(at, files[0], "revoked-key", 3, *offline)
        verify(at, text, "revoked-key", 3, *offline)
        # Who stole the key can make any file; of a text the store tells whether it is what was certified.
        answer = verify(at, files[0], "revoked-key", 3)
        expect("the store's record is told", "周𬱟" in answer["message"], answer["message"])
        answer = verify(at, text, "valid", 0)
        expect("what counts is the store's record", "只凭库里的记录" in answer["message"], answer["message"])
        verify(at, number, "valid", 0)
        for what, fields, verdict, code in (
                ("another kind", [(TITLE, "特级教师资格证书"), (NUMBER, number), (NAME, "周𬱟")], "differs", 1),
                ("texts under other labels", [(NUMBER, number), (NAME, "周𬱟"), (CREDITS, "30")], "differs", 1),
                ("the school as a post", [(NUMBER, number), (NAME, "周𬱟"), (POST, "清河县教师进修学校（示例）")], "differs", 1),
                ("a mark", [(NUMBER, number), (NAME, "周𬱟"), (MARK, "30")], "differs", 1),
                ("another name", [(NUMBER, number), (NAME, "张三")], "differs", 1),
                ("less than was certified", [(NUMBER, number), (NAME, "周𬱟"), (HOURS, "30")], "revoked-key", 3)):
            answer = verify(at, stolen_proof(at, text, fields), verdict, code)
            expect("a stolen key proves nothing: %s" % what, "30" in answer["message"] and "周𬱟" in answer["message"], str(answer))
        done = run("verify", files[0], "--key", glob.glob(at + "/keys/*.pem")[0], cwd=at)
        expect("a private key is refused as a public one", done.returncode == 1 and "私钥" in done.stderr, done.stderr)


def expiry():
    """A sheet that says until when: valid to the last day, expired from the next, by file, text and number, with the store or the list."""
    with folder() as at:
        os.chdir(at)
        sheet = make_sheet(at)
        text = open(sheet, encoding="utf-8").read().replace("issuer, date]", "issuer, date, until]").replace(
            "  seal: {title", '  until: {title: 有效期至, type: date, sample: "2023-09-30"}\n  seal: {title')
        open(sheet, "w", encoding="utf-8").write(text)
        data = open(BATCH[3], encoding="utf-8").read().replace("  seal: seal.png", "  until: 2023-09-30")
        open(at + "/data.yaml", "w", encoding="utf-8").write(data)
        open(at + "/roster.csv", "w", encoding="utf-8").write("id,name,school\n1,周𬱟,县实验小学\n")
        must("init", "--office", ROOT + "/samples/county-2020", cwd=at)
        must("publish", ROOT + "/workflows", cwd=at)
        must("keys", "make", "证书", "--password-file", "password", *DAY, cwd=at)
        must("certificates", "issue", sheet, "--roster", "roster.csv", "--data", "data.yaml", "-o", "out", "--password-file", "password",
             *DAY, cwd=at)
        file = glob.glob(at + "/out/*.pdf")[0]
        number, proof = os.path.basename(file)[:-4], proof_of(open(file, "rb").read())
        must("keys", "export", "-o", "keys.json", *DAY, cwd=at)
        must("keys", "export", "--withdrawn", "list.txt", "--password-file", "password", "--now", "2023-10-05", cwd=at)
        listed = ["--key", "keys.json", "--list", "list.txt"]
        for subject in (file, proof, number):
            verify(at, subject, "valid", 0, "--now", "2023-09-30")
            for more in ([], listed):
                answer = verify(at, subject, "withdrawn", 3, *more, "--now", "2023-10-05")
                expect("expired since the day after", answer["state"] == "expired" and answer["since"] == "2023-10-01", str(answer))


def unsigned():
    """The shipped sheets before there is a key: the codes prove nothing, and that is said."""
    with folder() as at:
        os.chdir(at)
        make_sheet(at)
        sheet = ROOT + "/templates/certificates/completion.yaml"
        must("init", "--office", ROOT + "/samples/county-2020", cwd=at)
        must("publish", ROOT + "/workflows", cwd=at)
        done = must("certificates", "issue", sheet, *BATCH, "-o", "out", *DAY, cwd=at)
        expect("what the paper lacks is said", "还没有签名密钥" in done.stdout + done.stderr, done.stdout + done.stderr)
        file = sorted(glob.glob(at + "/out/*.pdf"))[0]
        number = os.path.basename(file)[:-4]
        answer = verify(at, file, "no-proof", 1)
        expect("and how else to check", number in " ".join(answer["notes"]) and "没有启用签名" in answer["message"], str(answer))
        code = number + ";周𬱟;清河县新录用教师入职培训班;30学时;清河县教师进修学校（示例）;2020-09-30"
        answer = verify(at, code, "valid", 0)
        expect("the text of such a code asks the store by its number", any("不带签名" in note for note in answer["notes"]), str(answer))
        verify(at, code.replace("周𬱟", "张三"), "differs", 1)
        verify(at, code.replace(number, number[:-2] + "99"), "unknown-number", 4)
        must("keys", "make", "证书", "--address", "https://cert.qinghe.example/v", "--password-file", "password", *DAY, cwd=at)
        done = must("certificates", "issue", sheet, *BATCH, "-o", "signed", "--badge", "--password-file", "password", "--json", *DAY, cwd=at)
        expect("with a key the same numbers are signed", json.loads(done.stdout)["signed"] is True and
               json.loads(done.stdout)["issued_now"] == 0, done.stdout)
        signed = at + "/signed/%s.pdf" % number
        verify(at, signed, "valid", 0)
        text = proof_of(open(signed, "rb").read())
        expect("the code opens the office's page", text.startswith("https://cert.qinghe.example/v#"), text)
        must("certificates", "issue", sheet, *BATCH, "-o", "badged", "--badge", "--password-file", "password", *DAY, cwd=at)
        expect("a folder is told as what it is", "文件夹" in run("verify", "out", cwd=at).stderr)
        verify(at, "", "unreadable", 1)


def outputs():
    """Outputs never write over what is read, or over one another."""
    with folder() as at:
        os.chdir(at)
        roster = open(BATCH[1], encoding="utf-8").read()
        open(at + "/r.csv", "w", encoding="utf-8").write(roster)
        must("init", "--office", ROOT + "/samples/county-2020", cwd=at)
        must("publish", ROOT + "/workflows", cwd=at)
        sheet = ROOT + "/templates/certificates/completion.yaml"
        for more in (["--zip", "r.csv"], ["--zip", "./out/../r.csv"], ["--merged", "m.pdf", "--zip", "m.pdf"], ["--list", "out"]):
            done = run("certificates", "issue", sheet, "--roster", "r.csv", *BATCH[2:], "-o", "out", *more, *DAY, cwd=at)
            expect("%s is refused" % " ".join(more), done.returncode == 2 and "同一个文件" in done.stderr, done.stdout + done.stderr)
        expect("and nothing was done", open(at + "/r.csv", encoding="utf-8").read() == roster and not glob.glob(at + "/out/*.pdf"))


if __name__ == "__main__":
    main()
    expiry()
    unsigned()
    outputs()
