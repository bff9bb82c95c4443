#include "chinese/sound.h"

#include <unicode/utrans.h>

#include <array>
#include <memory>
#include <string>

#include "base/error.h"

namespace wenshu::chinese {
namespace {

bool is_han(char32_t c) { return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF); }

struct Closing {
  void operator()(UTransliterator* one) const { utrans_close(one); }
};

// Without the tone: bù is bu.
std::u16string reading_of(char32_t character) {
  static constexpr std::u16string_view kRules = u"Han-Latin; NFD; [:Nonspacing Mark:] Remove";
  UErrorCode error = U_ZERO_ERROR;
  // One for each thread: an open transliterator keeps a state.
  thread_local const std::unique_ptr<UTransliterator, Closing> transliterator(utrans_openU(
      kRules.data(), static_cast<int32_t>(kRules.size()), UTRANS_FORWARD, nullptr, 0, nullptr, &error));
  if (U_FAILURE(error) || !transliterator)
    throw Failure(std::string("无法注音（ICU：") + u_errorName(error) + "）");
  std::array<char16_t, 16> text = {static_cast<char16_t>(character)};
  int32_t length = 1, end = 1;
  utrans_transUChars(transliterator.get(), text.data(), &length, text.size(), 0, &end, &error);
  return U_FAILURE(error) ? std::u16string() : std::u16string(text.data(), static_cast<size_t>(length));
}

}  // namespace

bool sound_alike(char32_t a, char32_t b) {
  if (a == b || !is_han(a) || !is_han(b)) return false;
  const std::u16string one = reading_of(a);
  return !one.empty() && one[0] < 0x80 && one == reading_of(b);
}

}  // namespace wenshu::chinese
