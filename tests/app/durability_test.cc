#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <random>
#include <thread>

#include "app/audit.h"
#include "app/case.h"
#include "app/register.h"
#include "tests/app/temporary_office.h"

namespace wenshu::app {
namespace {

// Runs `act` in a process of its own; its exit code is that of the command line.
template <class Act>
pid_t fork_act(Act act) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  try {
    act();
  } catch (const Refused&) {
    std::_Exit(static_cast<int>(Exit::refused));
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    std::_Exit(static_cast<int>(Exit::failed));
  }
  std::_Exit(0);
}

int exit_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(TwoProcesses, ThatIssueOneCaseAtOnceGiveOneNumber) {
  const TemporaryOffice office;
  office.open();
  for (int round = 0; round < 5; ++round) {
    const std::string id = office.start_and_approve();
    const pid_t one = fork_act([&] { office.act("xu-lei", id, "issue"); });
    const pid_t two = fork_act([&] { office.act("xu-lei", id, "issue"); });
    const int first = exit_of(one), second = exit_of(two);
    EXPECT_EQ(first + second, static_cast<int>(Exit::refused)) << first << " and " << second;
  }
  EXPECT_EQ(list_series(office.as("")).at(0).given, 5);
  EXPECT_EQ(to_text(verify_store(office.as("")).findings), "");
}

TEST(TwoProcesses, ThatSignOneCaseTogetherBothCount) {
  const TemporaryOffice office;
  office.open();
  for (int round = 0; round < 5; ++round) {
    const std::string id = office.start();
    office.act("li-na", id, "submit");
    const pid_t one = fork_act([&] { office.act("zhou-min", id, "agree"); });
    const pid_t two = fork_act([&] { office.act("sun-yuehua", id, "agree"); });
    EXPECT_EQ(exit_of(one), 0);
    EXPECT_EQ(exit_of(two), 0);
    const auto seats = show_case(office.as(""), id).seats;
    ASSERT_EQ(seats.size(), 1u);
    EXPECT_EQ(seats[0].step, "register");
  }
}

// A clerk's machine that dies at any instant: what was answered stays, what was not leaves no trace.
TEST(KilledProcess, LosesNothingAndNumbersOnce) {
  const TemporaryOffice office;
  office.open();
  const auto before = std::chrono::steady_clock::now();
  office.act("xu-lei", office.start_and_approve(), "issue");
  const auto once = std::chrono::steady_clock::now() - before;  // the kills fall on every part of it
  std::mt19937 random(20200727);
  std::uniform_real_distribution<double> part(0, 1.2);
  for (int kill = 0; kill < 30; ++kill) {
    const pid_t child = fork_act([&] {
      for (;;) office.act("xu-lei", office.start_and_approve(), "issue");
    });
    std::this_thread::sleep_for(once * part(random));
    ::kill(child, SIGKILL);
    EXPECT_EQ(exit_of(child), -1);
  }
  office.act("xu-lei", office.start_and_approve(), "issue");
  EXPECT_EQ(to_text(verify_store(office.as("")).findings), "");
  int64_t ended = 0;
  for (const auto& view : list_cases(office.as(""))) ended += view.open ? 0 : 1;
  const auto series = list_series(office.as(""));
  ASSERT_EQ(series.size(), 1u);
  EXPECT_EQ(series[0].given, ended);
  EXPECT_EQ(series[0].highest, ended);
  EXPECT_EQ(show_register(office.as(""), "seal-book").rows.size(), static_cast<size_t>(2 * ended));
}

TEST(FullDisk, FailsTheActAndLeavesTheCaseWhereItWas) {
  const TemporaryOffice office;
  office.open();
  const std::string id = office.start_and_approve();
  const auto before = verify_store(office.as("")).head;
  const int code = exit_of(fork_act([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{36'000, 36'000};  // 32 KiB for the index of the log, which itself does not fit
    ::setrlimit(RLIMIT_FSIZE, &limit);
    office.act("xu-lei", id, "issue");
  }));
  EXPECT_EQ(code, static_cast<int>(Exit::failed));
  EXPECT_EQ(verify_store(office.as("")).head.hash, before.hash);
  EXPECT_EQ(office.act("xu-lei", id, "issue").numbers, std::vector<std::string>{"柳校印〔2020〕1号"});
}

}  // namespace
}  // namespace wenshu::app
