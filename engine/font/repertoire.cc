#include "font/repertoire.h"

#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

namespace wenshu::font {
namespace {

constexpr size_t kLevels[] = {3500, 3000, 1605};

std::u32string load_tonggui(const std::filesystem::path& file) {
  std::u32string table;
  for (const char32_t c : to_characters(read_file(file)))
    if (c != U'\n') table += c;
  if (table.size() != kLevels[0] + kLevels[1] + kLevels[2])
    throw Failure(fmt::format("{} 不是完整的通用规范汉字表（{} 字）", file.string(), table.size()));
  return table;
}

// Level 1 (9.2): the unified ideographs up to U+9FEF and Extension A, the twelve unified ones among the compatibility
// ideographs, and the components that GBK had. The standard prints 27,584, which these make up.
std::set<char32_t> gb18030_level_1() {
  std::set<char32_t> level;
  for (char32_t c = 0x4E00; c <= 0x9FEF; ++c) level.insert(c);
  for (char32_t c = 0x3400; c <= 0x4DB5; ++c) level.insert(c);
  level.insert(
      {0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29});
  level.insert({0x2E81, 0x2E84, 0x2E88, 0x2E8B, 0x2E8C, 0x2E97, 0x2EA7, 0x2EAA, 0x2EAE, 0x2EB3, 0x2EB6,
                0x2EB7, 0x2EBB, 0x2ECA});
  return level;
}

}  // namespace

std::vector<Repertoire> load_repertoires(const std::filesystem::path& folder) {
  const std::u32string table = load_tonggui(folder / "tonggui-8105.txt");
  std::set<char32_t> level_2 = gb18030_level_1();
  level_2.insert(table.begin(), table.end());
  return {{"tonggui-1", "通用规范汉字表一级", table.substr(0, kLevels[0])},
          {"tonggui-2", "通用规范汉字表二级", table.substr(kLevels[0], kLevels[1])},
          {"tonggui-3", "通用规范汉字表三级", table.substr(kLevels[0] + kLevels[1])},
          {"gb18030-2", "GB 18030-2022 级别2", {level_2.begin(), level_2.end()}}};
}

}  // namespace wenshu::font
