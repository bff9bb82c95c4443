#include "docx/field_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "template/formatter.h"

namespace wenshu::docx {
namespace {

std::string capitals(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

class CodeReader {
 public:
  std::vector<CodeWord> read(const std::vector<InstructionPart>& instruction) {
    for (const InstructionPart& part : instruction) {
      if (!part.field.empty()) {
        word().parts.push_back(part);
      } else {
        read_text(replace_all(replace_all(part.text, "“", "\""), "”", "\""));
      }
    }
    return std::move(words_);
  }

 private:
  // The word that is being read.
  CodeWord& word() {
    if (!inside_) words_.emplace_back();
    inside_ = true;
    return words_.back();
  }

  void add(char c) {
    CodeWord& now = word();
    if (now.parts.empty() || !now.parts.back().field.empty()) now.parts.push_back({});
    now.parts.back().text += c;
  }

  void read_text(const std::string& text) {
    for (size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c == '\\' && i + 1 < text.size() && text[i + 1] == '"') {
        add(text[++i]);
      } else if (c == '"') {
        if (!quoted_) inside_ = false;
        word().quoted = true;
        quoted_ = !quoted_;
        inside_ = quoted_;
      } else if (quoted_) {
        add(c);
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        inside_ = false;
      } else if (c == '=' || c == '<' || c == '>') {
        const bool goes_on = inside_ && !words_.back().parts.empty() && words_.back().parts.size() == 1 &&
                             words_.back().text().find_first_not_of("=<>") == std::string::npos &&
                             !words_.back().text().empty();
        if (!goes_on) inside_ = false;
        add(c);
        const char next = i + 1 < text.size() ? text[i + 1] : ' ';
        if (next != '=' && next != '>') inside_ = false;
      } else {
        add(c);
      }
    }
  }

  std::vector<CodeWord> words_;
  bool inside_ = false, quoted_ = false;
};

// An argument as a tag takes it; nothing when a tag cannot hold it.
std::optional<std::string> argument(const std::string& text) {
  if (text.empty() || text.find_first_of("|{}\n\"") != std::string::npos ||
      text.find("｝") != std::string::npos)
    return std::nullopt;
  const bool blanks = trim(text).size() != text.size() || text.find(' ') != std::string::npos;
  return blanks ? "\"" + text + "\"" : text;
}

std::optional<std::string> formatter(const std::string& name, const std::string& text) {
  const auto words = argument(text);
  if (!words || !templates::check_argument({name, text}).empty()) return std::nullopt;
  return " | " + name + " " + *words;
}

// \@ "yyyy年M月d日"; 'text' in it stands as it is.
std::optional<std::string> date_of(const std::string& picture) {
  std::string pattern = replace_all(picture, "'", "");
  if (pattern == "EEEE年O月A日") return " | date-cn";
  pattern = replace_all(replace_all(pattern, "aaaa", "dddd"), "aaa", "ddd");
  return formatter("date", pattern);
}

// \# "¥#,##0.00"
std::optional<std::string> number_of(const std::string& picture) {
  const std::string plain = replace_all(picture, "'", "");
  size_t begin = plain.find_first_of("#0");
  if (begin == std::string::npos) return std::nullopt;
  if (begin > 0 && plain[begin - 1] == ',') --begin;  // $,0.00: thousands
  const size_t end = plain.find_last_of("#0") + 1;
  const std::string core = plain.substr(begin, end - begin);
  if (core.find_first_not_of("#0,.") != std::string::npos || core.find(';') != std::string::npos)
    return std::nullopt;
  const size_t point = core.find('.');
  const std::string whole = core.substr(0, point);
  const std::string rest = point == std::string::npos ? "" : core.substr(point + 1);
  if (rest.find('#') != std::string::npos) return std::nullopt;  // places that may be absent
  std::string result;
  if (whole.find(',') != std::string::npos) {
    result = rest.empty() ? " | thousands 0" : fmt::format(" | thousands {}", rest.size());
  } else if (rest.empty() && whole.size() > 1 && whole.find('#') == std::string::npos) {
    result = fmt::format(" | pad {}", whole.size());
  } else {
    result = fmt::format(" | decimals {}", rest.size());
  }
  for (const auto& [name, text] :
       {std::pair("before", plain.substr(0, begin)), std::pair("after", plain.substr(end))}) {
    if (text.empty()) continue;
    const auto more = formatter(name, text);
    if (!more) return std::nullopt;
    result += *more;
  }
  return result;
}

// \* ChineseNum1; what only keeps or changes the look of the text says nothing in a tag.
std::optional<std::string> format_of(const std::string& name) {
  static const std::map<std::string, std::string> kFormats = {{"CHINESENUM1", " | ChineseNum1"},
                                                              {"CHINESENUM2", " | ChineseNum2"},
                                                              {"CHINESENUM3", " | ChineseNum3"},
                                                              {"DBCHAR", " | full-width"},
                                                              {"SBCHAR", " | half-width"},
                                                              {"MERGEFORMAT", ""},
                                                              {"CHARFORMAT", ""},
                                                              {"ARABIC", ""}};
  const auto found = kFormats.find(capitals(name));
  if (found == kFormats.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::string CodeWord::text() const {
  std::string all;
  for (const InstructionPart& part : parts) all += part.text;
  return all;
}

const Field* CodeWord::field() const {
  return parts.size() == 1 && !parts[0].field.empty() ? &parts[0].field[0] : nullptr;
}

FieldCode read_code(const Field& field) {
  FieldCode code;
  const std::vector<CodeWord> words = CodeReader().read(field.instruction);
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string text = words[i].text();
    if (i == 0) {
      code.name = capitals(text);
    } else if (!words[i].quoted && text.size() >= 2 && text[0] == '\\') {
      CodeSwitch found{text[1], text.substr(2)};
      const bool takes = std::string_view("*@#bf").find(found.name) != std::string_view::npos;
      if (takes && found.argument.empty() && i + 1 < words.size()) found.argument = words[++i].text();
      code.switches.push_back(std::move(found));
    } else {
      code.words.push_back(words[i]);
    }
  }
  return code;
}

std::string formatters_of(const FieldCode& code, std::vector<std::string>& lost) {
  std::string formatters, around;
  for (const CodeSwitch& each : code.switches) {
    std::optional<std::string> found;
    if (each.name == '*') found = format_of(each.argument);
    if (each.name == '@') found = date_of(each.argument);
    if (each.name == '#') found = number_of(each.argument);
    if (each.name == 'm' || each.name == 'v') found = "";
    if (each.name == 'b' || each.name == 'f') {
      found = formatter(each.name == 'b' ? "before" : "after", each.argument);
      if (found) around += *found;
      if (found) continue;
    }
    if (found)
      formatters += *found;
    else
      lost.push_back(fmt::format("\\{} {}", each.name, each.argument));
  }
  return formatters + around;
}

}  // namespace wenshu::docx
