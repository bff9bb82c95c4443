#include "cli/table_options.h"

namespace wenshu::cli {

void add_table_options(CLI::App& command, app::TableChoice& choice) {
  constexpr int kLastRow = 1'048'576;
  command.add_option("--worksheet", choice.worksheet, "读 .xlsx 的哪个工作表（不给时读第一个）");
  command
      .add_option("--header-row", choice.header_row,
                  "表头在 .xlsx 的第几行（不给时自动找；有几层的写其中一行）")
      ->check(CLI::Range(1, kLastRow));
}

}  // namespace wenshu::cli
