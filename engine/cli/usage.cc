#include "cli/usage.h"

#include <fmt/format.h>

#include <memory>
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

WrongUsage missing(const CLI::App& at, const std::string& name) {
  const CLI::Option* option = at.get_option_no_throw(name);
  const std::string meaning = option == nullptr ? "" : fmt::format("（{}）", option->get_description());
  return {fmt::format("缺少 {}{}", name, meaning), see_help(at)};
}

}  // namespace

WrongUsage explain_usage(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& at = chosen(app);
  const std::string said = error.what();
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    const std::string name = said.substr(0, said.rfind(" is required"));
    return name == "A subcommand" ? no_command(at, app.remaining(true)) : missing(at, name);
  }
  const auto rest = app.remaining(true);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !rest.empty()) return unexpected(at, rest);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const std::string name = said.substr(0, said.find(':'));
    const bool twice = said.find("At Most") != std::string::npos;
    return {name + (twice ? " 只能写一次" : " 后面要写内容"), see_help(at)};
  }
  return {fmt::format("命令写得不对：{}", said), see_help(at)};
}

void speak_chinese(CLI::App& app) {
  const auto words = std::make_shared<CLI::Formatter>();
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
