#include "crypto/key.h"

#include <gtest/gtest.h>

#include "crypto/base64.h"
#include "crypto/hash.h"

namespace wenshu::crypto {
namespace {

std::string bytes(std::string_view hex) {
  std::string out;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return out;
}

// No key stands in the repository: a seed is the digest of a sentence.
PrivateKey make_key(Algorithm algorithm, const std::string& sentence) {
  return PrivateKey::from_seed(algorithm, sha256(sentence));
}

class Keys : public testing::TestWithParam<Algorithm> {};
INSTANTIATE_TEST_SUITE_P(Both, Keys, testing::Values(Algorithm::ed25519, Algorithm::sm2),
                         [](const auto& of) { return std::string(to_text(of.param)); });

TEST_P(Keys, VerifyWhatTheySignedAndNothingElse) {
  const auto key = make_key(GetParam(), "one"), other = make_key(GetParam(), "other");
  const std::string message = "结业证书 周𬱟", signature = key.sign(message);
  ASSERT_EQ(signature.size(), kSignatureSize);
  EXPECT_TRUE(key.public_key().verify(message, signature));
  EXPECT_FALSE(other.public_key().verify(message, signature));
  EXPECT_FALSE(key.public_key().verify(message + " ", signature));
  for (size_t i = 0; i < signature.size(); i += 7) {
    std::string bent = signature;
    bent[i] = static_cast<char>(bent[i] ^ 1);
    EXPECT_FALSE(key.public_key().verify(message, bent)) << i;
  }
  EXPECT_FALSE(key.public_key().verify(message, signature.substr(1)));
  EXPECT_FALSE(key.public_key().verify(message, std::string(kSignatureSize, '\0')));
}

TEST_P(Keys, ComeBackFromTheirPublicForms) {
  const auto key = make_key(GetParam(), "one").public_key();
  const auto from_raw = PublicKey::from_raw(GetParam(), key.raw());
  const auto from_pem = PublicKey::from_pem(key.to_pem());
  ASSERT_TRUE(from_raw && from_pem);
  EXPECT_EQ(from_raw->id(), key.id());
  EXPECT_EQ(from_pem->id(), key.id());
  EXPECT_EQ(from_pem->algorithm(), GetParam());
  EXPECT_EQ(key.id().size(), 8u);
  EXPECT_FALSE(PublicKey::from_raw(GetParam(), key.raw().substr(1)));
}

TEST_P(Keys, OpenWithTheirPasswordAlone) {
  const auto key = make_key(GetParam(), "one");
  const auto sealed = key.encrypt("柳暗花明又一村");
  EXPECT_NE(sealed.find("BEGIN ENCRYPTED PRIVATE KEY"), std::string::npos);
  const auto opened = PrivateKey::open(sealed, "柳暗花明又一村");
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->public_key().id(), key.public_key().id());
  EXPECT_TRUE(key.public_key().verify("m", opened->sign("m")));
  EXPECT_FALSE(PrivateKey::open(sealed, "柳暗花明又一春"));
  EXPECT_FALSE(PrivateKey::open(sealed.substr(0, sealed.size() / 2), "柳暗花明又一村"));
}

TEST_P(Keys, DifferEachTimeTheyAreMade) {
  EXPECT_NE(PrivateKey::make(GetParam()).public_key().raw(), PrivateKey::make(GetParam()).public_key().raw());
}

// RFC 8032, 7.1, TEST 3: public key, message and signature.
TEST(Ed25519, AgreesWithTheStandardsExample) {
  const auto key = PublicKey::from_raw(
      Algorithm::ed25519, bytes("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"));
  ASSERT_TRUE(key);
  EXPECT_TRUE(
      key->verify(bytes("af82"), bytes("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                                       "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")));
}

TEST(Ed25519, SignsTheSameEachTime) {
  const auto key = make_key(Algorithm::ed25519, "one");
  EXPECT_EQ(key.sign("m"), key.sign("m"));
}

TEST(Sm2, RefusesAPointThatIsNotOnTheCurve) {
  EXPECT_FALSE(PublicKey::from_raw(Algorithm::sm2, std::string(64, '\1')));
}

TEST(PublicKeys, OfOtherKindsAreRefused) {
  EXPECT_FALSE(PublicKey::from_pem("not a key"));
  EXPECT_FALSE(PublicKey::from_pem(make_key(Algorithm::sm2, "one").encrypt("x")));
}

// GB/T 32905-2016, A.1.
TEST(Sm3, AgreesWithTheStandardsExample) {
  EXPECT_EQ(sm3_hex("abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

TEST(Base64url, ComesBackAndHasOneSpellingOnly) {
  for (const std::string text : {"", "f", "fo", "foo", "\xff\xfe\xfd\xfc"})
    EXPECT_EQ(from_base64url(to_base64url(text)), text);
  EXPECT_EQ(to_base64url("\xff\xfe"), "__4");
  for (const auto* wrong : {"_", "__5", "__4=", "+/4", "_ _4"}) EXPECT_FALSE(from_base64url(wrong)) << wrong;
}

}  // namespace
}  // namespace wenshu::crypto
