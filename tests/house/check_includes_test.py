#!/usr/bin/env python3
"""The house check can fail: each kind of fault in a made-up house is found, and a sound house has none."""
import pathlib
import tempfile
import unittest

import check_includes


class House(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.engine = pathlib.Path(folder.name)
        self.room("base")
        self.room("data", "base")
        self.write("base/text.h", "#include <string>\n#include <iconv.h>\n")
        self.write("data/value.h", '#include "base/text.h"\n#include "data/place.h"\n#include <yaml-cpp/yaml.h>\n')
        self.write("data/place.h", "#include <fmt/core.h>\n#include <sys/stat.h>\n")

    def room(self, name, uses=""):
        self.write(f"{name}/CMakeLists.txt", f"wenshu_room({name} USES {uses}  # why\n LIBRARIES fmt::fmt)\n")

    def write(self, path, text):
        file = self.engine / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def assert_only_finding(self, part):
        findings = check_includes.check_house(self.engine)
        self.assertEqual(len(findings), 1, findings)
        self.assertIn(part, findings[0])

    def test_a_sound_house_has_no_findings(self):
        self.assertEqual(check_includes.check_house(self.engine), [])

    def test_an_include_of_a_room_not_in_uses_is_found_with_its_line(self):
        self.room("chinese")
        self.write("chinese/date.cc", '\n#include "base/text.h"\n')
        self.assert_only_finding("chinese/date.cc:2: ")

    def test_a_room_reached_by_way_of_another_does_not_count(self):
        self.room("form", "data")
        self.write("form/form.cc", '#include "data/value.h"\n#include "base/text.h"\n')
        self.assert_only_finding("does not name base in USES")

    def test_uses_that_point_up_are_found(self):
        self.room("form", "base")
        self.room("xml", "form")
        self.assert_only_finding("form/ stands above xml/")

    def test_peers_never_use_one_another(self):
        self.room("pdf")
        self.room("store", "pdf")
        self.assert_only_finding("both peers")

    def test_a_front_end_reaches_peers_through_the_acts(self):
        self.room("store")
        self.room("cli", "store")
        self.assert_only_finding("reached through app/ alone")

    def test_rooms_in_a_ring_are_found(self):
        self.room("form", "directory")
        self.room("directory", "form")
        self.assert_only_finding("directory -> form -> directory")

    def test_a_library_through_another_door_is_found(self):
        self.write("data/zip.cc", "#  include <zip.h>\n")
        self.assert_only_finding("<zip.h> enters through package/ alone")

    def test_a_library_without_a_door_is_found(self):
        self.write("data/boost.cc", "#include <boost/any.hpp>\n")
        self.assert_only_finding("library without a door")

    def test_a_room_in_no_layer_is_found(self):
        self.room("utils")
        self.assert_only_finding("utils/: a room that stands in no layer")

    def test_a_room_without_its_link_line_is_found(self):
        self.write("xml/CMakeLists.txt", "add_library(xml tree.cc)\n")
        self.assert_only_finding("no wenshu_room(xml")

    def test_a_room_in_uses_that_is_not_there_is_found(self):
        self.room("form", "spelling")
        self.assert_only_finding("spelling/ is no room")

    def test_an_include_without_its_room_is_found(self):
        self.write("data/reader.cc", '#include "value.h"\n')
        self.assert_only_finding("does not name its room")

    def test_a_source_whose_own_header_is_not_first_is_found(self):
        self.write("data/value.cc", '#include <vector>\n#include "data/value.h"\n')
        self.assert_only_finding('data/value.cc:1: "data/value.h" comes first')

    def test_an_include_that_leads_nowhere_is_found(self):
        self.write("data/reader.cc", '#include "data/valeu.h"\n')
        self.assert_only_finding("is no file of engine/")

    def test_a_file_outside_all_rooms_is_found(self):
        self.write("stray.h", "")
        self.assert_only_finding("stands in no room")


if __name__ == "__main__":
    unittest.main()
