#include "app/case_export.h"

#include <fmt/format.h>

#include "app/case.h"
#include "app/published.h"
#include "base/error.h"
#include "base/file.h"
#include "crypto/hash.h"

namespace wenshu::app {

std::vector<std::filesystem::path> export_documents(const Context& context, const std::string& id,
                                                    const std::filesystem::path& folder) {
  const CaseView view = show_case(context, id);
  store::Store store = open_store(context);
  std::vector<std::pair<std::filesystem::path, std::string>> documents;
  {
    store::Tx tx(store.db(), store::Access::read);
    for (const CaseFile& file : view.files) {
      auto bytes = store::find_content(tx, file.hash);
      if (!bytes || crypto::sha256_hex(*bytes) != file.hash)
        throw Failure(
            fmt::format("无法导出 {}（库中的内容与记录不符，请运行 wenshu audit verify）", file.name));
      documents.emplace_back(folder / file.name, std::move(*bytes));
    }
  }
  std::vector<std::filesystem::path> written;
  for (const auto& [path, bytes] : documents) {
    write_file(path, bytes);
    written.push_back(path);
  }
  return written;
}

}  // namespace wenshu::app
