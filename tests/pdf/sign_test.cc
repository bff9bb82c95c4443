#include "pdf/sign.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/error.h"
#include "crypto/hash.h"
#include "pdf/seal.h"

namespace wenshu::pdf {
namespace {

// The least that has what signing asks for: a table, a trailer, a catalog and a page.
std::string small_pdf() {
  const std::vector<std::string> objects = {"1 0 obj\n<<\n/Type /Catalog\n/Pages 2 0 R\n>>\nendobj\n",
                                            "2 0 obj\n<<\n/Type /Pages\n/Kids [3 0 R] /Count 1\n>>\nendobj\n",
                                            "3 0 obj\n<<\n/Type /Page /Parent 2 0 R\n>>\nendobj\n"};
  std::string pdf = "%PDF-1.7\n", table = "xref\n0 4\n0000000000 65535 f\r\n";
  for (const auto& object : objects) {
    const auto digits = std::to_string(pdf.size());
    table += std::string(10 - digits.size(), '0') + digits + " 00000 n\r\n";
    pdf += object;
  }
  return pdf + table + "trailer\n<< /Root 1 0 R /Size 4 >>\nstartxref\n" + std::to_string(pdf.size()) +
         "\n%%EOF\n";
}

std::string object_at(const std::string& pdf, size_t number) {
  const auto table = std::stoul(pdf.substr(pdf.rfind("startxref") + 10));
  const auto line = pdf.find("\n", pdf.find("0 ", table)) + 1;
  return pdf.substr(std::stoul(pdf.substr(line + 20 * number, 10)), 12);
}

TEST(Sign, KeepsEveryObjectWhereTheTableSays) {
  const auto reserved = reserve_signature(small_pdf(), Time{}, 512);
  for (size_t i = 1; i <= 5; ++i)
    EXPECT_EQ(object_at(reserved, i).substr(0, 7), std::to_string(i) + " 0 obj") << reserved;
  EXPECT_NE(reserved.find("/AcroForm << /Fields [4 0 R] /SigFlags 3 >>"), std::string::npos);
  EXPECT_NE(reserved.find("/Size 6"), std::string::npos);
}

TEST(Sign, CoversAllButItsRoom) {
  std::string covered;
  const auto signed_file =
      sign_file(reserve_signature(small_pdf(), Time{}, 512), [&](std::string_view bytes) {
        covered = bytes;
        return std::string("\x30\x03\x02\x01\x05", 5);
      });
  const size_t open = signed_file.find("<3003020105");
  ASSERT_NE(open, std::string::npos);
  const size_t close = signed_file.find('>', open);
  EXPECT_EQ(covered, signed_file.substr(0, open) + signed_file.substr(close + 1));
  const auto range = "/ByteRange [0 " + std::to_string(open) + " " + std::to_string(close + 1) + " " +
                     std::to_string(signed_file.size() - close - 1);
  EXPECT_NE(signed_file.find(range), std::string::npos) << range;
}

TEST(Sign, LeavesASealGood) {
  const auto key =
      crypto::PrivateKey::from_seed(crypto::Algorithm::ed25519, crypto::sha256("a key of the tests"));
  const auto sealed = seal_file(reserve_signature(small_pdf(), Time{}, 512), "PROOF", key);
  const auto signed_file = sign_file(sealed, [](std::string_view) { return std::string(40, 'x'); });
  for (const auto& file : {sealed, signed_file}) {
    const auto seal = find_seal(file);
    ASSERT_TRUE(seal);
    EXPECT_TRUE(seal->verify(key.public_key()));
  }
}

TEST(Sign, RefusesWhatHasNoRoom) {
  EXPECT_THROW(sign_file(small_pdf(), [](std::string_view) { return "x"; }), Failure);
  const auto reserved = reserve_signature(small_pdf(), Time{}, 64);
  EXPECT_THROW(sign_file(reserved, [](std::string_view) { return std::string(65, 'x'); }), Failure);
  EXPECT_THROW(sign_file(reserved, [](std::string_view) { return ""; }), Failure);
  for (const auto* broken :
       {"", "startxref\n9\n", "xref\n0 9\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"})
    EXPECT_THROW(reserve_signature(broken, Time{}, 64), Failure) << broken;
}

}  // namespace
}  // namespace wenshu::pdf
