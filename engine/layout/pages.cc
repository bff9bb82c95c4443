#include "layout/pages.h"

#include <algorithm>

namespace wenshu::layout {
namespace {

constexpr double kTolerance = 0.01;  // Word counts in twentieths of a point, 0.018 mm

class Filler {
 public:
  Filler(const std::vector<Piece>& pieces, const Heights& heights) : pieces_(pieces), heights_(heights) {}

  std::vector<Filled> fill() {
    std::vector<Filled> pages;
    size_t begin = 0;
    do {
      const double room = pages.empty()       ? heights_.first
                          : pages.size() == 1 ? heights_.second
                                              : heights_.other;
      const size_t end = end_of_page(begin, room);
      pages.push_back(page(begin, end, room));
      begin = end;
    } while (begin < pieces_.size());
    return pages;
  }

 private:
  // Head rows that stand again above piece `begin`.
  double repeated(size_t begin) const {
    const Piece& piece = pieces_[begin];
    return piece.table && piece.row >= piece.table->heads && begin > 0 &&
                   pieces_[begin - 1].table == piece.table
               ? piece.table->heads_height()
               : 0;
  }
  // Where piece i begins after others that end at y. At the top of a page the space above is kept where the
  // page was begun by hand.
  double start(size_t i, size_t begin, double y) const {
    const Piece& piece = pieces_[i];
    if (piece.top && begin == 0) return i == 0 ? *piece.top : std::max(y, *piece.top);
    return y + (i > begin || i == 0 || piece.must_begin ? piece.before : 0);
  }
  double start_in_word(size_t i, size_t begin, double y) const {
    const Piece& piece = pieces_[i];
    if (piece.word.top && begin == 0) return std::max(y, *piece.word.top);
    return y + (i > begin || i == 0 || piece.must_begin ? piece.word.before : 0);
  }

  size_t end_of_page(size_t begin, double room) const {
    if (pieces_.empty()) return 0;
    double y = repeated(begin);
    size_t last = begin;  // the latest piece that may begin the next page
    for (size_t i = begin; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      if (i > begin && piece.must_begin) return i;
      if (piece.may_begin) last = i;
      y = start_in_word(i, begin, y) + piece.word.height;
      if (i > begin && y > room + kTolerance) return last > begin ? last : i;
    }
    return pieces_.size();
  }

  Filled page(size_t begin, size_t end, double room) const {
    Filled page;
    double y = 0;
    page.word_end = begin < end ? repeated(begin) : 0;
    if (begin < end && repeated(begin) > 0) {
      const size_t first = begin - pieces_[begin].row;
      for (size_t row = 0; row < pieces_[begin].table->heads; ++row) {
        page.stands.push_back({&pieces_[first + row], y});
        y += pieces_[first + row].height;
      }
    }
    for (size_t i = begin; i < end; ++i) {
      y = start(i, begin, y);
      page.stands.push_back({&pieces_[i], y});
      page.end = std::max(page.end, y + pieces_[i].depth);
      y += pieces_[i].height;
      page.word_end = start_in_word(i, begin, page.word_end) + pieces_[i].word.height;
    }
    if (page.end > room) draw_closer(page, page.end - room);
    return page;
  }

  // What stands below the last fixed place of the page.
  static void draw_closer(Filled& page, double excess) {
    size_t first = page.stands.size() - 1;
    while (first > 0 && !page.stands[first].piece->top) --first;
    const double from = page.stands[first].y, span = page.stands.back().y - from;
    if (span <= excess) return;
    for (size_t i = first + 1; i < page.stands.size(); ++i)
      page.stands[i].y = from + (page.stands[i].y - from) * (span - excess) / span;
    page.end -= excess;
  }

  const std::vector<Piece>& pieces_;
  const Heights& heights_;
};

}  // namespace

std::vector<Filled> fill_pages(const std::vector<Piece>& pieces, const Heights& heights) {
  return Filler(pieces, heights).fill();
}

}  // namespace wenshu::layout
