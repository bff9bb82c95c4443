#include "app/case_export.h"

#include <fmt/format.h>

#include <set>

#include "app/case.h"
#include "app/published.h"
#include "base/error.h"
#include "base/file.h"
#include "crypto/hash.h"

namespace wenshu::app {

namespace fs = std::filesystem;

namespace {

// What a person called the file, without folders; two fields may hold files of one name.
fs::path free_name(const std::string& name, std::set<fs::path>& taken) {
  fs::path file = fs::path(name).filename();
  if (file.empty() || file == "." || file == "..") file = "附件";
  fs::path free = file;
  for (int n = 2; !taken.insert(free).second; ++n)
    free = fmt::format("{}-{}{}", file.stem().string(), n, file.extension().string());
  return free;
}

}  // namespace

std::vector<std::filesystem::path> export_documents(const Context& context, const std::string& id,
                                                    const std::filesystem::path& folder) {
  const CaseView view = show_case(context, id);
  store::Store store = open_store(context);
  std::vector<std::pair<std::filesystem::path, std::string>> documents;
  {
    store::Tx tx(store.db(), store::Access::read);
    std::vector<std::pair<fs::path, const CaseFile*>> wanted;
    for (const CaseFile& file : view.files) wanted.emplace_back(folder / file.name, &file);
    std::set<fs::path> taken;
    for (const CaseFile& file : view.attachments)
      wanted.emplace_back(folder / "附件" / free_name(file.name, taken), &file);
    for (const auto& [path, one] : wanted) {
      const CaseFile& file = *one;
      auto bytes = store::find_content(tx, file.hash);
      if (!bytes || crypto::sha256_hex(*bytes) != file.hash)
        throw Failure(
            fmt::format("无法导出 {}（库中的内容与记录不符，请运行 wenshu audit verify）", file.name));
      documents.emplace_back(path, std::move(*bytes));
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
