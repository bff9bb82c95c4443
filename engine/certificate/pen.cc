#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "certificate/blank.h"
#include "certificate/blank_inside.h"
#include "certificate/compose.h"
#include "certificate/lettering.h"
#include "font/report.h"
#include "picture/qr.h"

namespace wenshu::certificate {

using data::Value;

namespace {
constexpr size_t kUsualTexts = 24;  // of a page: pieces in one face on one line
}

class Pen::Inside {
 public:
  explicit Inside(const Blank& blank) : blank_(blank.inside()), letterings_(blank_.faces) {}

  bool draw(const Entry& entry, std::vector<document::PlacedPage>& pages, Diagnostics& findings);
  // The blank knows the characters of what is common.
  void learn(const Entry& entry) {
    Diagnostics ignored;
    Work work{entry, ignored};
    work.part = Words::Part::personal;
    for (const auto& side : blank_.sides)
      for (const auto& text : side.texts) set_letters(text, work);
  }
  font::Characters characters() const {
    font::Characters all = blank_.fixed;
    letterings_.add_to(all);
    return all;
  }

 private:
  // One certificate on its way.
  struct Work {
    const Entry& entry;
    Diagnostics& findings;
    std::optional<Value> merged = {};  // made when a tag asks for more than a cell
    std::set<char32_t> reported = {};
    std::optional<font::FallBacks> fall_backs = {};
    Words::Part part = Words::Part::all;
    bool good = true;
  };
  void fill(const Words& words, Work& work, std::string& out) const;
  void set_letters(const Blank::Inside::PersonalText& text, Work& work);
  void draw_side(size_t side, Work& work, document::PlacedPage& page);
  void draw_qr(const Qr& qr, const std::optional<Words>& words, Work& work, document::PlacedPage& page) const;
  static void fault(Work& work, const std::string& code, const std::string& message,
                    const std::string& hint) {
    work.good = false;
    work.findings.error(code, work.entry.person.place, work.entry.person.name + message, hint);
  }

  const Blank::Inside& blank_;
  Letterings letterings_;
  std::string said_;
  std::vector<Letter> letters_;
};

void Pen::Inside::fill(const Words& words, Work& work, std::string& out) const {
  out.clear();
  const auto merged = [&]() -> const Value& {
    if (!work.merged)
      work.merged = merge(blank_.sheet, blank_.values, work.entry.person, work.entry.number, work.entry.mark);
    return *work.merged;
  };
  words.fill(work.entry.person.row, work.entry.number, work.entry.mark, merged, out, work.findings,
             work.part);
}

void Pen::Inside::set_letters(const Blank::Inside::PersonalText& text, Work& work) {
  letters_.clear();
  for (size_t i = 0; i < text.runs.size(); ++i) {
    const TextRun& run = text.text->runs[i];
    fill(text.runs[i], work, said_);
    Lettering& lettering = letterings_.of(run.role);
    for (char32_t c : to_characters(said_)) {
      if (c == U'\n') {
        letters_.push_back({c, nullptr, &run, 0});
        continue;
      }
      if (text.text->direction == Direction::down && lettering.find(upright(c)).face) c = upright(c);
      const Lettering::Found& found = lettering.find(c);
      if (found.falls_back && found.face) {
        if (!work.fall_backs) work.fall_backs.emplace(blank_.faces);
        work.fall_backs->note(run.role, c, *found.face);
      }
      if (found.face)
        letters_.push_back({c, found.face, &run, found.em});
      else if (work.reported.insert(c).second)
        fault(work, "uncovered-character",
              fmt::format("的证书上有一个字所有字体都没有：“{}”（{}）", to_utf8(c), code_point_name(c)),
              "核对这个字；若无误，安装含有它的字体并写进 fonts/fonts.yaml（wenshu fonts 可查）");
    }
  }
}

void Pen::Inside::draw_qr(const Qr& qr, const std::optional<Words>& words, Work& work,
                          document::PlacedPage& page) const {
  std::string said = work.entry.proof;
  if (words) fill(*words, work, said);
  auto modules = picture::make_qr(said);
  if (modules)
    page.modules.push_back({qr.x, qr.y, qr.side, std::move(*modules)});
  else
    fault(work, "qr-too-long", "的二维码内容为空，或长得放不进一个二维码",
          fmt::format("改 {} 的文字", to_text(qr.text.place)));
}

void Pen::Inside::draw_side(size_t side, Work& work, document::PlacedPage& page) {
  const Side& sheet = blank_.sheet.sides[side];
  const auto& personal = blank_.sides[side];
  page.width_mm = blank_.sheet.width_mm;
  page.height_mm = blank_.sheet.height_mm;
  page.ground = blank_.grounds[side];
  page.under = personal.under;
  page.texts.reserve(kUsualTexts);
  for (const auto& text : personal.texts) {
    set_letters(text, work);
    if (!compose(*text.text, letters_, page))
      fault(work, "text-too-long",
            fmt::format("的证书上“{}”这一段文字太长，缩到最小也放不下", text.text->runs.front().text.text),
            fmt::format("在 {} 加大这一块或减小 least，或缩短文字",
                        to_text(text.text->runs.front().text.place)));
  }
  if (sheet.qr && work.entry.draws_code) draw_qr(*sheet.qr, personal.qr, work, page);
  if (sheet.photo && work.entry.photo)
    page.pictures.push_back(place_picture(work.entry.photo, sheet.photo->box));
  page.pictures.insert(page.pictures.end(), personal.over.begin(), personal.over.end());
}

bool Pen::Inside::draw(const Entry& entry, std::vector<document::PlacedPage>& pages, Diagnostics& findings) {
  pages.clear();
  Work work{entry, findings};
  for (size_t side = 0; side < blank_.sheet.sides.size(); ++side) draw_side(side, work, pages.emplace_back());
  if (work.fall_backs) work.fall_backs->report(entry.person.name + "的证书上", entry.person.place, findings);
  return work.good;
}

Pen::Pen(const Blank& blank) : inside_(std::make_unique<Inside>(blank)) {}
Pen::~Pen() = default;
Pen::Pen(Pen&&) noexcept = default;

bool Pen::draw(const Entry& entry, std::vector<document::PlacedPage>& pages, Diagnostics& findings) {
  return inside_->draw(entry, pages, findings);
}

void Pen::learn(const Entry& entry) { inside_->learn(entry); }

font::Characters Pen::characters() const { return inside_->characters(); }

}  // namespace wenshu::certificate
