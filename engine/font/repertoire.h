// The tables of characters that a font is judged by.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace wenshu::font {

struct Repertoire {
  std::string id;     // tonggui-1, tonggui-2, tonggui-3, gb18030-2
  std::string title;  // 通用规范汉字表一级
  std::u32string characters;
};

// The three levels of 通用规范汉字表 (the State Council's notice of 2013, 国发〔2013〕23号: 3,500 + 3,000 + 1,605 characters, 196
// of them outside the BMP), and level 2 of GB 18030-2022: its clause 9.3 adds to level 1 what 通用规范汉字表 has beyond
// it, 27,584 + 196. `folder` holds tonggui-8105.txt, the table in its own order, a character a line. Throws NotFound
// or Failure when it is missing or spoilt.
std::vector<Repertoire> load_repertoires(const std::filesystem::path& folder);

}  // namespace wenshu::font
