// What happened, once and for good: the append-only, hash-chained list from which every other table follows.
//
// An event's hash is SHA-256 (lower-case hex) over these bytes (LF is U+000A, numbers are decimal without
// sign or leading zeros, `length` counts bytes of UTF-8):
//
//   record   = "wenshu-event-1" LF seq LF field(at) field(actor) field(kind)
//              field(subject) request field(body) field(previous)
//   request  = "-" LF | field(request id)       ; "-" when the act had no request id
//   field(x) = length(x) ":" x LF
//
// `previous` is the hash of event seq-1, and 64 zeros for event 1. seq begins at 1 and has no holes.
//
// `kind` says what a person did (office-loaded, definitions-published, case-started, case-acted,
// case-clocked, rows-imported, certificates-numbered, certificate-voided, certificate-replaced, certificate-reissued,
// key-made, key-rotated, key-revoked); what followed from it stands in the sections of `body`, a JSON
// object. projector.h turns sections into tables without asking for the kind:
//
//   input         hex: SHA-256 of what the person gave; a request id used again must come with the same input
//   definitions   [{kind, name, version, title, fingerprint, files: [{path, hash}]}]
//   case          {id, workflow, version, serial, title, initiator, open, marking, data?}
//                 the state after the act; `data` is left out when the act did not change it
//   seats         [{step, title, person}]   who may act on the case now, in place of those before
//   clocks        [{step, seat, kind, at}]   what will happen to the case by itself, in place of those before
//   child         {parent, step}   the case was begun by a step of another one
//   messages      [{person, name, kind, case, case_title, step, step_title, text}]   to people, of what the act did (outbox.h)
//   entries       [{...}]                   what the act adds to the case's history, as app/ prints it
//   numbers       [{series, scope, serial, number, subject?}]   `subject` is import for a number that an imported row
//                 holds and that was passed over; otherwise the event's own
//   files         [{name, hash, size}]      documents of the case
//   attachments   [{path, name, hash, size}]   what a person put into fields of the case
//   rows          [{register, cells: {...}}]
//   certificates  {series, class, scope, register, rows: [{person, name, serial, number, fields: {...},
//                 cells: {...}, generation?}]}   `cells` is the row for the register, if there is one; `generation`
//                 counts the certificates of one person in a class, 1 when it is left out
//   certificate_acts  [{number, act, reason, other?}]   act: void, replace (`other` is the number that takes its place), reissue
//   keys          [{id, name, algorithm, public, state, reason?}]   public halves of signing keys; the few events of the subject
//                 `signing-keys` are read themselves, no table follows from them
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/value.h"
#include "store/db.h"

namespace wenshu::store {

struct Event {
  int64_t seq = 0;
  std::string at;     // UTC, 2020-07-27T01:00:00Z
  std::string actor;  // id of a person; "" for the program itself
  std::string kind;
  std::string subject;  // the case, or what else it is about
  std::optional<std::string> request;
  std::string body;  // JSON, the very bytes that were hashed
  std::string previous;
  std::string hash;
};

// Where the chain stands. Written down outside (printed, mailed), it proves later that no tail was cut off.
struct Head {
  int64_t seq = 0;
  std::string hash;
};

extern const std::string kFirstPrevious;  // 64 zeros

// `hash` of the event is not read.
std::string hash_of(const Event& event);

Head find_head(Tx& tx);
std::optional<Event> find_event(Tx& tx, int64_t seq);
std::optional<Event> find_request(Tx& tx, const std::string& request);
// Events about one subject, oldest first.
std::vector<Event> list_events(Tx& tx, const std::string& subject);

// Throws Failure when the body is no JSON object (the file was tampered with).
data::Value body_of(const Event& event);

// Fills seq, previous and hash in and writes the row. Nothing is projected: see Act.
Event append_event(Tx& tx, Event event);

// The columns of `SELECT seq, at, actor, kind, subject, request, body, previous, hash FROM events`.
extern const std::string kEventColumns;
Event to_event(const Row& row);

}  // namespace wenshu::store
