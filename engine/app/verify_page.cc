#include "app/verify_page.h"

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "certificate/proof.h"
#include "data/write.h"

namespace wenshu::app {
namespace {

using data::Value;

// What the template leaves open: a JSON text inside <script type="application/json">, where no "<" may end it early.
constexpr const char* kBegin = "<script type=\"application/json\" id=\"published\">";
constexpr const char* kEnd = "</script>";

}  // namespace

std::string make_verify_page(const std::filesystem::path& home, const certificate::PublishedKeys& keys,
                             const certificate::RevocationList& withdrawn) {
  auto page = read_file(home / "templates" / "web" / "verify.html", 4 << 20);
  auto published = Value::map();
  published.set("issuer", keys.issuer);
  auto list = Value::list();
  for (const auto& key : keys.keys) list.add(certificate::to_jwk(key));
  published.set("keys", std::move(list));
  published.set("withdrawn", certificate::to_value(withdrawn));
  auto labels = Value::list();
  for (const auto& label : certificate::known_labels()) labels.add(label);
  published.set("labels", std::move(labels));
  auto ranges = Value::list();
  for (const auto bound : certificate::packed_ranges())
    ranges.add(Value::number(static_cast<long long>(bound)));
  published.set("ranges", std::move(ranges));
  const auto json = replace_all(data::to_json(published), "<", "\\u003c");
  const size_t from = page.find(kBegin);
  const size_t to = from == std::string::npos ? from : page.find(kEnd, from);
  if (to == std::string::npos)
    throw Failure("无法写核验网页（模板 templates/web/verify.html 里没有放公钥的地方）");
  const size_t at = from + std::string_view(kBegin).size();
  page.replace(at, to - at, json);
  return page;
}

}  // namespace wenshu::app
