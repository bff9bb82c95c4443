// What marks that stand in the place of a value share: the value itself, files that the data name, lengths.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "docx/mark.h"
#include "docx/picture_xml.h"

namespace wenshu::docx {

// A tag taken out of its text (Marking::lift), which writes runs in its place.
struct Lifted {
  templates::Tag tag;
  Place place;
  std::string format;  // finished w:rPr

  Lifted(const MarkSite& site) : tag(site.tag), place(site.place) {}  // NOLINT: one becomes the other
  Lifted(const templates::Tag& tag_, const Place& place_) : tag(tag_), place(place_) {}
};

void put_run(Renderer& renderer, const std::string& format, std::string_view text);

// The value as text. Nothing when it has nothing to say or a fault: then what stands instead (a line to fill in by hand)
// has been written.
std::optional<std::string> take_value(Renderer& renderer, const Lifted& lifted);

// The bytes of a file that the data name; nothing after a finding (no-such-file).
std::optional<std::string> read_named_file(Renderer& renderer, const Lifted& lifted, const std::string& name);

// "25mm 35", "2.5cm×3.5cm", "40 floating": lengths in EMU (without a unit they are millimetres) and words. Nothing, with
// a sentence in `fault`, for what is neither, and for lengths that no page has.
struct Lengths {
  std::vector<long long> emu;
  std::vector<std::string> words;
};
std::optional<Lengths> read_lengths(const std::string& argument, std::string& fault);

// EMU that a picture may be wide around `node`: its cell, or the page between its margins.
long long room_around(const MarkSite& site);

// The paragraph around a value's tag when it holds nothing but this tag, or null.
pugi::xml_node paragraph_of_its_own(const MarkSite& site);

}  // namespace wenshu::docx
