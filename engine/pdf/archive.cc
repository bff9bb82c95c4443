#include "pdf/archive.h"

#include <fmt/format.h>
#include <hpdf.h>
#include <lcms2.h>

#include <memory>

#include "base/error.h"
#include "base/text.h"

namespace wenshu::pdf {
namespace {

std::string without_controls(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return text;
}

std::string escape(std::string text) {
  return replace_all(replace_all(replace_all(std::move(text), "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
}

// A property whose value has languages; readers show the default one.
std::string alternatives(std::string_view name, const std::string& text) {
  if (text.empty()) return {};
  return fmt::format("<{0}><rdf:Alt><rdf:li xml:lang=\"x-default\">{1}</rdf:li></rdf:Alt></{0}>\n", name,
                     escape(text));
}

std::string make_profile() {
  const std::unique_ptr<void, decltype(&cmsCloseProfile)> profile(cmsCreate_sRGBProfile(), &cmsCloseProfile);
  cmsUInt32Number size = 0;
  if (!profile || !cmsSaveProfileToMem(profile.get(), nullptr, &size))
    throw Failure("无法生成 PDF（没有 sRGB 特性文件）");
  std::string bytes(size, '\0');
  cmsSaveProfileToMem(profile.get(), bytes.data(), &size);
  // Bytes 24 to 35 are the time of making, which lcms takes from the clock: 1 January 2000, 0:00.
  static constexpr char kMade[] = {0x07, '\xD0', 0, 1, 0, 1, 0, 0, 0, 0, 0, 0};
  return bytes.replace(24, sizeof kMade, kMade, sizeof kMade);
}

}  // namespace

Properties::Properties(const Info& info)
    : title(without_controls(info.title)),
      author(without_controls(info.author)),
      subject(without_controls(info.subject)),
      producer(std::string("wenshu (libharu ") + HPDF_GetVersion() + ")") {
  created = to_china_text(info.created);  // 2020-07-27 09:00
  created[10] = 'T';
  created += ":00+08:00";
}

std::string make_metadata(const Properties& properties) {
  std::string said = alternatives("dc:title", properties.title);
  if (!properties.author.empty())
    said += fmt::format("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n",
                        escape(properties.author));
  said += alternatives("dc:description", properties.subject);
  return fmt::format(
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
      "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
      "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n{0}"
      "<xmp:CreatorTool>{1}</xmp:CreatorTool>\n<xmp:CreateDate>{2}</xmp:CreateDate>\n<xmp:ModifyDate>{2}</"
      "xmp:ModifyDate>\n"
      "<pdf:Producer>{3}</pdf:Producer>\n<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>U</"
      "pdfaid:conformance>\n"
      "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>",
      said, Properties::kCreator, properties.created, properties.producer);
}

const std::string& srgb_profile() {
  static const std::string profile = make_profile();
  return profile;
}

}  // namespace wenshu::pdf
