#include "workflow/dump/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace wenshu::workflow::dump {
namespace {

constexpr int kBoxWidth = 168, kBoxHeight = 44;  // pixels; eleven characters of 14 fit
constexpr int kColumn = 208, kRow = 96, kMargin = 32;
constexpr size_t kLongestLabel = 14, kLongestNote = 18;  // characters

std::string escaped(const std::string& text) {
  return replace_all(replace_all(replace_all(text, "&", "&amp;"), "<", "&lt;"), "\"", "&quot;");
}

std::string cut(const std::string& text, size_t most = kLongestLabel) {
  std::u32string characters = to_characters(text);
  if (characters.size() <= most) return text;
  characters.resize(most - 1);
  return to_utf8(characters) + "…";
}

// Each step below all steps that lead to it going onward; what leads back counts for nothing.
std::vector<size_t> layers_of(const Definition& flow, const std::vector<Edge>& edges) {
  std::vector<size_t> layers(flow.steps.size(), 0);
  for (size_t round = 0; round < flow.steps.size(); ++round) {
    bool changed = false;
    for (const Edge& edge : edges) {
      if (edge.to <= edge.from || layers[edge.to] > layers[edge.from]) continue;
      layers[edge.to] = layers[edge.from] + 1;
      changed = true;
    }
    if (!changed) break;
  }
  return layers;
}

class Picture {
 public:
  Picture(const Definition& flow, const Progress& progress)
      : flow_(flow), progress_(progress), edges_(edges_of(flow)), layers_(layers_of(flow, edges_)) {
    std::vector<int> used(flow.steps.size() + 1, 0);
    for (size_t layer : layers_) {
      columns_.push_back(used[layer]++);
      widest_ = std::max(widest_, used[layer]);
      deepest_ = std::max(deepest_, layer);
    }
    for (size_t layer : layers_) in_layer_.push_back(used[layer]);
  }

  std::string draw() {
    std::string body;
    for (const Edge& edge : edges_) body += arrow(edge);
    for (size_t i = 0; i < flow_.steps.size(); ++i) body += box(i);
    const int width = 2 * kMargin + widest_ * kColumn + side_ * 18 + 96;
    const int height = 2 * kMargin + static_cast<int>(deepest_) * kRow + kBoxHeight;
    return fmt::format(
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} "
               "{1}\" "
               "font-family=\"sans-serif\" font-size=\"14\">\n<title>{2}</title>\n"
               "<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" "
               "markerHeight=\"8\" "
               "orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#555\"/></marker></defs>\n"
               "<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n",
               width, height, escaped(flow_.title)) +
           body + "</svg>\n";
  }

 private:
  // Of the middle of a box; layers are centred over one another.
  int x(size_t i) const {
    return kMargin + kColumn / 2 + columns_[i] * kColumn + (widest_ - in_layer_[i]) * kColumn / 2;
  }
  int y(size_t i) const { return kMargin + kBoxHeight / 2 + static_cast<int>(layers_[i]) * kRow; }

  std::string box(size_t i) const {
    const Step& step = flow_.steps[i];
    const bool current = progress_.current.contains(step.id), done = progress_.done.contains(step.id);
    const bool forecast = progress_.forecast.contains(step.id);
    const char* fill = current      ? "#ffe08a"
                       : done       ? "#e6e6e6"
                       : forecast   ? "#eaf4ff"
                       : step.end() ? "#dff0d8"
                                    : "#f4f8ff";
    const int left = x(i) - kBoxWidth / 2, top = y(i) - kBoxHeight / 2;
    std::string shape;
    if (step.kind == StepKind::split) {
      shape = fmt::format("<path d=\"M{} {}L{} {}L{} {}L{} {}z\" fill=\"{}\" stroke=\"#555\"/>", left, y(i),
                          x(i), top - 6, left + kBoxWidth, y(i), x(i), top + kBoxHeight + 6, fill);
    } else {
      shape = fmt::format(
          "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"{}\" stroke=\"#555\"{}/>",
          left, top, kBoxWidth, kBoxHeight, step.end() ? kBoxHeight / 2 : 6, fill,
          step.kind == StepKind::automatic || forecast ? " stroke-dasharray=\"4 3\"" : "");
    }
    const auto note = progress_.notes.find(step.id);
    const bool told = note != progress_.notes.end() && !note->second.empty();
    std::string text = fmt::format("{}<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n", shape,
                                   x(i), y(i) + (told ? -3 : 5), escaped(cut(step.title)));
    if (told)
      text += fmt::format(
          "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"11\" fill=\"#555\">{}</text>\n", x(i),
          y(i) + 14, escaped(cut(note->second, kLongestNote)));
    return text;
  }

  std::string arrow(const Edge& edge) {
    const bool down = layers_[edge.to] > layers_[edge.from];
    const bool back = edge.action && edge.action->kind != ActionKind::forward;
    const std::string label = escaped(cut(label_of(flow_, edge)));
    const char* dash = back ? " stroke-dasharray=\"5 4\"" : "";
    const bool next = layers_[edge.to] == layers_[edge.from] + 1;
    if (down && next) {
      const int x1 = x(edge.from), y1 = y(edge.from) + kBoxHeight / 2, x2 = x(edge.to),
                y2 = y(edge.to) - kBoxHeight / 2;
      return fmt::format(
          "<path d=\"M{} {}L{} {}\" fill=\"none\" stroke=\"#555\"{} marker-end=\"url(#a)\"/>"
          "<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"#555\">{}</text>\n",
          x1, y1, x2, y2, dash, (x1 + x2) / 2 + 6, (y1 + y2) / 2 + 4, label);
    }
    // Round the right side, each on a line of its own.
    const int lane = kMargin + widest_ * kColumn + 8 + 18 * side_++;
    const int x1 = x(edge.from) + kBoxWidth / 2, y1 = y(edge.from) + (down ? 8 : -8);
    const int x2 = x(edge.to) + kBoxWidth / 2, y2 = y(edge.to) + (down ? -8 : 8);
    return fmt::format(
        "<path d=\"M{} {}H{}V{}H{}\" fill=\"none\" stroke=\"#999\"{} marker-end=\"url(#a)\"/>"
        "<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"#555\">{}</text>\n",
        x1, y1, lane, y2, x2, dash, x1 + 6, y1 - 4, label);
  }

  const Definition& flow_;
  const Progress& progress_;
  std::vector<Edge> edges_;
  std::vector<size_t> layers_;
  std::vector<int> columns_, in_layer_;
  int widest_ = 1, side_ = 0;
  size_t deepest_ = 0;
};

}  // namespace

std::string to_svg(const Definition& definition, const Progress& progress) {
  return Picture(definition, progress).draw();
}

}  // namespace wenshu::workflow::dump
