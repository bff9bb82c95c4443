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
            verify(at, at + "/out/%s.pdf" % fourth, "valid", 0, *more, "--now", "2020-10-11")
        bad = open(at + "/list.txt").read()
        write(at + "/bad-list.txt", bad[:-12].encode() + b"AAAAAAAAAAA\n")
        done = run("verify", files[1], *offline, "--list", "bad-list.txt", cwd=at)
        expect("a forged list is refused", done.returncode == 1 and "forged-list" in done.stderr, done.stderr)

        # Keys: rotated ones go on, revoked ones prove nothing by themselves.
        must("keys", "rotate", "证书", "--password-file", "password", *DAY, cwd=at)
        must("keys", "export", "-o", "keys.json", *DAY, cwd=at)
        verify(at, files[0], "genuine", 0, *offline)
        must("keys", "revoke", json.loads(must("keys", "list", "--json", cwd=at).stdout)[0]["kid"], "--reason", "丢失", cwd=at)
        must("keys", "export", "-o", "keys.json", *DAY, cwd=at)
        verify(at, files[0], "revoked-key", 3, *offline)
        verify(at, files[0], "valid", 0)
        done = run("verify", files[0], "--key", glob.glob(at + "/keys/*.pem")[0], cwd=at)
        expect("a private key is refused as a public one", done.returncode == 1 and "私钥" in done.stderr, done.stderr)


if __name__ == "__main__":
    main()
