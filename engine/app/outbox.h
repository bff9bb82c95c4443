// wenshu outbox list, deliver, retry: what people are told leaves the store by a channel that the office gives - a folder
// that its mail or OA gateway empties, or a program that is called once for each message. At least once: who is killed
// between handing over and noting it hands over again, under the same key.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "data/value.h"
#include "store/outbox.h"

namespace wenshu::app {

using store::Delivery;
using store::Message;

// Takes one message, as JSON; throws Failure with the reason when it cannot.
class Channel {
 public:
  virtual ~Channel() = default;
  virtual void take(const std::string& key, const std::string& json) = 0;
  virtual int64_t at_once() const = 0;  // how many may be handed over before the store is told
};

// Each message a file KEY.json, written beside and renamed: who looks there sees whole files. Throws NotFound when there
// is no such folder.
std::unique_ptr<Channel> open_folder(const std::filesystem::path& folder);
// The program is called without a shell, with KEY as its argument and the JSON on its standard input; exit code 0 means
// taken. What it says on stderr is the reason. Killed after `patience`. Throws NotFound when there is no such program.
std::unique_ptr<Channel> open_program(const std::filesystem::path& program, std::chrono::seconds patience);

struct DeliveryPlan {
  int64_t tries =
      20;  // then a message is given up: over three days, because the pauses double up to six hours
  std::optional<int64_t> most = {};  // messages in this run
};

struct DeliveryReport {
  struct Fault {
    Message message;
    std::string why;
    bool given_up = false;
  };
  int64_t delivered = 0;
  std::vector<Fault> faults;
  int64_t waiting = 0, given_up = 0;  // in the store, afterwards
  bool stopped = false;               // five faults in a row: it is the channel
};

// All messages whose time has come, in their order.
DeliveryReport deliver_messages(const Context& context, Channel& channel, const DeliveryPlan& plan);

std::vector<Message> list_outbox(const Context& context, const std::string& state);  // of one state; "": all
size_t retry_outbox(const Context& context, const std::vector<std::string>& keys);

std::string to_chinese(Delivery state);        // 待送 已送 已放弃
data::Value to_value(const Message& message);  // with its state
data::Value to_value(const DeliveryReport& report);

}  // namespace wenshu::app
