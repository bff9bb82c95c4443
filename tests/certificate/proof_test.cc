#include "certificate/proof.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "crypto/hash.h"
#include "picture/qr.h"

namespace wenshu::certificate {
namespace {

using crypto::Algorithm;

constexpr const char* kAddress = "HTTPS://CERT.QINGHE.EDU.CN/V";

crypto::PrivateKey make_key(Algorithm algorithm = Algorithm::ed25519) {
  return crypto::PrivateKey::from_seed(algorithm, crypto::sha256("a key of the tests"));
}

CertifiedFields county_fields() {
  return {{kNumberLabel, "QHJX2020ZX010001K"},
          {"证书名称", "结业证书"},
          {"姓名", "阿卜杜热合曼·买买提"},
          {"学号", "qh2020005"},
          {"单位", "县职业中等专业学校"},
          {"班次名称", "清河县新录用教师入职培训班"},
          {"培训时间", "2020年9月1日至9月4日"},
          {"学时", "30"},
          {"发证单位", "清河县教师进修学校（示例）"},
          {"发证日期", "2020-09-30"}};
}

class Proofs : public testing::TestWithParam<Algorithm> {};
INSTANTIATE_TEST_SUITE_P(Both, Proofs, testing::Values(Algorithm::ed25519, Algorithm::sm2),
                         [](const auto& of) { return std::string(to_text(of.param)); });

TEST_P(Proofs, CarryTheFieldsAndWhoCertifiedThem) {
  const auto key = make_key(GetParam());
  const auto text = make_proof(kAddress, county_fields(), key);
  const auto proof = parse_proof(text);
  ASSERT_TRUE(proof) << text;
  EXPECT_EQ(proof->fields, county_fields());
  EXPECT_EQ(proof->address, kAddress);
  EXPECT_EQ(proof->number(), "QHJX2020ZX010001K");
  EXPECT_TRUE(proof->verify(key.public_key()));
  EXPECT_FALSE(proof->verify(crypto::PrivateKey::from_seed(GetParam(), crypto::sha256("x")).public_key()));
}

TEST_P(Proofs, OfWhichAnyCharacterIsAlteredAreNotVerified) {
  const auto key = make_key(GetParam());
  const auto text = make_proof("", county_fields(), key);
  size_t readable = 0;
  for (size_t i = 1; i < text.size(); i += 3) {
    std::string bent = text;
    bent[i] = bent[i] == '7' ? '8' : '7';
    const auto proof = parse_proof(bent);
    if (!proof) continue;
    ++readable;
    EXPECT_FALSE(proof->verify(key.public_key())) << i;
  }
  EXPECT_GT(readable, 20u);  // many a bent one still reads, and shows other fields: the signature must tell
}

TEST(Proof, FitsAQrCodeOfVersionTwelve) {
  const auto text = make_proof(kAddress, county_fields(), make_key());
  const auto modules = picture::make_qr(text);
  ASSERT_TRUE(modules);
  const int version = (modules->side - 17) / 4;
  EXPECT_LE(version, 12) << text.size();
  EXPECT_EQ(sample_proof(kAddress, county_fields()).size(), text.size());
}

TEST(Proof, KeepsEveryCharacterThatANameMayHave) {
  CertifiedFields fields{{kNumberLabel, "1"}};
  // One range at each of its ends, and what lies outside all.
  const std::u32string characters =
      U"a~ ·　。一龥㐀䶿⸺𠮷𬱟𫖯𲎯—”（）￥②№\u2070\u00a0\ue000\U0003ffff";
  for (const char32_t c : characters) fields.push_back({fmt::format("字{}", fields.size()), to_utf8(c)});
  Diagnostics findings;
  ASSERT_TRUE(check_fields(fields, {}, findings)) << to_text(findings);
  const auto proof = parse_proof(make_proof("", fields, make_key()));
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->fields, fields);
}

TEST(Proof, KeepsLongTextsAndOddDates) {
  std::string long_text;
  for (int i = 0; i < 600; ++i) long_text += "学";
  const CertifiedFields fields{{kNumberLabel, "1"},         {"备注", long_text},
                               {"发证日期", "2079-06-06"},  {"出生日期", "1899-12-31"},
                               {"颁发日期", "2020-9-30"},   {"补发日期", "2079-06-07"},
                               {"自拟的一项", "1900-01-01"}};
  const auto proof = parse_proof(make_proof("", fields, make_key()));
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->fields, fields);
}

TEST(Proof, ReadsWhatChatProgramsAndLineEndsDidToIt) {
  const auto text = make_proof(kAddress, county_fields(), make_key());
  std::string torn, escaped;
  for (const char c : text) {
    torn += static_cast<char>(std::tolower(c));
    if (torn.size() % 40 == 0) torn += "\n ";
    escaped += c == '*' ? "%2A" : c == '/' ? "%2f" : std::string(1, c);
  }
  for (const auto& one : {torn, escaped, text.substr(text.find('#') + 1)}) {
    const auto proof = parse_proof(one);
    ASSERT_TRUE(proof) << one;
    EXPECT_TRUE(proof->verify(make_key().public_key()));
  }
}

TEST(Proof, CutOffAnywhereIsNone) {
  const auto text = make_proof("", county_fields(), make_key());
  for (size_t size = 0; size < text.size(); ++size) {
    const auto proof = parse_proof(text.substr(0, size));
    EXPECT_FALSE(proof && proof->verify(make_key().public_key())) << size;
  }
  EXPECT_FALSE(parse_proof(text + "E"));
  EXPECT_FALSE(parse_proof(std::string(10'000, '0') + "E"));
}

TEST(Proof, LeavesOutWhatHasNoText) {
  const auto proof = parse_proof(make_proof("", {{kNumberLabel, "1"}, {"学号", ""}}, make_key()));
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->fields.size(), 1u);
}

TEST(Proof, TellsTheLastDayOfValidity) {
  const auto proof =
      parse_proof(make_proof("", {{kNumberLabel, "1"}, {kExpiryLabel, "2025-12-31"}}, make_key()));
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->find(kExpiryLabel), "2025-12-31");
}

TEST(ProofFields, AreRefusedWithTheReason) {
  const auto refused = [](const CertifiedFields& fields, const char* reason) {
    Diagnostics findings;
    EXPECT_FALSE(check_fields(fields, {"roster.csv", 3, 0}, findings));
    EXPECT_NE(to_text(findings).find(reason), std::string::npos) << to_text(findings);
    EXPECT_NE(to_text(findings).find("roster.csv:3"), std::string::npos);
  };
  refused({{"姓名", "王静"}}, "没有证书编号");
  refused({{kNumberLabel, "1"}, {"姓名", "王静"}, {"姓名", "方舒"}}, "两项都叫");
  refused({{kNumberLabel, "1"}, {"姓名", "王\n静"}}, "控制字符");
  refused({{kNumberLabel, "1"}, {"姓名", "\U000e0041"}}, "U+E0041");
  refused({{kNumberLabel, "1"}, {kExpiryLabel, "长期"}}, "应是");
  std::string long_text;
  for (int i = 0; i < 900; ++i) long_text += "学";
  refused({{kNumberLabel, "1"}, {"备注", long_text}}, "合计超过");
}

TEST(ProofAddress, IsHttpsWithoutFragment) {
  Diagnostics findings;
  for (const auto* good : {"https://cert.example.edu.cn/v", kAddress, "https://a.cn"})
    EXPECT_TRUE(check_address(good, {}, findings)) << good;
  for (const auto* bad : {"", "http://a.cn", "https://", "https:///v", "https://a.cn/#", "https://例子.cn",
                          "https://a.cn/ v", "javascript:alert(1)"})
    EXPECT_FALSE(check_address(bad, {}, findings)) << bad;
}

}  // namespace
}  // namespace wenshu::certificate
