#include "package/archive.h"

#include <gmock/gmock.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "base/error.h"
#include "base/file.h"
#include "package/stored.h"

namespace wenshu::package {
namespace {

using testing::ElementsAre;

// One entry of a container that a hostile hand wrote: stored, with whatever the test puts wrong.
struct Entry {
  std::string name;
  std::string content;
  uint16_t flags = 0;          // 1: encrypted
  uint32_t attributes = 0;     // external; Unix mode in the upper half
  uint16_t method = 0;         // 0 stored, 8 deflated
  uint32_t declared_size = 0;  // 0: the true one
};

void put(std::string& out, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

uint32_t checksum(std::string_view bytes) {
  uint32_t crc = 0xFFFFFFFF;
  for (char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0u);
  }
  return ~crc;
}

void put_common(std::string& out, const Entry& entry) {
  put(out, entry.flags, 2);
  put(out, entry.method, 2);
  put(out, 0x00210000, 4);  // 1980-01-01
  put(out, checksum(entry.content), 4);
  put(out, entry.content.size(), 4);
  put(out, entry.declared_size != 0 ? entry.declared_size : entry.content.size(), 4);
  put(out, entry.name.size(), 2);
  put(out, 0, 2);
}

std::string container(const std::vector<Entry>& entries) {
  std::string bytes, directory;
  for (const Entry& entry : entries) {
    size_t offset = bytes.size();
    bytes += std::string("PK\x03\x04", 4);
    put(bytes, 20, 2);
    put_common(bytes, entry);
    bytes += entry.name + entry.content;
    directory += std::string("PK\x01\x02", 4);
    put(directory, 3 << 8 | 20, 2);  // made by Unix
    put(directory, 20, 2);
    put_common(directory, entry);
    put(directory, 0, 6);
    put(directory, entry.attributes, 4);
    put(directory, offset, 4);
    directory += entry.name;
  }
  size_t start = bytes.size();
  bytes += directory + std::string("PK\x05\x06", 4);
  put(bytes, 0, 4);
  put(bytes, entries.size(), 2);
  put(bytes, entries.size(), 2);
  put(bytes, directory.size(), 4);
  put(bytes, start, 4);
  put(bytes, 0, 2);
  return bytes;
}

std::vector<std::string> faults(std::string_view bytes) {
  Diagnostics findings;
  EXPECT_FALSE(open_archive(bytes, "a.docx", findings));
  std::vector<std::string> codes;
  for (const Diagnostic& finding : findings) codes.push_back(finding.code);
  return codes;
}

std::string written(const std::vector<std::pair<std::string, std::string>>& entries) {
  ArchiveWriter writer;
  for (const auto& [name, content] : entries) writer.add(name, content);
  return writer.finish();
}

TEST(Archive, ReadsWhatTheWriterWrote) {
  std::string large(200'000, 'x');
  for (size_t i = 0; i < large.size(); i += 3) large[i] = static_cast<char>(i * 7919 >> 3);
  std::string bytes = written({{"[Content_Types].xml", "<a/>"}, {"word/文.xml", large}, {"empty", ""}});
  Diagnostics findings;
  auto archive = open_archive(bytes, "a.docx", findings);
  ASSERT_TRUE(archive) << to_text(findings);
  EXPECT_THAT(archive->names(), ElementsAre("[Content_Types].xml", "word/文.xml", "empty"));
  EXPECT_EQ(archive->read("word/文.xml"), large);
  EXPECT_EQ(archive->read("empty"), "");
  EXPECT_FALSE(archive->has("none"));
  EXPECT_EQ(archive->find("none"), nullptr);
  EXPECT_THROW(archive->read("none"), Failure);
}

TEST(Archive, ReadsAHandMadeContainerAndLeavesFoldersOut) {
  Diagnostics findings;
  auto archive = open_archive(container({{"word/", ""}, {"word/a.xml", "甲"}}), "a.docx", findings);
  ASSERT_TRUE(archive) << to_text(findings);
  EXPECT_THAT(archive->names(), ElementsAre("word/a.xml"));
  EXPECT_EQ(archive->read("word/a.xml"), "甲");
}

TEST(Archive, RefusesWhatIsNoContainer) {
  EXPECT_THAT(faults(""), ElementsAre("not-a-zip"));
  EXPECT_THAT(faults("hello"), ElementsAre("not-a-zip"));
  EXPECT_THAT(faults("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0')),
              ElementsAre("locked-or-old"));
}

TEST(Archive, RefusesUnsafeNamesAndNamesEachOfThem) {
  EXPECT_THAT(faults(container({{"../a", "x"},
                                {"/b", "x"},
                                {"c\\d", "x"},
                                {"e/../f", "x"},
                                {"C:g", "x"},
                                {"./h", "x"},
                                {"\x01", "x"},
                                {"\xD6\xD0", "x"},
                                {"good", "x"}})),
              ElementsAre("zip-unsafe-name", "zip-unsafe-name", "zip-unsafe-name", "zip-unsafe-name",
                          "zip-unsafe-name", "zip-unsafe-name", "zip-unsafe-name", "zip-unsafe-name"));
}

TEST(Archive, RefusesDuplicatesLinksAndPasswords) {
  EXPECT_THAT(faults(container({{"a", "x"}, {"b", "y"}, {"a", "z"}})), ElementsAre("zip-duplicate-name"));
  EXPECT_THAT(faults(container({{"a", "x"}, {"A", "y"}})), ElementsAre("zip-duplicate-name"));
  EXPECT_THAT(faults(container({{"link", "/etc/passwd", 0, 0120777u << 16}})), ElementsAre("zip-symlink"));
  EXPECT_THAT(faults(container({{"secret", std::string(20, 'x'), 1}})), ElementsAre("zip-encrypted"));
}

TEST(Archive, RefusesBombs) {
  EXPECT_THAT(faults(written({{"a", std::string(10u << 20, '\0')}})), ElementsAre("zip-bomb"));
  Diagnostics findings;
  EXPECT_TRUE(open_archive(written({{"a", std::string(kRatioFloor, '\0')}}), "a", findings));
  EXPECT_THAT(faults(std::string(kMaxPackedBytes + 1, 'x')), ElementsAre("zip-too-large"));
  std::vector<Entry> many;
  for (size_t i = 0; i <= kMaxEntries; ++i) many.push_back({std::to_string(i), ""});
  EXPECT_THAT(faults(container(many)), ElementsAre("zip-too-many-entries"));
}

TEST(Archive, TakesAWhitePageForNoBomb) {
  const std::string page(26u << 20, '\xFF');
  Diagnostics findings;
  EXPECT_TRUE(open_archive(written({{"word/media/image1.BMP", page}}), "a", findings)) << to_text(findings);
  EXPECT_THAT(faults(written({{"word/media/image1.bmp", page}, {"word/media/2.emf", page}, {"3.bmp", page}})),
              ElementsAre("zip-bomb"));
  EXPECT_THAT(faults(container({{"a.bmp", "xyz", 0, 0, 0, 1u << 30}})), ElementsAre("zip-bomb"));
}

TEST(Archive, CountsAcrossEntriesNotWhatTheyDeclare) {
  // Each entry stays under the ratio; together they pass 64 MiB.
  std::string half(1u << 20, 'x');
  for (size_t i = 0; i < half.size(); i += 64) half[i] = static_cast<char>(i * 2654435761u >> 11);
  ArchiveWriter writer;
  for (int i = 0; i < 65; ++i) writer.add(std::to_string(i), half);
  std::string bytes = writer.finish();
  ASSERT_LT(bytes.size(), 8u << 20);
  EXPECT_THAT(faults(bytes), ElementsAre("zip-bomb"));
  EXPECT_THAT(faults(container({{"a", "xyz", 0, 0, 0, 1u << 30}})),
              ElementsAre("zip-bomb"));  // it says so itself
}

TEST(Archive, NeverReadsADamagedContainerAsAGoodOne) {
  std::string good = written({{"a.xml", std::string(500, 'a') + "文字"}, {"b.xml", "乙"}});
  for (size_t i = 0; i < good.size(); ++i) {
    std::string cut = good.substr(0, i);
    Diagnostics findings;
    EXPECT_FALSE(open_archive(cut, "a", findings)) << i;
    EXPECT_TRUE(findings.has_errors());
    std::string flipped = good;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x55);
    Diagnostics ignored;
    auto archive = open_archive(flipped, "a", ignored);
    // A changed name, time or comment may pass; a changed content may not.
    if (archive && archive->has("a.xml")) {
      EXPECT_EQ(archive->read("a.xml"), std::string(500, 'a') + "文字") << i;
    }
  }
}

TEST(ArchiveWriter, GivesTheSameBytesForTheSameInput) {
  std::vector<std::pair<std::string, std::string>> entries = {
      {"mimetype", "x"}, {"b", std::string(5000, 'y')}, {"a", "z"}};
  std::string first = written(entries);
  ::setenv("TZ", "America/New_York", 1);
  ::tzset();
  EXPECT_EQ(written(entries), first);
  EXPECT_EQ(first.substr(10, 4), std::string("\0\0\x21\0", 4));  // 1980-01-01 00:00
}

TEST(ArchiveWriter, StoresWhatMustNotBePacked) {
  ArchiveWriter writer;
  writer.add("mimetype", "application/ofd", ArchiveWriter::Method::store);
  EXPECT_EQ(writer.finish().substr(30, 23), "mimetypeapplication/ofd");
}

TEST(ArchiveWriter, FailsOnTwoEntriesOfOneName) {
  ArchiveWriter writer;
  writer.add("a", "1");
  EXPECT_THROW(writer.add("a", "2"), Failure);
}

// Rows of a table, and stretches that do not pack: the blocks of deflate come in all three kinds.
std::string long_text() {
  std::string text;
  uint32_t noise = 1;
  for (int i = 0; text.size() < (5u << 20); ++i) {
    text += "<w:tr><w:tc><w:p><w:t>第" + std::to_string(i) + "期培训班</w:t></w:p></w:tc></w:tr>";
    if (i % 4000 == 0) {
      for (int n = 0; n < 70'000; ++n)
        text += static_cast<char>((noise = noise * 1664525u + 1013904223u) >> 24);
    }
  }
  return text;
}

// What is written comes in portions, as a filling gives them.
Packed packed_in_portions(const std::string& text, size_t portion) {
  PackStream stream;
  std::string waiting;
  size_t taken = 0;
  for (size_t at = 0; at < text.size(); at += portion) {
    waiting += text.substr(at, portion);
    const size_t now = stream.write_pieces(waiting);
    waiting.erase(0, now);
    EXPECT_EQ(stream.size(), taken += now);
    EXPECT_TRUE(!waiting.empty() && waiting.size() <= PackStream::kPieceBytes);
  }
  return stream.finish(waiting);
}

// Judged by unzip, which reads the directory and compares every checksum.
TEST(StoredFiles, GatherMoreThanADirectoryOfOldCounts) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "stored";
  write_file(folder / "one", "内容", Durability::later);
  constexpr size_t kCount = 70'000;
  const auto name = [](size_t i) { return "证-" + std::to_string(i) + ".pdf"; };
  gather_files(
      kCount,
      [&](size_t i) {
        return StoredFile{name(i), folder / "one"};
      },
      folder / "all.zip");
  const std::string zip = (folder / "all.zip").string();
  EXPECT_EQ(std::system(("unzip -tqq " + zip).c_str()), 0);
  EXPECT_EQ(std::system(("test $(unzip -Z1 " + zip + " | sort -u | wc -l) = 70000").c_str()), 0);
  EXPECT_EQ(std::system(("test $(unzip -p " + zip + " '*-69999.pdf') = 内容").c_str()), 0);
}

TEST(StoredFiles, LeaveNothingWhereAFileIsMissing) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "stored-missing";
  std::filesystem::create_directories(folder);
  EXPECT_THROW(gather_files(
                   1,
                   [&](size_t) {
                     return StoredFile{"a.pdf", folder / "a.pdf"};
                   },
                   folder / "all.zip"),
               NotFound);
  EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST(PackStream, MakesTheSameBytesOfAnyPortions) {
  for (const std::string& text : {long_text(), std::string(3u << 20, 'a'), std::string("short")}) {
    const Packed whole = packed_in_portions(text, text.size());
    for (const size_t portion : {size_t{40'000}, size_t{1} << 20, size_t{1'300'001}}) {
      const Packed packed = packed_in_portions(text, portion);
      EXPECT_TRUE(packed.bytes == whole.bytes && packed.crc == whole.crc && packed.size == whole.size);
    }
  }
}

TEST(PackStream, JoinsPiecesToOneContentThatLibzipReads) {
  for (const std::string& text :
       {long_text(), std::string(3u << 20, 'a'), std::string("short"), std::string()}) {
    ArchiveWriter writer;
    writer.add("noise", std::string(1u << 19, 'x') + long_text().substr(0, 70'000));  // keeps the ratio sane
    writer.add("a", packed_in_portions(text, 40'000));
    Diagnostics findings;
    const auto archive = open_archive(writer.finish(), "a.zip", findings);
    if (!archive) {
      EXPECT_THAT(to_text(findings), testing::HasSubstr("zip-bomb"));  // three million times the same letter
      continue;
    }
    EXPECT_EQ(archive->read("a"), text);
  }
}

TEST(PackStream, CopiesAnEntryAsItStands) {
  const std::string bytes = written({{"a.xml", std::string(3000, 'y')}, {"b", "z"}});
  Diagnostics findings;
  const auto archive = open_archive(bytes, "a.zip", findings);
  ASSERT_TRUE(archive);
  ArchiveWriter writer;
  for (const std::string& name : archive->names()) writer.add(name, archive->packed(name));
  EXPECT_EQ(writer.finish(), bytes);
}

}  // namespace
}  // namespace wenshu::package
