// Where a line of Chinese text may end (GB/T 15834-2011; CLREQ 3.1.6).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace wenshu::chinese {

bool is_opening(char32_t c);  // （《“‘【〈「『 …: never ends a line
bool is_closing(char32_t c);  // 、，。：；！？）》”’】〉」』 …: never begins a line

// Han, kana, full-width forms and Chinese punctuation: one em wide on the grid of a page.
bool is_wide(char32_t c);

// Marks with a white half, which lines that are squeezed give up: to the right of ，。）” and to the left of （“.
bool is_white_after(char32_t c);
bool is_white_before(char32_t c);

// May a line end between two neighbours? Keeps Latin words and numbers (with % ℃ and the like) whole, —— and
// …… whole, closing marks with what stands before them and opening marks with what follows. Blanks and hyphens
// stay on the line before; find_breaks() keeps hyphens of numbers whole.
bool can_break(char32_t before, char32_t after);

// What stays whole besides. Word and LibreOffice part 2024 from 年, so only pages that are the original keep
// `quantities`: numbers with their units (2024年, 36万元), 第3期, and numbers of documents (〔2024〕7号). These may part a
// mail address behind its @, too.
enum class Keep { words, quantities };

// Indexes i such that a line may end before text[i]; ascending, 0 and the end left out. Addresses of the web
// break after their slashes, too.
std::vector<size_t> find_breaks(std::u32string_view text, Keep keep = Keep::words);

// Where the line that begins at `begin` ends when text[begin, fits) is the longest that has room: at the last
// of the breaks; in the middle of a word that is longer than the line; after one character at least.
size_t find_line_end(const std::vector<size_t>& breaks, size_t begin, size_t fits);

}  // namespace wenshu::chinese
