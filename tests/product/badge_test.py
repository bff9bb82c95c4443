#!/usr/bin/env python3
"""`wenshu certificates issue --badge`: each certificate as an Open Badges 3.0 credential, checked by python3-jwt with the published key."""
import glob, json, os

from verify_test import BATCH, DAY, make_sheet
from wenshu import ROOT, expect, folder, must, run

try:
    import jwt
    from jwt.algorithms import OKPAlgorithm
except ImportError:
    raise SystemExit(77)


def main():
    with folder() as at:
        sheet = make_sheet(at)
        must("init", "--office", ROOT + "/samples/county-2020", cwd=at)
        must("publish", ROOT + "/workflows", cwd=at)
        must("keys", "make", "证书", "--password-file", "password", *DAY, cwd=at)
        must("certificates", "issue", sheet, *BATCH, "-o", "out", "--badge", "--password-file", "password", *DAY, cwd=at)
        must("keys", "export", "-o", "keys.json", cwd=at)
        published = {key["kid"]: key for key in json.load(open(at + "/keys.json"))["keys"]}
        badges = sorted(glob.glob(at + "/out/*.badge.jwt"))
        expect("one for each certificate", len(badges) == 32 and
               all(os.path.exists(b.replace(".badge.jwt", ".pdf")) for b in badges), str(len(badges)))
        token = open(badges[0]).read().strip()
        head = jwt.get_unverified_header(token)
        expect("the header of a VC-JWT", head["alg"] == "EdDSA" and head["typ"] == "JWT" and head["kid"] in published, str(head))
        key = OKPAlgorithm.from_jwk(json.dumps(published[head["kid"]]))
        claims = jwt.decode(token, key, algorithms=["EdDSA"], options={"verify_aud": False})

        # Open Badges 3.0, 8.2 and annex B: what must be there, and that the JWT's claims say the same as the credential.
        expect("the contexts, in their order", claims["@context"][0] == "https://www.w3.org/ns/credentials/v2" and
               claims["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context-3"), str(claims["@context"]))
        expect("the types", {"VerifiableCredential", "OpenBadgeCredential"} <= set(claims["type"]))
        expect("the issuer is a profile with an address", claims["issuer"]["id"] == claims["iss"] == "https://cert.example.edu.cn/v" and
               claims["issuer"]["type"] == ["Profile"] and claims["issuer"]["name"], str(claims["issuer"]))
        expect("the id", claims["id"] == claims["jti"] and claims["id"].startswith("https://"))
        expect("since when", claims["validFrom"] == "2020-09-29T16:00:00Z" and claims["nbf"] == 1601395200, claims["validFrom"])
        subject = claims["credentialSubject"]
        expect("the holder", subject["type"] == ["AchievementSubject"] and subject["identifier"][0]["identityHash"] == "周𬱟" and
               subject["identifier"][0]["type"] == "IdentityObject" and subject["identifier"][0]["hashed"] is False, str(subject))
        achievement = subject["achievement"]
        expect("the achievement", achievement["type"] == ["Achievement"] and "入职培训班" in achievement["name"] and
               achievement["description"] and achievement["criteria"]["narrative"] and achievement["id"].startswith("https://"),
               str(achievement))
        try:
            jwt.decode(token[:-8] + "AAAAAAAA", key, algorithms=["EdDSA"])
            expect("a forged one is refused", False)
        except jwt.InvalidSignatureError:
            expect("a forged one is refused", True)
        must("verify", claims["id"], "--key", "keys.json", cwd=at)
        expect("the id is the proof of the QR code", True)
        must("keys", "rotate", "证书", "--algorithm", "sm2", "--password-file", "password", *DAY, cwd=at)
        refused = run("certificates", "issue", sheet, *BATCH, "-o", "sm2", "--badge", "--password-file", "password", *DAY, cwd=at)
        expect("SM2 has no badges", refused.returncode == 3 and "badge-needs-ed25519" in refused.stderr, refused.stderr)


main()
