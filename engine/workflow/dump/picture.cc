#include "workflow/dump/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "workflow/dump/layers.h"
#include "workflow/dump/told.h"

namespace wenshu::workflow::dump {
namespace {

// Pixels. A box is as wide as what it says, within bounds; text of 14 and 11 is a little wider and narrower than what
// width_of() counts.
constexpr int kBoxWidth = 168, kWidestBox = 264, kBoxHeight = 30, kLineHeight = 15;
constexpr int kLongestTitle = 206, kLongestNote = 270, kLongestLabel = 168;  // as width_of() counts

// Of letters of 12, rather too much: a Chinese character is 12 wide, a capital of most faces 8.
int width_of(std::u32string_view text) {
  int width = 0;
  for (char32_t c : text) width += c >= 0x2E80 ? 12 : c >= 0x80 || (c >= 'A' && c <= 'Z') ? 10 : 8;
  return width;
}
int width_of(const std::string& text) { return width_of(to_characters(text)); }

std::string escaped(const std::string& text) {
  return replace_all(replace_all(replace_all(text, "&", "&amp;"), "<", "&lt;"), "\"", "&quot;");
}

std::string cut(const std::string& text, int most) {
  std::u32string characters = to_characters(text);
  if (width_of(characters) <= most) return text;
  while (!characters.empty() && width_of(characters) > most - 12) characters.pop_back();
  return to_utf8(characters) + "…";
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
      : flow_(flow), progress_(progress), ways_(ways_of(flow, edges_of(flow))) {
    Chart chart;
    for (const Step& step : flow.steps) {
      lines_.push_back(lines_below(step, progress));
      chart.nodes.push_back({width_of_box(step, lines_.back()), height_of(step, lines_.back())});
    }
    boxes_ = chart.nodes;
    for (const Way& way : ways_) {
      chart.lines.push_back(
          {way.from, way.to, !way.back, width_of(cut(way.label, kLongestLabel)), width_of(told(way))});
    }
    placed_ = lay_out(chart);
  }

  std::string draw() const {
    std::string body;
    for (size_t i = 0; i < ways_.size(); ++i) body += arrow(ways_[i], placed_.lines[i]);
    for (size_t i = 0; i < flow_.steps.size(); ++i) body += box(i);
    for (size_t i = 0; i < ways_.size(); ++i) body += label(ways_[i], placed_.lines[i]);
    return fmt::format(
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} "
               "{1}\" "
               "font-family=\"sans-serif\" font-size=\"14\">\n<title>{2}</title>\n"
               "<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" "
               "markerHeight=\"8\" "
               "orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#555\"/></marker></defs>\n"
               "<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n",
               placed_.width, placed_.height, escaped(flow_.title)) +
           body + "</svg>\n";
  }

 private:
  static int width_of_box(const Step& step, const std::vector<std::string>& lines) {
    int width = kBoxWidth;
    const int edge = step.kind == StepKind::split ? 40 : 16;
    width = std::max(width, width_of(cut(step.title, kLongestTitle)) * 7 / 6 + edge);
    for (const std::string& line : lines)
      width = std::max(width, width_of(cut(line, kLongestNote)) * 11 / 12 + edge);
    return std::min(width, kWidestBox) / 2 * 2;
  }
  // A split is a hexagon, a little higher.
  static int height_of(const Step& step, const std::vector<std::string>& lines) {
    const int room = lines.empty() ? 14 : 4 + kLineHeight * static_cast<int>(lines.size());
    return (kBoxHeight + room + (step.kind == StepKind::split ? 8 : 0)) / 2 * 2;
  }

  // For a line that is not drawn to its end.
  std::string told(const Way& way) const {
    return cut(way.label, kLongestLabel) + " → " + cut(flow_.steps[way.to].title, kLongestTitle);
  }

  std::string box(size_t i) const {
    const Step& step = flow_.steps[i];
    const auto [x, y] = placed_.nodes[i];
    const bool current = progress_.current.contains(step.id), done = progress_.done.contains(step.id);
    const bool forecast = progress_.forecast.contains(step.id);
    const char* fill = current      ? "#ffe08a"
                       : done       ? "#e6e6e6"
                       : forecast   ? "#eaf4ff"
                       : step.end() ? "#dff0d8"
                                    : "#f4f8ff";
    const int width = boxes_[i].width, left = x - width / 2, reach = boxes_[i].height / 2;
    std::string shape;
    if (step.kind == StepKind::split) {
      const int right = left + width, high = y - reach, low = y + reach;
      shape = fmt::format("<path d=\"M{} {}L{} {}H{}L{} {}L{} {}H{}z\" fill=\"{}\" stroke=\"#555\"/>", left,
                          y, left + 16, high, right - 16, right, y, right - 16, low, left + 16, fill);
    } else {
      shape = fmt::format(
          "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"{}\" stroke=\"#555\"{}/>",
          left, y - reach, width, 2 * reach, step.end() ? reach : 6, fill,
          step.kind == StepKind::automatic || forecast ? " stroke-dasharray=\"4 3\"" : "");
    }
    const auto& lines = lines_[i];
    int at = lines.empty() ? y + 5 : y - kLineHeight * static_cast<int>(lines.size()) / 2 + 4;
    std::string text = fmt::format("{}<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n", shape, x,
                                   at, whole_below(step.title, kLongestTitle));
    at += 2;
    for (const std::string& line : lines)
      text += fmt::format(
          "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"11\" fill=\"#555\">{}</text>\n", x,
          at += kLineHeight, whole_below(line, kLongestNote));
    return text;
  }

  // What was cut is told whole where the pointer rests on it.
  static std::string whole_below(const std::string& text, int most) {
    const std::string shown = cut(text, most);
    return escaped(shown) + (shown == text ? "" : "<title>" + escaped(text) + "</title>");
  }

  std::string label(const Way& way, const Placed::Line& line) const {
    const std::string text = line.cut ? told(way) : cut(way.label, kLongestLabel);
    if (text.empty()) return "";
    const std::string whole =
        line.cut || text == way.label ? "" : "<title>" + escaped(way.label) + "</title>";
    return fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"#555\">{}{}</text>\n", line.label.x,
                       line.label.y + 4, escaped(text), whole);
  }

  // Straight through the layers, bent between them.
  static std::string arrow(const Way& way, const Placed::Line& line) {
    const auto& points = line.points;
    std::string path = fmt::format("M{} {}", points[0].x, points[0].y);
    for (size_t i = 1; i < points.size(); ++i) {
      const Point a = points[i - 1], b = points[i];
      const int half = (a.y + b.y) / 2;
      if (a.x == b.x && a.y == b.y) continue;
      path += a.x == b.x ? fmt::format("V{}", b.y)
                         : fmt::format("C{} {} {} {} {} {}", a.x, half, b.x, half, b.x, b.y);
    }
    return fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\"{} marker-end=\"url(#a)\"/>\n", path,
                       way.back ? "#999" : "#555", way.back ? " stroke-dasharray=\"5 4\"" : "");
  }

  const Definition& flow_;
  const Progress& progress_;
  std::vector<Way> ways_;
  std::vector<std::vector<std::string>> lines_;  // below each title
  std::vector<Chart::Node> boxes_;
  Placed placed_;
};

}  // namespace

std::string to_svg(const Definition& definition, const Progress& progress) {
  return Picture(definition, progress).draw();
}

}  // namespace wenshu::workflow::dump
