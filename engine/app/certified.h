// What the store keeps of a certificate as others see it: beside the values by id, the texts by label.
#pragma once

#include <string>

#include "certificate/proof.h"
#include "certificate/sheet.h"
#include "data/value.h"
#include "store/certificates.h"

namespace wenshu::app {

// Among the fields of a certificate; an @ stands in no id of a column. One of them: what the QR code certifies, or, where it certifies
// nothing, all that the row and the data say.
inline const std::string kWords = "words";  // what the paper says, without its number
inline const std::string kCertified = "@certified", kShown = "@shown";

extern const std::string kReplacedLabel;  // 原证书编号: of a certificate that stands in the place of another
extern const std::string kReissueLabel;  // 补发日期: of one that was printed once more

// Sets kCertified or kShown. `merged` is what certificate::merge gives.
void set_labelled(const certificate::Sheet& sheet, const data::Value& merged, data::Value& fields);

// Whether what was certified under this key must stay as it is: not the number, which is given later; not what an older store, or one
// that signed nothing then, did not keep.
bool is_kept(const std::string& key, const store::Certificate& held);

// By label, the number first; empty when the store is of a time that kept no labels.
certificate::CertifiedFields certified_by(const store::Certificate& held);
std::string find_label(const certificate::CertifiedFields& fields, std::string_view label);  // "" for none

// Whether a proof says what the store certifies under this number.
enum class Agreement {
  exact,   // label by label, nothing missing and nothing more
  within,  // label by label, though it says less, or the store kept no labels and knows each text
  differs
};
// `reissued_on`: the days on which the number was reissued; a proof may name one of them.
Agreement compare(const store::Certificate& held, const certificate::CertifiedFields& proof,
                  const std::vector<std::string>& reissued_on);

}  // namespace wenshu::app
