#include "app/outbox.h"

#include <algorithm>

#include "app/office.h"
#include "app/published.h"
#include "base/error.h"
#include "data/write.h"

namespace wenshu::app {

using data::Value;

namespace {

constexpr auto kLease =
    std::chrono::minutes(10);  // longer than any channel takes over what it is given at once
constexpr int kFaultsInARow = 5;

Value number(int64_t value) { return Value::number(static_cast<long long>(value)); }

// What the channel gets: nothing that changes from try to try.
Value content_of(const Message& message) {
  Value content = Value::map();
  content.set("key", message.key);
  content.set("person", message.person);
  content.set("name", message.name);
  content.set("kind", message.kind);
  content.set("case", message.case_id);
  content.set("case_title", message.case_title);
  content.set("step", message.step);
  content.set("step_title", message.step_title);
  content.set("text", message.text);
  content.set("at", message.made_at);
  return content;
}

// 1, 2, 4 … minutes, at most six hours.
std::chrono::minutes pause_after(int64_t tries) {
  constexpr int64_t kLongest = 360;
  return std::chrono::minutes(tries > 9 ? kLongest : std::min(kLongest, int64_t{1} << (tries - 1)));
}

class Run {
 public:
  Run(const Context& context, Channel& channel, const DeliveryPlan& plan)
      : store_(open_store(context)), channel_(channel), plan_(plan), now_(context.clock->now()) {}

  DeliveryReport run() {
    while (!report_.stopped) {
      const int64_t left = plan_.most.value_or(channel_.at_once()) - (plan_.most ? handled_ : 0);
      const auto messages =
          store::claim_messages(store_, now_, now_ + kLease, std::min(left, channel_.at_once()));
      if (messages.empty()) break;
      std::vector<store::Outcome> outcomes;
      for (const Message& message : messages) outcomes.push_back(hand_over(message));
      store::note_deliveries(store_, outcomes);
      handled_ += static_cast<int64_t>(messages.size());
    }
    store::Tx tx(store_.db(), store::Access::read);
    report_.waiting = store::count_messages(tx, Delivery::waiting);
    report_.given_up = store::count_messages(tx, Delivery::given_up);
    return std::move(report_);
  }

 private:
  store::Outcome hand_over(const Message& message) {
    if (report_.stopped)
      return {message.seq, message.position, Delivery::waiting, now_, message.fault, false};
    try {
      channel_.take(message.key, data::to_pretty_json(content_of(message)) + "\n");
    } catch (const Failure& failure) {
      const bool last = message.tries >= plan_.tries;
      report_.faults.push_back({message, failure.what(), last});
      report_.stopped = ++in_a_row_ >= kFaultsInARow;
      return {message.seq, message.position, last ? Delivery::given_up : Delivery::waiting,
              last ? now_ : now_ + pause_after(message.tries), failure.what()};
    }
    in_a_row_ = 0;
    ++report_.delivered;
    return {message.seq, message.position, Delivery::delivered, now_, ""};
  }

  store::Store store_;
  Channel& channel_;
  const DeliveryPlan& plan_;
  Time now_;
  DeliveryReport report_;
  int64_t handled_ = 0;
  int in_a_row_ = 0;
};

}  // namespace

DeliveryReport deliver_messages(const Context& context, Channel& channel, const DeliveryPlan& plan) {
  return Run(context, channel, plan).run();
}

std::vector<Message> list_outbox(const Context& context, const std::string& state) {
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  return store::list_messages(tx, store::parse_delivery(state));
}

size_t retry_outbox(const Context& context, const std::vector<std::string>& keys) {
  store::Store store = open_store(context);
  return store::retry_messages(store, keys, context.clock->now());
}

std::string to_chinese(Delivery state) {
  return state == Delivery::waiting ? "待送" : state == Delivery::delivered ? "已送" : "已放弃";
}

Value to_value(const Message& message) {
  Value value = content_of(message);
  value.set("state", std::string(store::to_text(message.state)));
  value.set("since", message.at);
  value.set("tries", number(message.tries));
  value.set("fault", message.fault);
  return value;
}

Value to_value(const DeliveryReport& report) {
  Value value = Value::map();
  value.set("delivered", number(report.delivered));
  Value& faults = value.set("faults", Value::list());
  for (const auto& fault : report.faults) {
    Value one = Value::map();
    one.set("key", fault.message.key);
    one.set("person", fault.message.person);
    one.set("tries", number(fault.message.tries));
    one.set("why", fault.why);
    one.set("given_up", Value::boolean(fault.given_up));
    faults.add(std::move(one));
  }
  value.set("waiting", number(report.waiting));
  value.set("given_up", number(report.given_up));
  value.set("stopped", Value::boolean(report.stopped));
  return value;
}

}  // namespace wenshu::app
