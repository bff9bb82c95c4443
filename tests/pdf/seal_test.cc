#include "pdf/seal.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "crypto/hash.h"

namespace wenshu::pdf {
namespace {

// The least that is a PDF for this room: objects, a table, where it starts.
std::string small_pdf(const std::string& objects = "1 0 obj\n<< /Name (王静) >>\nendobj\n") {
  const std::string body = "%PDF-1.7\n" + objects;
  return body + "xref\n0 1\n0000000000 65535 f\r\ntrailer\n<< /Size 1 >>\nstartxref\n" +
         std::to_string(body.size()) + "\n%%EOF\n";
}

crypto::PrivateKey make_key() {
  return crypto::PrivateKey::from_seed(crypto::Algorithm::ed25519, crypto::sha256("a key of the tests"));
}

bool is_genuine(const std::string& pdf) {
  const auto seal = find_seal(pdf);
  return seal && seal->verify(make_key().public_key());
}

TEST(Seal, BindsEveryByteOfTheFile) {
  const auto sealed = seal_file(small_pdf(), "PROOF", make_key());
  const auto seal = find_seal(sealed);
  ASSERT_TRUE(seal);
  EXPECT_EQ(seal->proof, "PROOF");
  EXPECT_TRUE(is_genuine(sealed));
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string bent = sealed;
    bent[i] = static_cast<char>(bent[i] ^ 4);
    EXPECT_FALSE(is_genuine(bent)) << i;
  }
  for (size_t size = 0; size < sealed.size(); ++size) EXPECT_FALSE(is_genuine(sealed.substr(0, size)));
  EXPECT_FALSE(is_genuine(sealed + "\n"));
}

TEST(Seal, OfAnotherFileProvesNothing) {
  const auto sealed = seal_file(small_pdf(), "PROOF", make_key());
  const auto line =
      sealed.substr(sealed.find("%wenshu-seal-1"), sealed.find("xref\n0 1") - sealed.find("%wenshu-seal-1"));
  const auto forged = small_pdf("1 0 obj\n<< /Name (方舒) >>\nendobj\n");
  for (const auto& whole : {forged + line, std::string(forged).insert(forged.find("xref"), line),
                            forged + sealed, sealed + forged, sealed + line})
    EXPECT_FALSE(is_genuine(whole));
}

TEST(Seal, LeavesRoomForASignatureAndNothingElse) {
  const std::string field = "1 0 obj\n<< /ByteRange [" + std::string(48, ' ') + "] /Contents <" +
                            std::string(600, '0') + "> >>\nendobj\n";
  auto sealed = seal_file(small_pdf(field), "PROOF", make_key());
  EXPECT_TRUE(is_genuine(sealed));
  sealed.replace(sealed.find("<000") + 1, 8, "30820ABC");
  EXPECT_TRUE(is_genuine(sealed));
  auto broken = sealed;
  broken.replace(broken.find("<3082") + 1, 8, ">/Evil 1");
  EXPECT_FALSE(is_genuine(broken));
  auto shorter = sealed;
  shorter.erase(shorter.find("<3082") + 20, 2);
  EXPECT_FALSE(is_genuine(shorter));
}

TEST(Seal, PointsToTheTableThatMoved) {
  const auto sealed = seal_file(small_pdf(), "PROOF", make_key());
  const auto word = sealed.rfind("startxref\n") + 10;
  EXPECT_EQ(sealed.substr(std::stoul(sealed.substr(word)), 5), "xref\n");
}

TEST(Seal, IsNotFoundWhereThereIsNone) {
  EXPECT_FALSE(find_seal(""));
  EXPECT_FALSE(find_seal(small_pdf()));
  EXPECT_FALSE(find_seal("\n%wenshu-seal-1 P - 00000000 short\n"));
  EXPECT_FALSE(find_seal("\n%wenshu-seal-1 P 5 00000000 " + std::string(86, 'A') + "\n"));
  EXPECT_THROW(seal_file("no pdf", "PROOF", make_key()), Failure);
}

}  // namespace
}  // namespace wenshu::pdf
