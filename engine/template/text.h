// Text with tags: checked, listed and filled. The same tags serve Word templates (docx/fill.h).
//
//   {{plan.title}}              a value; paths walk maps and flatten through lists (plan.groups.classes.hours)
//   {{date | date-cn}}          formatters (template/formatter.h), several may follow each other
//   {{#classes}} … {{/classes}} once for each item of a list, or once when there is something
//   {{^classes}} … {{/classes}} when there is nothing: null, no item, empty text, false
//   {{#hours >= 24}} … {{/}}    when a condition of expression/guard.h holds, over the names that the place sees
//   {{? note}} … {{/}}          when there is something; the names inside are those outside
//   {{x | missing blank}}       what becomes of this tag when it has nothing to say: error blank keep line
//   {{.}} {{@index}} {{@first}} {{@last}} {{@count}} {{@number}}   inside a list: the item, its number from 1 …
//   {{! a remark }}
//
// A name is looked for in the innermost section first, then outwards. A name that is nowhere is the finding
// `missing-value` with the nearest name; a value that is there but null prints as nothing; `| default TEXT`
// allows both. Full-width ｛｛ ｝｝ ＃ ／ ＾ ｜ are read as their ASCII forms.
//
// Text follows the core of the Mustache specification (tests/template/mustache/): besides the tags above
//
//   {{> header}}                the text of another file, with the indentation of the tag before each of its lines
//   {{=<% %>=}}                 other braces from here on
//   {{{name}}} {{&name}}        a value that is never escaped
//
// and a tag that is no value and stands alone in its line takes the line with it. Two choices are ours: names
// that are nowhere are findings unless Filling says otherwise, and values are escaped for HTML alone.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "template/tag.h"
#include "template/text_scan.h"

namespace wenshu::templates {

// `place` is where the text stands. With line 1, column 1 (a text file) findings get lines and columns of the
// text itself; otherwise they keep `place` and say 第2行第5列 in the spot.

struct TextOptions {
  Delimiters delimiters = {};
  bool html = false;  // values are written with &amp; &lt; &gt; &quot;
  // The text of a partial; nothing when there is none of this name. Without it partials are not allowed.
  std::function<std::optional<std::string>(const std::string& name)> partial = {};
};

// Adds every fault that shows without data: unclosed-tag, unclosed-section, crossed-sections,
// stray-section-end, unknown-formatter, bad-tag, deep-nesting (over 32), missing-partial; those of partials too.
// True when there was none.
bool check_text(std::string_view text, const Place& place, Diagnostics& findings,
                const TextOptions& options = {});

struct TagPlace {
  std::string tag;  // as {{…}} in its plain form: {{#plan.groups}}, {{hours | sum}}
  Place place;
  std::string path;    // plan.groups
  bool opens = false;  // a section; a condition is listed as the values it reads
  std::string inside;  // the path of the section around it, "" outside of all
};
// The tags of one story in order, matched (match_sections).
std::vector<TagPlace> list_tags(const std::vector<Tag>& tags, const std::vector<Place>& places);
// Value and section tags in the order they stand; the ends of sections and remarks are left out.
std::vector<TagPlace> list_tags(std::string_view text, const Place& place, const TextOptions& options = {});

// Nothing when there was any fault. `data` is a map. A value with a character that documents may not hold is
// the finding `forbidden-character` naming the field.
std::optional<std::string> fill_text(std::string_view text, const data::Value& data, const Place& place,
                                     Diagnostics& findings, const Filling& filling = {},
                                     const TextOptions& options = {});

}  // namespace wenshu::templates
