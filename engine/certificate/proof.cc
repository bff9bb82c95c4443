#include "certificate/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "crypto/hash.h"

namespace wenshu::certificate {

const std::string kNumberLabel = "证书编号";
const std::string kExpiryLabel = "有效期至";

namespace {

using crypto::Algorithm;

constexpr std::string_view kDomain{"wenshu-proof-1\0", 15};
constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./:*";
constexpr char kEnd = 'E';
constexpr size_t kHead = 6;  // version, algorithm, key id
constexpr size_t kMostPacked = 1500;
constexpr unsigned kDate = 0xff, kLong = 0xfb, kTwoBytes = 0x80, kThreeBytes = 0xfc;
constexpr auto kFirstDay = std::chrono::sys_days(std::chrono::year(1900) / 1 / 1);

char byte(size_t value) { return static_cast<char>(value & 0xff); }
unsigned at(std::string_view bytes, size_t index) { return static_cast<unsigned char>(bytes[index]); }

// ---- base 41

std::string to_base41(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() / 2 * 3 + 3);
  for (size_t i = 0; i < bytes.size(); i += 2) {
    const bool pair = i + 1 < bytes.size();
    unsigned value = pair ? at(bytes, i) << 8 | at(bytes, i + 1) : at(bytes, i);
    for (int k = pair ? 3 : 2; k > 0; --k, value /= 41) text += kDigits[value % 41];
  }
  return text;
}

std::optional<std::string> from_base41(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i < text.size(); i += 3) {
    const size_t count = std::min<size_t>(3, text.size() - i);
    if (count == 1) return std::nullopt;
    unsigned value = 0;
    for (size_t k = count; k-- > 0;) {
      const size_t digit = kDigits.find(text[i + k]);
      if (digit == std::string_view::npos) return std::nullopt;
      value = value * 41 + static_cast<unsigned>(digit);
    }
    if (value > (count == 3 ? 0xffffu : 0xffu)) return std::nullopt;
    if (count == 3) bytes += byte(value >> 8);
    bytes += byte(value);
  }
  return bytes;
}

// ---- characters and strings

std::optional<unsigned> place_of(char32_t c) {
  unsigned before = 0;
  const auto& ranges = packed_ranges();
  for (size_t i = 0; i < ranges.size(); i += 2) {
    if (c >= ranges[i] && c <= ranges[i + 1]) return before + (c - ranges[i]);
    before += ranges[i + 1] - ranges[i] + 1;
  }
  return std::nullopt;
}

std::optional<char32_t> character_at(unsigned place) {
  const auto& ranges = packed_ranges();
  for (size_t i = 0; i < ranges.size(); i += 2) {
    const unsigned size = ranges[i + 1] - ranges[i] + 1;
    if (place < size) return ranges[i] + place;
    place -= size;
  }
  return std::nullopt;
}

std::string pack_characters(std::string_view utf8) {
  std::string bytes;
  for (const char32_t c : to_characters(utf8)) {
    if (c < 0x80) {
      bytes += byte(c);
    } else if (const auto place = place_of(c)) {
      bytes += byte(kTwoBytes + (*place >> 8));
      bytes += byte(*place);
    } else {
      bytes += byte(kThreeBytes + (c >> 16));
      bytes += byte(c >> 8);
      bytes += byte(c);
    }
  }
  return bytes;
}

std::string pack_string(std::string_view utf8) {
  const auto bytes = pack_characters(utf8);
  if (bytes.size() < kLong) return byte(bytes.size()) + bytes;
  return std::string{byte(kLong), byte(bytes.size() >> 8), byte(bytes.size())} + bytes;
}

std::optional<unsigned> days_of(const std::string& text) {
  const auto date = text.size() == 10 ? parse_date(text) : std::nullopt;
  if (!date || to_text(*date) != text) return std::nullopt;
  const auto days = (std::chrono::sys_days(*date) - kFirstDay).count();
  return days >= 0 && days <= 0xffff ? std::optional(static_cast<unsigned>(days)) : std::nullopt;
}

std::string pack_value(const std::string& text) {
  if (const auto days = days_of(text)) return {byte(kDate), byte(*days >> 8), byte(*days)};
  return pack_string(text);
}

// ---- the body

std::string pack(const CertifiedFields& fields, Algorithm algorithm, std::string_view key_id) {
  std::string bytes{byte(1), byte(algorithm == Algorithm::ed25519 ? 1 : 2)};
  for (size_t i = 0; i + 1 < key_id.size(); i += 2)
    bytes += byte(std::stoul(std::string(key_id.substr(i, 2)), nullptr, 16));
  const auto& labels = known_labels();
  for (const auto& field : fields) {
    if (field.text.empty()) continue;
    const auto known = std::find(labels.begin(), labels.end(), field.label);
    if (known == labels.end())
      bytes += byte(0) + pack_string(field.label);
    else
      bytes += byte(static_cast<size_t>(known - labels.begin()) + 1);
    bytes += pack_value(field.text);
  }
  return bytes;
}

// Reads from front to back; a fault anywhere makes the whole nothing.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool done() const { return at_ == bytes_.size(); }
  std::optional<CertifiedField> read_field() {
    const auto code = next();
    if (!code) return std::nullopt;
    const auto& labels = known_labels();
    if (*code > labels.size()) return std::nullopt;
    const auto label = *code == 0 ? read_string() : std::optional(labels[*code - 1]);
    const auto text = label ? read_value() : std::nullopt;
    if (!text) return std::nullopt;
    return CertifiedField{*label, *text};
  }

 private:
  std::optional<unsigned> next() {
    if (at_ >= bytes_.size()) return std::nullopt;
    return at(bytes_, at_++);
  }
  std::optional<unsigned> next_pair() {
    const auto high = next(), low = next();
    return high && low ? std::optional(*high << 8 | *low) : std::nullopt;
  }
  std::optional<std::string> read_value() {
    if (at_ < bytes_.size() && at(bytes_, at_) == kDate) {
      ++at_;
      const auto days = next_pair();
      if (!days) return std::nullopt;
      return to_text(Date(kFirstDay + std::chrono::days(*days)));
    }
    return read_string();
  }
  std::optional<std::string> read_string() {
    auto size = next();
    if (size && *size == kLong) size = next_pair();
    if (!size || *size > bytes_.size() - at_) return std::nullopt;
    const size_t end = at_ + *size;
    std::string text;
    while (at_ < end) {
      const auto c = read_character();
      if (!c || at_ > end || (*c >= 0xd800 && *c <= 0xdfff)) return std::nullopt;
      text += to_utf8(*c);
    }
    return text;
  }
  std::optional<char32_t> read_character() {
    const auto first = next();
    if (!first || *first < kTwoBytes) return first ? std::optional(char32_t{*first}) : std::nullopt;
    const auto second = next();
    if (!second) return std::nullopt;
    if (*first < kThreeBytes) return character_at((*first - kTwoBytes) << 8 | *second);
    const auto third = next();
    if (!third) return std::nullopt;
    return char32_t{(*first - kThreeBytes) << 16 | *second << 8 | *third};
  }

  std::string_view bytes_;
  size_t at_ = 0;
};

std::string write_text(std::string_view address, const std::string& bytes) {
  return std::string(address) + "#" + to_base41(bytes) + kEnd;
}

std::string message_of(std::string_view body) { return std::string(kDomain) + std::string(body); }

// Blanks and line ends that a chat program or a line break put in go out, %2A becomes *, small letters capitals.
std::string clean(std::string_view fragment) {
  std::string text;
  for (size_t i = 0; i < fragment.size(); ++i) {
    char c = fragment[i];
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    if (c == '%' && i + 2 < fragment.size()) {
      const auto hex = [](char digit) {
        const auto place = std::string_view("0123456789ABCDEFabcdef").find(digit);
        return place == std::string_view::npos ? 99 : static_cast<int>(place < 16 ? place : place - 6);
      };
      const int value = hex(fragment[i + 1]) * 16 + hex(fragment[i + 2]);
      if (value < 128) c = static_cast<char>(value), i += 2;
    }
    text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return text;
}

}  // namespace

const std::vector<std::string>& known_labels() {
  static const std::vector<std::string> labels = {
      kNumberLabel, "证书名称",   "姓名",     "性别",     "学号",       "工号",     "身份证件号码",
      "单位",       "学校",       "学科",     "学段",     "职务",       "职称",     "班次代号",
      "班次名称",   "培训班名称", "培训时间", "培训内容", "培训形式",   "学时",     "学分",
      "成绩",       "考核结果",   "发证单位", "发证日期", kExpiryLabel, "主办单位", "承办单位",
      "奖项",       "等级",       "名次",     "项目名称", "作品名称",   "指导教师", "聘任职务",
      "聘期",       "颁奖单位",   "颁发单位", "颁发日期", "出生日期",   "年度",     "备注",
      "原证书编号", "补发日期",   "工作单位", "岗位",     "课程",       "评定等级", "活动名称",
      "项目",       "奖次",       "颁奖日期", "聘任单位", "聘任日期",   "培训名称", "培训级别",
      "培训方式",   "证明单位",   "开具日期", "开班日期", "组别"};
  return labels;
}

const std::vector<char32_t>& packed_ranges() {
  // Together 29,792 of the 31,744 places that two bytes have: punctuation, kana, Ext A, the main block; general
  // punctuation, width forms, Latin-1 (with ·), letterlike and numbers, circled numbers.
  static const std::vector<char32_t> ranges = {0x3000, 0x9fff, 0x2000, 0x206f, 0xff00, 0xffef,
                                               0x00a0, 0x00ff, 0x2100, 0x22ff, 0x2460, 0x24ff};
  return ranges;
}

bool check_address(std::string_view address, const Place& where, Diagnostics& findings) {
  std::string low(address);
  std::transform(low.begin(), low.end(), low.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const bool plain = std::all_of(low.begin(), low.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (plain && low.starts_with("https://") && low.size() > 8 && low[8] != '/' && low.size() <= 200 &&
      low.find_first_of("#\"<>\\`{}|^") == std::string::npos)
    return true;
  findings.error("bad-address", where, fmt::format("“{}”不能作核验网址", address),
                 "写成 https://cert.example.edu.cn/v 这样：https 开头，不带 #，不超过200个字符");
  return false;
}

bool check_fields(const CertifiedFields& fields, const Place& where, Diagnostics& findings) {
  Diagnostics own;
  const auto refuse = [&](const std::string& message) { own.error("cannot-certify", where, message); };
  std::set<std::string> labels;
  for (const auto& [label, text] : fields) {
    if (!labels.insert(label).second) refuse(fmt::format("二维码里有两项都叫“{}”", label));
    if (label.empty() || count_characters(label) > 60)
      refuse(fmt::format("项目名“{}”为空或超过60个字", label));
    if (count_characters(text) > 1000) refuse(fmt::format("“{}”超过1000个字，二维码放不下", label));
    for (const auto* part : {&label, &text}) {
      if (find_forbidden_character(*part) || part->find_first_of("\r\n\t") != std::string::npos)
        refuse(fmt::format("“{}”里有控制字符或换行", label));
      const auto characters = to_characters(*part);
      const auto far =
          std::find_if(characters.begin(), characters.end(), [](char32_t c) { return c > 0x3ffff; });
      if (far != characters.end())
        refuse(fmt::format("“{}”里有不能签发的字符 {}", label, code_point_name(*far)));
    }
    if (label == kExpiryLabel && !text.empty() && !days_of(text))
      refuse(fmt::format("“{}”应是2079年6月以前的日期，现在是“{}”", label, text));
  }
  const auto number = std::find_if(fields.begin(), fields.end(), [](const auto& field) {
    return field.label == kNumberLabel && !field.text.empty();
  });
  if (number == fields.end()) refuse("二维码里没有证书编号");
  if (!own.has_errors() && pack(fields, Algorithm::ed25519, kSampleKey).size() > kMostPacked) {
    const auto longest = std::max_element(fields.begin(), fields.end(), [](const auto& a, const auto& b) {
      return a.text.size() < b.text.size();
    });
    refuse(fmt::format("二维码要证明的内容合计超过{}字节，最长的是“{}”（{}个字）", kMostPacked,
                       longest->label, count_characters(longest->text)));
  }
  findings.append(own);
  return !own.has_errors();
}

std::string make_proof(std::string_view address, const CertifiedFields& fields,
                       const crypto::PrivateKey& key) {
  const auto& shown = key.public_key();
  const auto body = pack(fields, shown.algorithm(), shown.id());
  return write_text(address, body + key.sign(message_of(body)));
}

std::string sample_proof(std::string_view address, const CertifiedFields& fields) {
  return write_text(
      address, pack(fields, Algorithm::ed25519, kSampleKey) + std::string(crypto::kSignatureSize, '\x55'));
}

std::string Proof::find(std::string_view label) const {
  for (const auto& field : fields)
    if (field.label == label) return field.text;
  return "";
}

bool Proof::verify(const crypto::PublicKey& key) const {
  return key.algorithm() == algorithm && key.id() == key_id && key.verify(signed_bytes, signature);
}

std::optional<Proof> parse_proof(std::string_view text) {
  if (text.size() > 8192) return std::nullopt;
  Proof proof;
  if (const auto hash = text.find('#'); hash != std::string_view::npos) {
    proof.address = std::string(trim(text.substr(0, hash)));
    text = text.substr(hash + 1);
  }
  const auto fragment = clean(text);
  if (!fragment.ends_with(kEnd)) return std::nullopt;
  const auto bytes = from_base41(std::string_view(fragment).substr(0, fragment.size() - 1));
  if (!bytes || bytes->size() <= kHead + crypto::kSignatureSize || at(*bytes, 0) != 1) return std::nullopt;
  if (at(*bytes, 1) != 1 && at(*bytes, 1) != 2) return std::nullopt;
  proof.algorithm = at(*bytes, 1) == 1 ? Algorithm::ed25519 : Algorithm::sm2;
  const auto body = std::string_view(*bytes).substr(0, bytes->size() - crypto::kSignatureSize);
  proof.key_id = crypto::to_hex(body.substr(2, 4));
  proof.signature = bytes->substr(body.size());
  proof.signed_bytes = message_of(body);
  for (Reader reader(body.substr(kHead)); !reader.done();) {
    auto field = reader.read_field();
    if (!field) return std::nullopt;
    proof.fields.push_back(std::move(*field));
  }
  Diagnostics ignored;
  if (!check_fields(proof.fields, {}, ignored)) return std::nullopt;
  if (pack(proof.fields, proof.algorithm, proof.key_id) != body) return std::nullopt;
  return proof;
}

}  // namespace wenshu::certificate
