// The data of a case as acts change it: beginnings, changes, attachments, calculated fields. Inner header of app/.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "app/case_record.h"
#include "base/date.h"
#include "store/act.h"

namespace wenshu::app {

// Files to attach, by the field that gets each: "application.scan", "rows.0.scan" (rows count from 0).
using Attachments = std::map<std::string, std::filesystem::path>;

// The files' bytes, read before anything is locked, and the words that say which they were. Throws FaultyInput:
// no-such-file, file-too-large.
struct ReadAttachment {
  std::string name, bytes, hash;
};
std::map<std::string, ReadAttachment> read_attachments(const Attachments& files);

// What surrounds a change.
struct DataSurroundings {
  store::Act& act;
  const directory::Directory& office;
  Date date;
};

// The data with which a case begins: attachments, defaults and derived fields filled in, then checked. Throws
// FaultyInput with every fault.
void begin_data(CaseRecord& record, const data::Value& given,
                const std::map<std::string, ReadAttachment>& attached, const DataSurroundings& around);

// Changes with their attachments, so that one value says both; keeps the bytes in the store.
data::Value attach(const CaseRecord& record, data::Value changes,
                   const std::map<std::string, ReadAttachment>& attached, store::Act& act);

// The changes on top of the stored data (maps field by field, everything else is replaced), derived fields
// calculated anew. Refuses what the step or the form does not allow, and a file that was never attached.
void take_changes(CaseRecord& record, const data::Value& changes, const workflow::Act& wanted,
                  const DataSurroundings& around);

// After an effect wrote into the data.
void calculate_again(CaseRecord& record);

}  // namespace wenshu::app
