// What the instruction of a Word field says, and the formatters that say the same in a tag.
#pragma once

#include <string>
#include <vector>

#include "docx/field.h"

namespace wenshu::docx {

// A word of an instruction; one in quotes may hold fields: "尊敬的{ MERGEFIELD 姓名 }".
struct CodeWord {
  std::vector<InstructionPart> parts;
  bool quoted = false;

  std::string text() const;    // without its fields
  const Field* field() const;  // when it is one field and nothing else, otherwise null
};

struct CodeSwitch {
  char name = 0;  // of \* \@ \# \b \f
  std::string argument;
};

struct FieldCode {
  std::string name;  // in capitals: MERGEFIELD
  std::vector<CodeWord> words;
  std::vector<CodeSwitch> switches;
};
// Words end at blanks, at quotes and, as in { IF { MERGEFIELD x }="y" …}, at comparisons.
FieldCode read_code(const Field& field);

// " | date yyyy年M月d日 | before 于" for the switches of a MERGEFIELD; `lost` gets each that has no like.
std::string formatters_of(const FieldCode& code, std::vector<std::string>& lost);

}  // namespace wenshu::docx
