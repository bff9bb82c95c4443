// {{网址 | qr 20mm}}: a QR code in the line; its side includes the white that readers need around it.
#include <fmt/format.h>

#include "docx/mark_value.h"
#include "picture/encode.h"
#include "picture/measure.h"
#include "picture/qr.h"

namespace wenshu::docx {
namespace {

constexpr long long kSide = 25 * picture::kEmuPerMm;
constexpr long long kSmallestModule =
    picture::kEmuPerMm / 4;  // an office printer and a telephone still agree

class QrHook : public Hook {
 public:
  QrHook(const MarkSite& site, long long side) : lifted_(site), side_(side) {}

  void run(Renderer& renderer, const Program&) const override {
    const auto text = take_value(renderer, lifted_);
    if (!text) return;
    const auto report = [&](const char* code, const std::string& message, const std::string& hint) {
      renderer.scope().report_value(lifted_.tag, lifted_.place, code, message, hint);
    };
    const auto modules = picture::make_qr(*text);
    if (!modules) return report("qr-too-long", "内容太长，放不进一个二维码", "缩短内容，如改用短网址");
    const int across = modules->side + 2 * picture::kQuietModules;
    if (side_ / across < kSmallestModule)
      return report(
          "qr-too-small",
          fmt::format("二维码有 {} 格，印在 {} 毫米里太密，扫不出来", across, side_ / picture::kEmuPerMm),
          fmt::format("缩短内容，或把边长改为 {}mm 以上",
                      (across * kSmallestModule + picture::kEmuPerMm - 1) / picture::kEmuPerMm));
    const std::string target =
        renderer.package().add_media(picture::encode_png(picture::draw(*modules, kPixels)), "png");
    renderer.out() += inline_picture(renderer, target, {side_, side_}, *text, lifted_.format);
  }

  Lifted lifted_;

 private:
  static constexpr int kPixels = 8;  // of a module: programs that smooth pictures keep its edges
  long long side_;
};

}  // namespace

void mark_qr(const MarkSite& site, Marking& marking) {
  std::string fault;
  const auto lengths = read_lengths(site.mark.argument, fault);
  if (lengths && (lengths->emu.size() > 1 || !lengths->words.empty())) fault = "二维码后面只写边长（毫米）";
  if (!fault.empty()) return marking.refuse(site, fault, "如 {{网址 | qr 20mm}}");
  const auto hook = std::make_shared<QrHook>(site, lengths->emu.empty() ? kSide : lengths->emu[0]);
  hook->lifted_.format = marking.lift(site, hook);
}

}  // namespace wenshu::docx
