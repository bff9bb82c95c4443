// The seals and signature stamps of a notice, from the files that it names.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "notice/notice.h"

namespace wenshu::notice {

// The bytes of a file beside the source, nothing when it is not there.
using ReadPicture = std::function<std::optional<std::string>(const std::string& file)>;

// Reads every picture of the notice; white paper under a seal becomes clear. Adds no-such-file, bad-picture,
// picture-too-large, picture-shape at the place that names the file. True when there was no fault.
bool load_pictures(Notice& notice, const ReadPicture& read, Diagnostics& findings);

// The texts of a source that name a picture, those with tags left aside.
std::vector<const data::Value*> picture_files(const data::Value& source);
// The same faults for a source of which no notice is made now.
void check_pictures(const data::Value& source, const ReadPicture& read, Diagnostics& findings);

}  // namespace wenshu::notice
