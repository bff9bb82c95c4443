#!/usr/bin/env python3
"""`wenshu certificates issue --sign OFFICE.p12`: PDF signatures that pdfsig and openssl call valid under an authority made for the test, to
the rules of PAdES baseline B-B; a time stamp by a command; files that still prove themselves and keep PDF/A's rules."""
import glob, os, re, shutil, subprocess

import archive_file, archive_rules
from verify_test import BATCH, make_sheet, verify
from wenshu import ROOT, expect, folder, judge, must, require, run

DAY = ["--now", "2026-09-30"]
FORBIDDEN = {"signingTime": "a signing time", "SMIMECapabilities": "capabilities", "countersignature": "a countersignature"}


def make_authority(at):
    """A root and, under it, a P-256 and an RSA certificate for signing documents, and one for time stamps."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=at, check=True, capture_output=True)
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "root.key", "-out", "root.crt",
            "-subj", "/C=CN/O=Test/CN=Test authority", "-days", "3650")
    for name, algorithm, usage in (("p256", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "emailProtection"),
                                   ("rsa", ["rsa:2048"], "emailProtection"), ("tsa", ["rsa:2048"], "critical,timeStamping")):
        with open(at + "/extensions", "w") as file:
            file.write("keyUsage=critical,digitalSignature,nonRepudiation\nextendedKeyUsage=%s\n" % usage)
        openssl("req", "-newkey", *algorithm, "-nodes", "-keyout", name + ".key", "-out", name + ".csr",
                "-subj", "/C=CN/O=Qinghe/CN=Qinghe office " + name)
        openssl("x509", "-req", "-in", name + ".csr", "-CA", "root.crt", "-CAkey", "root.key", "-CAcreateserial", "-out", name + ".crt",
                "-days", "3650", "-extfile", "extensions")
        openssl("pkcs12", "-export", "-inkey", name + ".key", "-in", name + ".crt", "-certfile", "root.crt", "-out", name + ".p12",
                "-passout", "pass:office password")
    open(at + "/p12-password", "w").write("office password\n")
    os.mkdir(at + "/nss")
    judge("certutil", "-N", "-d", at + "/nss", "--empty-password")
    judge("certutil", "-A", "-d", at + "/nss", "-n", "root", "-t", "CT,C,C", "-i", at + "/root.crt")


def parts_of(pdf):
    """What the signature covers, and its CMS."""
    a, b, c, d = map(int, re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+) *\]", pdf).groups())
    digits = pdf[b + 1:c - 1]
    size = int(digits[4:8], 16) + 4  # 30 82 LL LL
    return pdf[a:a + b] + pdf[c:c + d], bytes.fromhex(digits.decode())[:size], b, c


def judged(at, name, file, stamped=False):
    pdf = open(file, "rb").read()
    covered, cms, begin, end = parts_of(pdf)
    expect("%s: all but the signature is covered" % name, len(covered) + end - begin == len(pdf))
    said = judge("pdfsig", "-nssdir", at + "/nss", file).stdout
    expect("%s: pdfsig says valid" % name, "Signature is Valid" in said and "Total document signed" in said and
           "ETSI.CAdES.detached" in said and "Certificate is Trusted" in said, said)
    for file_name, data in (("covered", covered), ("cms", cms)):
        open(at + "/" + file_name, "wb").write(data)
    done = judge("openssl", "cms", "-verify", "-inform", "DER", "-in", at + "/cms", "-content", at + "/covered", "-binary", "-cades",
                 "-CAfile", at + "/root.crt", "-purpose", "any", "-out", os.devnull)
    expect("%s: openssl agrees, signing certificate included" % name, done.returncode == 0, done.stderr)
    printed = judge("openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", at + "/cms").stdout
    expect("%s: the attributes of baseline B-B" % name, all(word in printed for word in (
        "contentType", "messageDigest", "id-smime-aa-signingCertificateV2")), printed[-3000:])
    for word, what in ({} if stamped else FORBIDDEN).items():  # a stamp has a time of its own
        expect("%s: without %s" % (name, what), word not in printed)
    expect("%s: %s time stamp" % (name, "a" if stamped else "no"), ("id-smime-aa-timeStampToken" in printed) == stamped)
    checked = judge("qpdf", "--check", file)
    expect("%s: qpdf finds nothing" % name, checked.returncode == 0, checked.stdout + checked.stderr)
    broken = archive_rules.check(archive_file.Pdf(file))
    expect("%s: the rules of PDF/A-2u" % name, not broken, str(broken))


def main():
    require("openssl", "pdfsig", "certutil", "qpdf")
    with folder() as at:
        make_authority(at)
        sheet = make_sheet(at)
        rows = open(ROOT + "/samples/county-2020/roster.csv", encoding="utf-8").read().splitlines()[:3]
        open(at + "/roster.csv", "w", encoding="utf-8").write("\n".join(rows) + "\n")
        plain = ["--roster", at + "/roster.csv", *BATCH[2:], "--password-file", at + "/password", *DAY]
        batch = [*plain, "--sign-password-file", at + "/p12-password"]
        must("init", "--office", ROOT + "/samples/county-2020", cwd=at)
        must("publish", ROOT + "/workflows", cwd=at)
        must("keys", "make", "证书", "--password-file", "password", *DAY, cwd=at)

        open(at + "/wrong", "w").write("no password\n")
        refused = run("certificates", "issue", sheet, *plain, "--sign", "p256.p12", "--sign-password-file", "wrong", "-o", "no", cwd=at)
        expect("a wrong password is a finding", refused.returncode == 1 and "wrong-password" in refused.stderr, refused.stderr)
        refused = run("certificates", "issue", sheet, *batch, "--sign", "root.crt", "-o", "no", cwd=at)
        expect("a certificate without its key is a finding", refused.returncode == 1 and "not-an-identity" in refused.stderr, refused.stderr)
        expect("and nothing was written or numbered", not glob.glob(at + "/no/*.pdf") and
               "0 行" not in run("register", "list", cwd=at).stderr)

        for name in ("p256", "rsa"):
            must("certificates", "issue", sheet, *batch, "--sign", name + ".p12", "-o", name, cwd=at)
            files = sorted(glob.glob(at + "/%s/*.pdf" % name))
            expect("two files", len(files) == 2, str(files))
            for file in files:
                judged(at, name, file)
            verify(at, files[0], "valid", 0, *DAY)
        before = open(files[0], "rb").read()
        must("certificates", "issue", sheet, *batch, "--sign", "rsa.p12", "-o", "rsa", cwd=at)
        expect("a signed file is kept, not made again", open(files[0], "rb").read() == before)

        # The digits that the seal leaves out are guarded by the signature itself, and hold nothing else.
        bent = before.replace(b"/Contents <3082", b"/Contents <3083")
        open(at + "/bent.pdf", "wb").write(bent)
        expect("pdfsig refuses a bent signature", "Signature is Valid" not in judge("pdfsig", "-nssdir", at + "/nss", at + "/bent.pdf").stdout)
        open(at + "/bent.pdf", "wb").write(before.replace(b"/Lang (zh-CN)", b"/Lang (en-US)"))
        expect("and a bent file", "Signature is Valid" not in judge("pdfsig", "-nssdir", at + "/nss", at + "/bent.pdf").stdout)
        verify(at, at + "/bent.pdf", "altered-file", 1, *DAY)
        _, cms, begin, end = parts_of(before)
        other = open(files[1], "rb").read()
        for name, digits in (("wiped", b"0" * (end - begin - 2)), ("swapped", other[parts_of(other)[2] + 1:parts_of(other)[3] - 1]),
                             ("bent", before[begin + 1:end - 1].replace(cms.hex().encode()[-16:], b"0123456789abcdef"))):
            expect("as long as before", len(digits) == end - begin - 2)
            open(at + "/bent.pdf", "wb").write(before[:begin + 1] + digits + before[end - 1:])
            answer = verify(at, at + "/bent.pdf", "altered-file", 1, *DAY)
            expect("a file whose PDF signature was %s is told" % name, "数字签名" in answer["message"], str(answer))
        # Signed anew over the same bytes, by a certificate that the authority knows as well as the first.
        open(at + "/covered", "wb").write(parts_of(before)[0])
        subprocess.run(["openssl", "cms", "-sign", "-binary", "-in", "covered", "-signer", "p256.crt", "-inkey", "p256.key", "-outform", "DER",
                        "-out", "again", "-cades", "-md", "sha256"], cwd=at, check=True, capture_output=True)
        digits = open(at + "/again", "rb").read().hex().encode()
        open(at + "/again.pdf", "wb").write(before[:begin + 1] + digits + b"0" * (end - begin - 2 - len(digits)) + before[end - 1:])
        expect("pdfsig calls it valid", "Signature is Valid" in judge("pdfsig", "-nssdir", at + "/nss", at + "/again.pdf").stdout)
        verify(at, at + "/again.pdf", "altered-file", 1, *DAY)
        shutil.copy(at + "/again.pdf", files[0])
        must("certificates", "issue", sheet, *batch, "--sign", "rsa.p12", "-o", "rsa", cwd=at)
        verify(at, files[0], "valid", 0, *DAY)  # it was not kept
        expect("a sound one names its certificate", any("Qinghe office rsa" in note for note in verify(at, files[0], "valid", 0, *DAY)["notes"]))

        with open(at + "/tsa.conf", "w") as file:
            file.write("[tsa]\ndefault_tsa=t\n[t]\nserial=%s/serial\ncrypto_device=builtin\nsigner_cert=%s/tsa.crt\ncerts=%s/root.crt\n"
                       "signer_key=%s/tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\nordering=no\ntsa_name=no\n"
                       "ess_cert_id_chain=no\n" % (at, at, at, at))
        command = "cat > %s/query; openssl ts -reply -config %s/tsa.conf -section t -queryfile %s/query" % (at, at, at)
        must("certificates", "issue", sheet, *batch, "--sign", "p256.p12", "--timestamp", command, "-o", "stamped", cwd=at)
        judged(at, "stamped", sorted(glob.glob(at + "/stamped/*.pdf"))[0], stamped=True)
        failed = run("certificates", "issue", sheet, *batch, "--sign", "p256.p12", "--timestamp", "false", "-o", "unstamped", cwd=at)
        expect("a time stamp that does not come is a failure, and no file stands there", failed.returncode == 5 and
               not glob.glob(at + "/unstamped/*.pdf"), failed.stderr)

        for garbage in ("echo x", "true", "cat"):
            failed = run("certificates", "issue", sheet, *batch, "--seal-service", garbage, "-o", "garbage", cwd=at)
            expect("what is no signature of the file is not written as one (%s)" % garbage, failed.returncode == 5 and
                   "数字签名" in failed.stderr and "腾出地方" not in failed.stderr and not glob.glob(at + "/garbage/*.pdf"), failed.stderr)
        service = "openssl cms -sign -binary -outform DER -signer %s/p256.crt -inkey %s/p256.key -md sha256 -cades" % (at, at)
        must("certificates", "issue", sheet, *batch, "--seal-service", service, "-o", "service", cwd=at)
        said = judge("pdfsig", "-nssdir", at + "/nss", sorted(glob.glob(at + "/service/*.pdf"))[0]).stdout
        expect("an office's own service may sign", "Signature is Valid" in said, said)
        refused = run("certificates", "issue", sheet, *batch, "--seal-service", service, "--seal-certificate", "rsa.crt", "-o", "bound", cwd=at)
        expect("a service that signs with another certificate than said is refused", refused.returncode == 5 and
               not glob.glob(at + "/bound/*.pdf"), refused.stderr)
        must("certificates", "issue", sheet, *batch, "--seal-service", service, "--seal-certificate", "p256.crt", "-o", "bound", cwd=at)
        bound = sorted(glob.glob(at + "/bound/*.pdf"))[0]
        expect("bound: said", any("签发时的证书" in note for note in verify(at, bound, "valid", 0, *DAY)["notes"]))
        pdf = open(bound, "rb").read()
        covered, _, begin, end = parts_of(pdf)
        open(at + "/covered", "wb").write(covered)
        subprocess.run(["openssl", "cms", "-sign", "-binary", "-in", "covered", "-signer", "rsa.crt", "-inkey", "rsa.key", "-outform", "DER",
                        "-out", "again", "-cades", "-md", "sha256"], cwd=at, check=True, capture_output=True)
        digits = open(at + "/again", "rb").read().hex().encode()
        open(bound, "wb").write(pdf[:begin + 1] + digits + b"0" * (end - begin - 2 - len(digits)) + pdf[end - 1:])
        verify(at, bound, "altered-file", 1, *DAY)
        answer = verify(at, sorted(glob.glob(at + "/service/*.pdf"))[0], "valid", 0, *DAY)
        expect("whose certificate that was is not known beforehand, and said", any("没有记下" in note for note in answer["notes"]), str(answer))


main()
