#pragma once
// The commands on a mailbox and on the definitions, a file for each group: what they ask of the
// engine, in which order, what they print, and the exit code they end with.

#include "app/commands/command_run.h"

namespace app {

// points.cpp: definitions, and what they would do.
[[nodiscard]] ExitCode points(CommandRun& run, const mail::Snapshot& snapshot);
[[nodiscard]] ExitCode export_point(CommandRun& run);
[[nodiscard]] ExitCode import_point(CommandRun& run);
[[nodiscard]] ExitCode propose(CommandRun& run);
[[nodiscard]] ExitCode what_if(CommandRun& run, const mail::point::Point& point);

// diagnose.cpp
[[nodiscard]] ExitCode diagnose(CommandRun& run, const mail::point::Point& point);

// password.cpp
[[nodiscard]] ExitCode store_password(CommandRun& run, const mail::point::Point& point);
[[nodiscard]] ExitCode forget_password(CommandRun& run, const mail::point::Point& point);

// authorize.cpp: sign-in by OAuth2.
[[nodiscard]] ExitCode authorize(CommandRun& run, const mail::point::Point& point);
[[nodiscard]] ExitCode show_account(CommandRun& run, const mail::point::Point& point);
[[nodiscard]] ExitCode sign_out(CommandRun& run, const mail::point::Point& point);
/// Not as an argument: those of a program can be read by others, and a code is in it.
[[nodiscard]] ExitCode hand_over_answer(CommandRun& run, const mail::point::Point& point);
[[nodiscard]] ExitCode print_admin_page(CommandRun& run, const mail::point::Point& point);

// messages.cpp
[[nodiscard]] ExitCode list(CommandRun& run);
[[nodiscard]] ExitCode take(CommandRun& run);
[[nodiscard]] ExitCode save(CommandRun& run);
/// Without a part: shows what there is to decide about.
[[nodiscard]] ExitCode decide(CommandRun& run);

// removal.cpp
[[nodiscard]] ExitCode remove(CommandRun& run);
[[nodiscard]] ExitCode restore(CommandRun& run);
[[nodiscard]] ExitCode show_quarantine(CommandRun& run);

// ocr.cpp
[[nodiscard]] ExitCode ocr(CommandRun& run, const mail::point::Point& point);
[[nodiscard]] ExitCode allow_command(CommandRun& run, const mail::point::Point& point);

// records.cpp: what was done, and how long that is kept.
[[nodiscard]] ExitCode report(CommandRun& run);
[[nodiscard]] ExitCode show_log(CommandRun& run);
[[nodiscard]] ExitCode retention(CommandRun& run, const mail::Snapshot& snapshot);

// extract.cpp: works on a file, and without an engine.
[[nodiscard]] ExitCode extract(const Arguments& arguments, gui::text::Language language);

}  // namespace app
