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

// What leads from one step to another, drawn as one line.
struct Way {
  size_t from, to;
  bool back;  // nothing but against: dashed
  std::string label;
};

std::vector<Way> ways_of(const Definition& flow, const std::vector<Edge>& edges) {
  std::vector<Way> ways;
  for (const Edge& edge : edges) {
    const bool back = edge.action && edge.action->kind != ActionKind::forward;
    const std::string label = label_of(flow, edge);
    const auto same = std::find_if(
        ways.begin(), ways.end(), [&](const Way& one) { return one.from == edge.from && one.to == edge.to; });
    if (same != ways.end()) same->back = same->back && back;
    if (same == ways.end())
      ways.push_back({edge.from, edge.to, back, label});
    else if (!label.empty())
      same->label += (same->label.empty() ? "" : "、") + label;
  }
  return ways;
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
    std::string labels;
    for (const Way& way : ways_of(flow_, edges_)) body += arrow(way, labels);
    for (size_t i = 0; i < flow_.steps.size(); ++i) body += box(i);
    body += labels;
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
      const int right = left + kBoxWidth, high = y(i) - reach(i), low = y(i) + reach(i);
      shape = fmt::format("<path d=\"M{} {}L{} {}H{}L{} {}L{} {}H{}z\" fill=\"{}\" stroke=\"#555\"/>", left,
                          y(i), left + 16, high, right - 16, right, y(i), right - 16, low, left + 16, fill);
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

  // Half the height of what stands there: a split is a hexagon, a little higher.
  int reach(size_t i) const { return kBoxHeight / 2 + (flow_.steps[i].kind == StepKind::split ? 4 : 0); }

  // White around the letters, so that a line behind them does not strike them through.
  static std::string label_at(int at_x, int at_y, const std::string& label) {
    if (label.empty()) return "\n";
    return fmt::format(
        "<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"#555\" stroke=\"#fff\" stroke-width=\"4\" "
        "stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>\n",
        at_x, at_y, escaped(cut(label)));
  }

  std::string arrow(const Way& way, std::string& labels) {
    const bool down = layers_[way.to] > layers_[way.from];
    const char* dash = way.back ? " stroke-dasharray=\"5 4\"" : "";
    const bool next = layers_[way.to] == layers_[way.from] + 1;
    if (down && next) {
      // Down, across halfway, down again. Ways that part are told where they arrive, all others where they begin.
      const int x1 = x(way.from), y1 = y(way.from) + reach(way.from), x2 = x(way.to),
                y2 = y(way.to) - reach(way.to);
      const int half = (y1 + y2) / 2;
      const bool parts = flow_.steps[way.from].kind == StepKind::split && x1 != x2;
      labels += label_at((parts ? x2 : x1) + 6,
                         parts      ? half + 15
                         : x1 == x2 ? half + 4
                                    : half - 5,
                         way.label);
      const std::string bend = x1 == x2 ? "" : fmt::format("V{}H{}", half, x2);
      return fmt::format("<path d=\"M{} {}{}V{}\" fill=\"none\" stroke=\"#555\"{} marker-end=\"url(#a)\"/>\n",
                         x1, y1, bend, y2, dash);
    }
    // Round the right side, each on a line of its own.
    const int lane = kMargin + widest_ * kColumn + 8 + 18 * side_++;
    const int x1 = x(way.from) + kBoxWidth / 2, y1 = y(way.from) + (down ? 8 : -8);
    const int x2 = x(way.to) + kBoxWidth / 2, y2 = y(way.to) + (down ? -8 : 8);
    labels += label_at(x1 + 6, y1 - 4, way.label);
    return fmt::format(
        "<path d=\"M{} {}H{}V{}H{}\" fill=\"none\" stroke=\"#999\"{} marker-end=\"url(#a)\"/>\n", x1, y1,
        lane, y2, x2, dash);
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
