// wenshu as one more peer of the DOCX bench: takes its command line, prints its JSON line.
//
//   bench_docx wenshu single DATA.json OUT.docx
//   bench_docx wenshu batch DATA.json COUNT MAX_SECONDS
//
// The template is templates/wenshu.docx in the current folder ($TEMPLATE when set): the bench's own document with
// {{tags}}. `above_mib` is the peak of resident memory above what was resident once the data was loaded.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>

#include "base/file.h"
#include "data/load.h"
#include "docx/fill.h"

namespace {

using namespace wenshu;

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// A line of /proc/self/status in MiB: VmRSS, VmHWM.
double status_mib(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind(name + ":", 0) == 0) return std::atof(line.c_str() + name.size() + 1) / 1024;
  return 0;
}

[[noreturn]] void fail(const Diagnostics& findings) {
  std::fputs(to_text(findings).c_str(), stderr);
  std::exit(1);
}

std::string fill(const docx::Template& loaded, const data::Value& data) {
  Diagnostics findings;
  auto bytes = loaded.fill(data, findings);
  if (!bytes) fail(findings);
  return std::move(*bytes);
}

// VmHWM counts from here on: what loading the data took at its peak is not asked for.
void forget_peak() { std::ofstream("/proc/self/clear_refs") << 5; }

void single(const docx::Template& loaded, const data::Value& data, const char* out) {
  forget_peak();
  const double resident = status_mib("VmRSS"), begin = wall_seconds(), cpu = cpu_seconds();
  const std::string bytes = fill(loaded, data);
  const double took = wall_seconds() - begin, cpu_took = cpu_seconds() - cpu;
  const double above = status_mib("VmHWM") - resident;
  write_file(out, bytes, Durability::later);
  fmt::print(
      "{{\"peer\": \"wenshu\", \"render_ms\": {:.2f}, \"render_cpu_ms\": {:.2f}, \"bytes\": {}, "
      "\"loaded_mib\": {:.1f}, \"above_mib\": {:.1f}}}\n",
      took * 1e3, cpu_took * 1e3, bytes.size(), resident, above);
}

void batch(const docx::Template& loaded, data::Value data, int most, double seconds) {
  const double begin = wall_seconds(), cpu = cpu_seconds();
  size_t total = 0;
  int count = 0;
  for (; count < most && wall_seconds() - begin < seconds; ++count) {
    data.set("contact", "王晓明" + std::to_string(count));
    total += fill(loaded, data).size();
  }
  fmt::print(
      "{{\"peer\": \"wenshu\", \"count\": {}, \"docs_per_s\": {:.1f}, \"docs_per_cpu_s\": {:.1f}, "
      "\"bytes\": {}}}\n",
      count, count / (wall_seconds() - begin), count / (cpu_seconds() - cpu),
      count > 0 ? total / static_cast<size_t>(count) : 0);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  const char* path = std::getenv("TEMPLATE");
  Diagnostics findings;
  const auto loaded =
      docx::load_template(read_file(path ? path : "templates/wenshu.docx"), "wenshu.docx", findings);
  if (!loaded) fail(findings);
  const auto data = data::load_file(argv[3], findings);
  if (!data) fail(findings);
  if (std::string(argv[2]) == "single")
    single(*loaded, *data, argv[4]);
  else
    batch(*loaded, *data, std::atoi(argv[4]), argc > 5 ? std::atof(argv[5]) : 30);
  std::fflush(stdout);
  std::_Exit(0);  // nothing is left to do but to give back memory, value by value
}
