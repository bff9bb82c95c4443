#include "notice/source_shape.h"

#include "notice/notice.h"

namespace wenshu::notice {
namespace {

using data::Need;
using data::Shape;

Shape one_or_many(const Shape& item, const char* description) {
  return data::either({data::list(item, 1), item}, description);
}

Shape table() {
  // A head may be blank; check_annexes.cc asks that it is a text.
  const Shape column = data::map({{"title", data::any(), Need::required}, {"width", data::decimal()}});
  const Shape head = data::map({{"title", data::any(), Need::required},
                                {"width", data::decimal()},
                                {"columns", data::list(column, 1)}});
  return data::map({
      {"columns", data::list(head, 1), Need::required},
      {"merge", data::list(data::text(), 1)},
      {"rows", data::list(data::list(data::any()), 1), Need::required},
  });
}

Shape picture() { return data::map({{"picture", data::text(), Need::required}, {"width", data::decimal()}}); }

Shape seal() {
  return data::either({data::list(data::either({picture(), data::text()}, "印章图片的文件名"), 1), picture(),
                       data::text(), data::boolean()},
                      "true、false、印章图片的文件名，或者各机关印章图片的列表");
}

Shape signature() {
  return data::map({
      {"post", data::text(), Need::required},
      {"name", data::text(), Need::required},
      {"picture", data::text()},
      {"width", data::decimal()},
  });
}

Shape annex() {
  return data::map({
      {"title", data::text(), Need::required},
      {"body", data::text()},
      {"table", table()},
      {"separate", data::boolean()},
      {"landscape", data::boolean()},
  });
}

Shape issued() {
  return data::map({
      {"title", data::text(), Need::required},
      {"body", data::text(), Need::required},
      {"attachments", data::list(data::text(), 1)},
  });
}

}  // namespace

const Shape& source_shape() {
  const Shape text = data::text();
  static const Shape kSource = data::map({
      {"notice", data::identifier(), Need::required},
      {"kind", data::text(), Need::required},
      {"format", data::choice({"ordinary", "letter", "command", "minutes"})},
      {"copy_number", text},
      {"secrecy", text},
      {"urgency", text},
      {"mark", one_or_many(text, "一个机关标志，或者各联合发文机关名称的列表")},
      {"number", text},
      {"signer", one_or_many(text, "一个姓名，或者姓名的列表")},
      {"title", text},
      {"to", text},
      {"to_at_foot", data::boolean()},
      {"body", text},
      {"present", text},
      {"absent", text},
      {"observers", text},
      {"attachments", data::list(text, 1)},
      {"organ", one_or_many(text, "一个机关名称，或者各联合发文机关名称的列表")},
      {"signature", one_or_many(signature(), "签发人的 post 和 name，或者它们的列表")},
      {"date", text},
      {"seal", seal()},
      {"note", text},
      {"copy_to", text},
      {"printed_by", text},
      {"print_date", text},
      {"fixed_page", data::boolean()},
      {"foot_on_even", data::boolean()},
      {"issued", issued()},
      {"annexes", data::list(annex(), 1)},
  });
  return kSource;
}

}  // namespace wenshu::notice
