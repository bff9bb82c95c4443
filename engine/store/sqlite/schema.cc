#include "store/sqlite/schema.h"

namespace wenshu::store::sqlite {

namespace {

// Three tables are kept for their own sake, events, contents and (since the fourth step) deliveries; all others follow
// from the events (projector.h).
constexpr std::string_view kFirst = R"sql(
CREATE TABLE events (
  seq      INTEGER PRIMARY KEY,
  at       TEXT NOT NULL,
  actor    TEXT NOT NULL,
  kind     TEXT NOT NULL,
  subject  TEXT NOT NULL,
  request  TEXT UNIQUE,
  body     TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash     TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX events_by_subject ON events (subject, seq);
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TABLE contents (
  hash  TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
CREATE TRIGGER contents_are_never_changed BEFORE UPDATE ON contents
  BEGIN SELECT RAISE(ABORT, 'contents are append-only'); END;
CREATE TRIGGER contents_are_never_deleted BEFORE DELETE ON contents
  BEGIN SELECT RAISE(ABORT, 'contents are append-only'); END;

CREATE TABLE definitions (
  kind        TEXT NOT NULL,
  name        TEXT NOT NULL,
  version     INTEGER NOT NULL,
  title       TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  seq         INTEGER NOT NULL,
  PRIMARY KEY (kind, name, version)
) STRICT;
CREATE TABLE definition_files (
  kind     TEXT NOT NULL,
  name     TEXT NOT NULL,
  version  INTEGER NOT NULL,
  position INTEGER NOT NULL,
  path     TEXT NOT NULL,
  hash     TEXT NOT NULL,
  PRIMARY KEY (kind, name, version, position),
  FOREIGN KEY (kind, name, version) REFERENCES definitions
) STRICT;

CREATE TABLE cases (
  id         TEXT PRIMARY KEY,
  workflow   TEXT NOT NULL,
  version    INTEGER NOT NULL,
  serial     INTEGER NOT NULL,
  title      TEXT NOT NULL,
  initiator  TEXT NOT NULL,
  open       INTEGER NOT NULL,
  marking    TEXT NOT NULL,
  data       TEXT NOT NULL,
  started_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  first_seq  INTEGER NOT NULL,
  last_seq   INTEGER NOT NULL,
  UNIQUE (workflow, serial)
) STRICT;
CREATE TABLE seats (
  case_id  TEXT NOT NULL REFERENCES cases,
  position INTEGER NOT NULL,
  step     TEXT NOT NULL,
  title    TEXT NOT NULL,
  person   TEXT NOT NULL,
  since    TEXT NOT NULL,
  PRIMARY KEY (case_id, position)
) STRICT;
CREATE INDEX seats_by_person ON seats (person);

CREATE TABLE files (
  case_id  TEXT NOT NULL REFERENCES cases,
  seq      INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  hash     TEXT NOT NULL,
  size     INTEGER NOT NULL,
  PRIMARY KEY (case_id, seq, position)
) STRICT;

CREATE TABLE numbers (
  series  TEXT NOT NULL,
  scope   TEXT NOT NULL,
  serial  INTEGER NOT NULL,
  number  TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  seq     INTEGER NOT NULL,
  PRIMARY KEY (series, scope, serial)
) STRICT;

CREATE TABLE register_rows (
  register TEXT NOT NULL,
  position INTEGER NOT NULL,
  cells    TEXT NOT NULL,
  kind     TEXT NOT NULL,
  subject  TEXT NOT NULL,
  seq      INTEGER NOT NULL,
  PRIMARY KEY (register, position)
) STRICT;

CREATE TABLE certificates (
  series TEXT NOT NULL,
  class  TEXT NOT NULL,
  person TEXT NOT NULL,
  name   TEXT NOT NULL,
  serial INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  fields TEXT NOT NULL,
  at     TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (series, class, person)
) STRICT;
)sql";

// What people attached to cases; what happens to cases by itself, and when; cases that others have begun.
constexpr std::string_view kSecond = R"sql(
CREATE TABLE attachments (
  case_id  TEXT NOT NULL,
  seq      INTEGER NOT NULL,
  position INTEGER NOT NULL,
  path     TEXT NOT NULL,
  name     TEXT NOT NULL,
  hash     TEXT NOT NULL,
  size     INTEGER NOT NULL,
  PRIMARY KEY (case_id, seq, position)
) STRICT;

CREATE TABLE clocks (
  case_id  TEXT NOT NULL REFERENCES cases,
  position INTEGER NOT NULL,
  step     TEXT NOT NULL,
  seat     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  at       TEXT NOT NULL,
  PRIMARY KEY (case_id, position)
) STRICT;
CREATE INDEX clocks_by_time ON clocks (at);

CREATE TABLE children (
  child  TEXT PRIMARY KEY REFERENCES cases,
  parent TEXT NOT NULL REFERENCES cases,
  step   TEXT NOT NULL,
  seq    INTEGER NOT NULL
) STRICT;
CREATE INDEX children_by_parent ON children (parent);
)sql";

// A certificate may be replaced: the same person then has one more of the class, of the next generation. What became of
// numbers after they were given stands beside them.
constexpr std::string_view kThird = R"sql(
CREATE TABLE certificates_anew (
  series TEXT NOT NULL,
  class  TEXT NOT NULL,
  person TEXT NOT NULL,
  generation INTEGER NOT NULL,
  name   TEXT NOT NULL,
  serial INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  fields TEXT NOT NULL,
  at     TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (series, class, person, generation)
) STRICT;
INSERT INTO certificates_anew SELECT series, class, person, 1, name, serial, number, fields, at, seq FROM certificates;
DROP TABLE certificates;
ALTER TABLE certificates_anew RENAME TO certificates;
CREATE TABLE certificate_acts (
  number   TEXT NOT NULL,
  position INTEGER NOT NULL,
  act      TEXT NOT NULL,
  reason   TEXT NOT NULL,
  other    TEXT NOT NULL,
  actor    TEXT NOT NULL,
  at       TEXT NOT NULL,
  seq      INTEGER NOT NULL,
  PRIMARY KEY (number, position)
) STRICT;
)sql";

// What people are told, and what has become of telling them (outbox.h).
constexpr std::string_view kFourth = R"sql(
CREATE TABLE messages (
  seq        INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  key        TEXT NOT NULL UNIQUE,
  person     TEXT NOT NULL,
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  case_id    TEXT NOT NULL,
  case_title TEXT NOT NULL,
  step       TEXT NOT NULL,
  step_title TEXT NOT NULL,
  text       TEXT NOT NULL,
  at         TEXT NOT NULL,
  PRIMARY KEY (seq, position)
) STRICT;
CREATE TABLE deliveries (
  seq      INTEGER NOT NULL,
  position INTEGER NOT NULL,
  state    TEXT NOT NULL,
  at       TEXT NOT NULL,
  tries    INTEGER NOT NULL,
  fault    TEXT NOT NULL,
  PRIMARY KEY (seq, position),
  FOREIGN KEY (seq, position) REFERENCES messages
) STRICT;
CREATE INDEX deliveries_by_time ON deliveries (state, at, seq, position);
)sql";

}  // namespace

const std::vector<std::string_view>& migrations() {
  static const std::vector<std::string_view> list = {kFirst, kSecond, kThird, kFourth};
  return list;
}

}  // namespace wenshu::store::sqlite
