#include "layout/pages.h"

#include <algorithm>

namespace wenshu::layout {
namespace {

// Word's 22 lines leave nearly a point of the page free; what misses our page by less stands there too.
constexpr double kTolerance = 0.05;

class Filler {
 public:
  Filler(const std::vector<Piece>& pieces, const Heights& heights) : pieces_(pieces), heights_(heights) {}

  std::vector<Filled> fill() {
    std::vector<Filled> pages;
    size_t begin = 0;
    do {
      const size_t end = end_of_page(begin);
      pages.push_back(page(begin, end));
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

  size_t end_of_page(size_t begin) const {
    if (pieces_.empty()) return 0;
    const double height = begin == 0 ? heights_.first : heights_.other;
    double y = repeated(begin);
    size_t last = begin;  // the latest piece that may begin the next page
    for (size_t i = begin; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      if (i > begin && piece.must_begin) return i;
      if (piece.may_begin) last = i;
      y = start(i, begin, y);
      if (i > begin && y + piece.depth > height + kTolerance) return last > begin ? last : i;
      y += piece.height;
    }
    return pieces_.size();
  }

  Filled page(size_t begin, size_t end) const {
    Filled page;
    double y = 0;
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
    }
    return page;
  }

  const std::vector<Piece>& pieces_;
  const Heights& heights_;
};

}  // namespace

std::vector<Filled> fill_pages(const std::vector<Piece>& pieces, const Heights& heights) {
  return Filler(pieces, heights).fill();
}

}  // namespace wenshu::layout
