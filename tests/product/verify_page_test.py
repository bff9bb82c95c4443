#!/usr/bin/env python3
"""templates/web/verify.html in headless Chromium, from a file, with no server: reads and checks what the QR code carries."""
import base64, hashlib, json, os, re, shutil, subprocess

from verify_test import BATCH, issue, proof_of
from wenshu import ROOT, expect, folder, must, require, run

CHROMIUM = next((name for name in ("chromium", "chromium-browser") if shutil.which(name)), "chromium")
DAY = ["--now", "2020-09-30"]


def hashes_agree():
    """The policy lets nothing run but these scripts and this style; after a change the right hashes are printed here."""
    page = open(ROOT + "/templates/web/verify.html", encoding="utf-8").read()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    parts = re.findall(r"<style>(.*?)</style>|<script>(.*?)</script>", page, flags=re.S)
    right = ["'sha256-%s'" % base64.b64encode(hashlib.sha256((a or b).encode()).digest()).decode() for a, b in parts]
    said = re.findall(r"'sha256-[^']*'", policy)
    expect("the policy names what stands in the page", sorted(said) == sorted(right), "style, scripts: " + " ".join(right))
    expect("and nothing else", "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy, policy)
    expect("no other file is asked for", not re.findall(r'(?:src|href)="', page))


def look(page, fragment, at):
    done = subprocess.run([CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                           "--user-data-dir=" + at + "/profile", "--virtual-time-budget=8000", "--dump-dom",
                           "file://" + page + "#" + fragment], text=True, capture_output=True, timeout=300)
    dom = done.stdout
    result = re.search(r'<section id="result".*?</section>', dom, flags=re.S)[0]
    verdict = re.search(r'data-verdict="([^"]*)"', result)
    fields = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", result))
    return verdict and verdict[1], fields, re.sub(r"<[^>]*>", "", result)


def without_webcrypto(page, out):
    """The same page as a browser sees it that does not know Ed25519 by itself."""
    text = open(page, encoding="utf-8").read().replace('{name: "Ed25519"}', '{name: "Ed000"}')
    text = re.sub(r'<meta http-equiv="Content-Security-Policy".*?>', "", text)
    open(out, "w", encoding="utf-8").write(text)
    return out


def pasted_into(page, text, out):
    """The page as it is after a person pasted the text and pressed the button."""
    source = open(page, encoding="utf-8").read().replace("\nfollow();\n", "\nat('text').value = %s;\nat('form').requestSubmit();\n" % json.dumps(text))
    open(out, "w", encoding="utf-8").write(re.sub(r'<meta http-equiv="Content-Security-Policy".*?>', "", source))
    return out


def main():
    hashes_agree()
    require(CHROMIUM)
    with folder() as at:
        files = issue(at)
        must("keys", "export", "--page", "page.html", *DAY, cwd=at)
        page = at + "/page.html"
        fragment = proof_of(open(files[4], "rb").read()).split("#")[1]

        verdict, fields, words = look(page, fragment, at)
        expect("a genuine one is told", verdict == "valid" and "真实有效" in words, words)
        told = must("verify", fragment, "--json", *DAY, cwd=at).stdout
        expect("with all fields, as the program tells them", fields == {f["label"]: f["text"] for f in json.loads(told)["fields"]} and
               fields["姓名"] == "阿卜杜热合曼·买买提", str(fields))
        expect("by the library too", look(without_webcrypto(page, at + "/old.html"), fragment, at)[0] == "valid")
        bent = fragment[:60] + ("7" if fragment[60] != "7" else "8") + fragment[61:]
        verdict, fields, words = look(page, bent, at)
        expect("a bent one is not told genuine", verdict in ("forged", "unreadable"), words)
        end = fragment[:-20] + ("7" if fragment[-20] != "7" else "8") + fragment[-19:]
        expect("nor one with a bent signature", look(page, end, at)[0] == "forged")
        expect("one that is cut off cannot be read", look(page, fragment[:-4], at)[0] == "unreadable")

        def program(text, now):
            """What the program says offline of the same code, by the same keys and the same list."""
            must("keys", "export", "-o", "keys.json", *now, cwd=at)
            must("keys", "export", "--withdrawn", "list.txt", "--key", "证书", "--password-file", "password", *now, cwd=at)
            said = json.loads(run("verify", text, "--key", "keys.json", "--list", "list.txt", "--json", cwd=at).stdout)
            return said["verdict"], said["message"]

        def agree(what, text, now):
            must("keys", "export", "--page", "page.html", *now, cwd=at)
            verdict, _, words = look(page, text, at)
            told, message = program(text, now)
            expect("page and program say the same of %s one" % what, verdict == told and message in words, words + "\n" + told + " " + message)
            return words

        agree("a genuine", fragment, DAY)
        agree("a bent", end, DAY)
        agree("a cut", fragment[:-4], DAY)

        def agree_on_pasted(what, text, now):
            """What the page says of a text in its field: with no # before it."""
            must("keys", "export", "--page", "page.html", *now, cwd=at)
            verdict, _, words = look(pasted_into(page, text, at + "/pasted.html"), "", at)
            told, message = program(text, now)
            expect("page and program say the same of %s" % what, verdict == told and message in words, words + "\n" + told + " " + message)
            return verdict

        for what, text, right in (("a pasted code", fragment, "valid"), ("a cut one", fragment[:-4], "unreadable"),
                                  ("an address alone", "https://cert.example.edu.cn/v", "unreadable"), ("nothing", "  ", "unreadable"),
                                  ("a number", "qhjx2020zx010001r", "unknown-number"),
                                  ("a code without signature", "QHJX2020ZX010001R;某人", "unknown-number")):
            verdict = agree_on_pasted(what, text, DAY)
            expect("and that is " + right, verdict == right, verdict)
        lost = os.path.basename(files[5])[:-4]
        must("certificates", "reissue", lost, "sheet.yaml", *BATCH[2:], "-o", "again", "--reason", "遗失", "--password-file", "password",
             "--as", "fang-qin", "--now", "2020-10-07", cwd=at)
        for what, file, note in (("the lost", files[5], "补发以前的"), ("the reissued", at + "/again/%s.pdf" % lost, "补发的")):
            words = agree(what, proof_of(open(file, "rb").read()).split("#")[1], ["--now", "2020-10-08"])
            expect("with its day", "已于 2020-10-07 补发" in words and note in words, words)
        old = os.path.basename(files[6])[:-4]
        new = json.loads(must("certificates", "replace", old, "sheet.yaml", *BATCH, "-o", "again", "--reason", "姓名有误", "--password-file",
                              "password", "--as", "fang-qin", "--now", "2020-10-07", "--json", cwd=at).stdout)["other"]
        words = agree("a replaced", proof_of(open(files[6], "rb").read()).split("#")[1], ["--now", "2020-10-08"])
        expect("with the new number", new in words and "已换发（2020-10-07 起" in words, words)
        words = agree("the replacing", proof_of(open(at + "/again/%s.pdf" % new, "rb").read()).split("#")[1], ["--now", "2020-10-08"])
        expect("with the old number", "换发自 " + old in words, words)

        number = os.path.basename(files[4])[:-4]
        must("certificates", "void", number, "--reason", "代训", "--as", "fang-qin", "--now", "2020-10-08", cwd=at)
        must("keys", "make", "国密", "--algorithm", "sm2", "--password-file", "password", *DAY, cwd=at)
        must("keys", "export", "--page", "page.html", "--now", "2020-10-09", cwd=at)
        verdict, _, words = look(page, fragment, at)
        agree("a void", fragment, ["--now", "2020-10-09"])
        expect("by its number too", agree_on_pasted("a void number", number, ["--now", "2020-10-09"]) == "withdrawn")
        expect("a void one is told, with the day", verdict == "withdrawn" and "2020-10-08" in words, words)
        sheet = at + "/sheet.yaml"
        must("certificates", "issue", sheet, "--roster", ROOT + "/samples/county-2020/roster.csv", "--data",
             ROOT + "/samples/county-2020/certificates.yaml", "-o", "sm2", "--sign", "国密", "--password-file", "password", *DAY, cwd=at)
        sm2 = proof_of(open(at + "/sm2/" + os.path.basename(files[2]), "rb").read()).split("#")[1]
        expect("SM2 with SM3 is told", look(page, sm2, at)[0] == "valid")
        bent = sm2[:-20] + ("7" if sm2[-20] != "7" else "8") + sm2[-19:]
        expect("and its forgery", look(page, bent, at)[0] == "forged")
        open(at + "/empty.html", "w", encoding="utf-8").write(open(ROOT + "/templates/web/verify.html", encoding="utf-8").read())
        expect("a page without keys proves nothing", look(at + "/empty.html", fragment, at)[0] in ("unknown-key", "unreadable"))


main()
