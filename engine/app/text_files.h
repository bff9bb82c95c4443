// What text templates are read from and written to besides their own file.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace wenshu::app {

// In these files values stand as text, never as mark-up: .html, .htm, .xml.
bool writes_html(const std::filesystem::path& template_path);

// The partials of a text template: {{> 页眉}} is the file 页眉 beside it, or 页眉 with the ending of the template.
// Each is read once. Nothing for a file that is not there or no text (UTF-8, GB18030, at most 5 MiB).
std::function<std::optional<std::string>(const std::string& name)> partials_beside(
    const std::filesystem::path& template_path);

}  // namespace wenshu::app
