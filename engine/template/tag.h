// Tags found in a text: what text.h and the Word filler share.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "template/formatter.h"
#include "template/mark.h"

namespace wenshu::expression {
class Guard;
}

namespace wenshu::templates {

constexpr int kMaxNesting = 32;  // sections in sections; far more than any form has, far less than a stack

// What data promises of its fields. `all_there`: a sample that has every field of a form, so that a name it
// lacks is a typing error even in a tag with `default`.
enum class Fields { may_be_absent, all_there };

// What is written for a tag that has nothing to say: its name is nowhere, or its value is empty. A tag with
// `default` or `line` has said so itself.
enum class Missing {
  names,  // a name that is nowhere is a finding; what is empty prints as nothing
  error,  // both are findings
  blank,  // nothing is written
  keep,   // the tag stays
  line,   // a line to fill by hand
};

struct Lack {
  std::string path;
  std::string record;  // （rows第2项，a.csv:3: 第3行）, "" outside of lists
};

// The bytes of a file that the data name (a picture, a Word file); nothing with a sentence in `fault` when it cannot be
// had.
using OpenFile = std::function<std::optional<std::string>(const std::string& name, std::string& fault)>;

struct Filling {
  Filling(Fields fields_ = Fields::may_be_absent) : fields(fields_) {}  // NOLINT: the one thing most say
  Filling(Missing missing_, std::vector<Lack>* lacks_) : Filling() { missing = missing_, lacks = lacks_; }
  Fields fields;
  Missing missing = Missing::names;
  std::vector<Lack>* lacks = nullptr;  // gets each tag that has nothing to say, whatever `missing` is
  OpenFile open_file = {};             // nothing: no file is there
};

struct Tag {
  enum class Kind { value, section, inverted, end, remark };
  Kind kind = Kind::value;
  std::string path;  // "plan.title", "." or "@index"; of a condition as written, of {{/}} ""
  std::vector<Formatter> formatters;
  std::vector<Mark> marks = {};                         // for Word templates alone
  std::optional<Missing> missing = {};                  // {{x | missing blank}}: for this tag alone
  bool is_condition = false;                            // {{? x}} {{#hours >= 24}}: opens no scope
  std::shared_ptr<const expression::Guard> guard = {};  // of a condition that is more than a name

  bool opens() const { return kind == Kind::section || kind == Kind::inverted; }
  bool allows_missing() const;  // has a `default` or a `line`
};

// {{#plan.groups}}, {{hours | sum}}
std::string to_text(const Tag& tag);

struct FoundTag {
  Tag tag;
  size_t begin = 0, end = 0;  // bytes in the text, braces included
  bool faulty = false;        // reported already; takes no part in anything
};

// Where a byte of the text stands; findings use it.
class Locator {
 public:
  virtual ~Locator() = default;
  virtual Place place_of(size_t byte) const = 0;
};

// What tags stand between; their full-width forms count as well.
struct Delimiters {
  std::string open = "{{", close = "}}";
};
// "{ }" and the like: two strings of punctuation with a blank between. Nothing when they are not.
std::optional<Delimiters> parse_delimiters(std::string_view written);

// The name under which a condition reads a counter, and back: the expression language knows no @. "" for other names.
std::string counter_of(std::string_view name);

// All tags of a text in order; adds unclosed-tag, stray-braces, bad-tag, unknown-formatter. A tag stands in
// one line.
std::vector<FoundTag> find_tags(std::string_view text, const Locator& locator, Diagnostics& findings,
                                const Delimiters& delimiters = {});

// What stands between the braces of one tag; `written` is the tag with them. Nothing after a finding.
std::optional<Tag> read_tag(std::string_view inside, std::string_view written, const Place& place,
                            Diagnostics& findings);

// The pairs of opening and ending tags as indexes into `tags`, in the order of the openings. Adds
// unclosed-section, crossed-sections, stray-section-end, deep-nesting. `places[i]` is where tags[i] stands.
struct Pair {
  size_t open = 0, end = 0;
};
std::vector<Pair> match_sections(const std::vector<Tag>& tags, const std::vector<Place>& places,
                                 Diagnostics& findings);

}  // namespace wenshu::templates
