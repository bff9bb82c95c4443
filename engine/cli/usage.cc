#include "cli/usage.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/text.h"

namespace wenshu::cli {
namespace {

// The innermost subcommand that was recognised.
const CLI::App& chosen(const CLI::App& app) {
  const auto parsed = app.get_subcommands();
  return parsed.empty() ? app : chosen(*parsed.front());
}

std::string whole_name(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name() : whole_name(*app.get_parent()) + " " + app.get_name();
}

std::string see_help(const CLI::App& app) { return fmt::format("用法见 {} --help", whole_name(app)); }

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

void add_option_names(const CLI::App& app, std::vector<std::string>& names) {
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  if (app.get_parent() != nullptr) add_option_names(*app.get_parent(), names);
}

bool is_option(const std::string& word) { return word.starts_with('-'); }

WrongUsage unexpected(const CLI::App& at, const std::vector<std::string>& words) {
  const std::string& first = words.front();
  std::vector<std::string> known;
  if (is_option(first)) {
    add_option_names(at, known);
    const auto hint = near_name_hint(first, known);
    return {fmt::format("没有选项 {}", first), hint.empty() ? see_help(at) : hint};
  }
  return {fmt::format("多写了 {}", join(words, " ")), see_help(at)};
}

WrongUsage no_command(const CLI::App& at, const std::vector<std::string>& words) {
  const auto names = command_names(at);
  const std::string all = "可用: " + join(names, "、");
  if (words.empty()) return {fmt::format("{} 后面要写命令", whole_name(at)), all};
  if (is_option(words.front())) return unexpected(at, words);
  const auto hint = near_name_hint(words.front(), names);
  return {fmt::format("没有命令 {} {}", whole_name(at), words.front()), hint.empty() ? all : hint};
}

WrongUsage missing(const CLI::App& at, const std::string& name, const std::vector<std::string>& rest) {
  const CLI::Option* option = at.get_option_no_throw(name);
  const std::string meaning = option == nullptr ? "" : fmt::format("（{}）", option->get_description());
  const bool taken_for_option = !is_option(name) && !rest.empty() && is_option(rest.front());
  return {fmt::format("缺少 {}{}", name, meaning),
          taken_for_option
              ? fmt::format("以 - 开头的内容要写在 -- 后面：{} -- '{}'", whole_name(at), rest.front())
              : see_help(at)};
}

// `a` and `b` of "a<between>b".
std::optional<std::pair<std::string, std::string>> split_at(const std::string& said,
                                                            std::string_view between) {
  const size_t at = said.find(between);
  if (at == std::string::npos) return std::nullopt;
  return std::pair(said.substr(0, at), said.substr(at + between.size()));
}

// "--option: …": what the option was given is not what it takes. The library says three things of its own; the rest are ours.
WrongUsage wrong_value(const CLI::App& at, const std::string& said) {
  const auto [option, fault] = split_at(said, ": ").value_or(std::pair(std::string(), said));
  if (const auto range = split_at(fault, " not in range ")) {
    const auto [least, most] =
        split_at(range->second, " to ").value_or(std::pair(range->second, std::string()));
    const auto written = split_at(range->first, "Value ").value_or(std::pair("", range->first)).second;
    return {fmt::format("{} 写成了 {}，应是 {} 到 {} 之间的整数", option, written, least, most),
            see_help(at)};
  }
  if (const auto set = split_at(fault, " not in {")) {
    std::string known = set->second.substr(0, set->second.find('}'));
    for (size_t comma; (comma = known.find(',')) != std::string::npos;) known.replace(comma, 1, "、");
    return {fmt::format("{} 写成了 {}，应是其中之一：{}", option, set->first, known), see_help(at)};
  }
  if (option.empty()) return {fmt::format("命令写得不对：{}", said), see_help(at)};
  return {fmt::format("{}：{}", option, fault), see_help(at)};
}

WrongUsage no_number(const CLI::App& at, const std::string& said) {
  const auto parts = split_at(said, " = ");
  const auto option = parts ? split_at(parts->first, ": ") : std::nullopt;
  if (!option) return {fmt::format("命令写得不对：{}", said), see_help(at)};
  return {fmt::format("{} 写成了 {}，应是数", option->second, parts->second), see_help(at)};
}

class ChineseFormatter : public CLI::Formatter {
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string words;
    const std::string type = option->get_type_size() == 0 ? "" : option->get_type_name();
    if (const auto range = split_at(type, " in [")) {
      const auto ends = split_at(range->second.substr(0, range->second.find(']')), " - ");
      if (ends) words += fmt::format(" {}～{}", ends->first, ends->second);
    } else if (const auto set = split_at(type, "{")) {
      words += " {" + set->second;
    } else if (type == "INT" || type == "UINT" || type == "FLOAT") {
      words += " 数";
    }
    if (!option->get_default_str().empty())
      words += fmt::format("（不给时为 {}）", option->get_default_str());
    if (option->get_expected_max() == CLI::detail::expected_max_vector_size) words += " …";
    if (option->get_required()) words += " " + get_label("REQUIRED");
    words += others("与 {} 同用", option->get_needs()) + others("不与 {} 同用", option->get_excludes());
    return words;
  }

  static std::string others(std::string_view relation, const std::set<CLI::Option*>& options) {
    std::vector<std::string> names;
    for (const CLI::Option* option : options) names.push_back(option->get_name());
    std::sort(names.begin(), names.end());  // the set is in the order of addresses
    return names.empty() ? "" : "（" + fmt::format(fmt::runtime(relation), join(names, "、")) + "）";
  }
};

}  // namespace

WrongUsage explain_usage(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& at = chosen(app);
  const std::string said = error.what();
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    const std::string name = said.substr(0, said.rfind(" is required"));
    return name == "A subcommand" ? no_command(at, app.remaining(true))
                                  : missing(at, name, app.remaining(true));
  }
  const auto rest = app.remaining(true);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !rest.empty()) return unexpected(at, rest);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const std::string name = said.substr(0, said.find(':'));
    const bool twice = said.find("At Most") != std::string::npos;
    return {name + (twice ? " 只能写一次" : " 后面要写内容"), see_help(at)};
  }
  if (const auto needs = split_at(said, " requires "))
    return {fmt::format("{} 要与 {} 同用", needs->first, needs->second), see_help(at)};
  if (const auto excludes = split_at(said, " excludes "))
    return {fmt::format("{} 不能与 {} 同用", excludes->first, excludes->second), see_help(at)};
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) return wrong_value(at, said);
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) return no_number(at, said);
  return {fmt::format("命令写得不对：{}", said), see_help(at)};
}

void speak_chinese(CLI::App& app) {
  const auto words = std::make_shared<ChineseFormatter>();
  words->label("Usage", "用法");
  words->label("OPTIONS", "选项");
  words->label("SUBCOMMAND", "命令");
  words->label("Positionals", "参数");
  words->label("REQUIRED", "（必填）");
  words->label("TEXT", "");
  app.formatter(words);
  app.option_defaults()->group("选项");
}

}  // namespace wenshu::cli
