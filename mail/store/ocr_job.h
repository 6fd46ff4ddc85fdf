#pragma once
// What the ledger knows of a file in the folder of an OCR point. Plain data; docs/ocr.md.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mail::store {

struct OcrJob {
    /// running: somebody's, or left by a program that was cut off; then it is read as queued.
    enum class State { queued, running, done, failed };
    /// Why it failed. Up to unreadable: it was never run.
    enum class Reason {
        none,
        empty,
        too_large,
        too_many_pages,
        wrong_type,
        unreadable,
        password_protected,
        command_missing,  ///< words: the system's
        command_failed,   ///< code: what it exited with
        command_crashed,  ///< code: the signal
        no_result,        ///< it ended well, and nothing was there, or nothing was in it
        not_stored,       ///< there is a result that could not be brought to its place
        timed_out,
        stopped,  ///< by an operator
    };
    std::string point;   ///< its id
    std::string folder;  ///< path
    std::string file;    ///< name within the folder
    std::uint64_t size_octets = 0;
    std::int64_t modified = 0;  ///< seconds since 1970
    std::optional<std::uint32_t> pages;
    State state = State::queued;
    Reason reason = Reason::none;
    int code = 0;
    std::string words;          ///< what the command said last; UTF-8, of one line
    std::string scratch;        ///< folder that a run has, or that one which was cut off has left
    std::string result;         ///< path; of a running one where its result is about to be
    std::string result_sha256;  ///< hex
    std::chrono::sys_seconds since{};  ///< first seen
    std::chrono::sys_seconds when{};   ///< of the state
    /// Of a running one: the computer of whoever runs it; "" is this ledger object.
    std::string host = {};
    /// Operator, for the activity log: with it a job that ends is logged. Not kept in the row.
    std::optional<std::string> who = {};
};
/// "done", "too_large" …: as in JSON and in state.db, so never changed.
[[nodiscard]] std::string_view name_of(OcrJob::State state);
[[nodiscard]] std::string_view name_of(OcrJob::Reason reason);

/// By their order.
inline constexpr std::array<std::string_view, 14> ocr_reason_names{"",
                                                                   "empty",
                                                                   "too_large",
                                                                   "too_many_pages",
                                                                   "wrong_type",
                                                                   "unreadable",
                                                                   "password_protected",
                                                                   "command_missing",
                                                                   "command_failed",
                                                                   "command_crashed",
                                                                   "no_result",
                                                                   "not_stored",
                                                                   "timed_out",
                                                                   "stopped"};
[[nodiscard]] constexpr std::optional<OcrJob::Reason> ocr_reason_named(std::string_view name) {
    for (std::size_t i = 0; i < ocr_reason_names.size(); ++i)
        if (ocr_reason_names[i] == name)
            return static_cast<OcrJob::Reason>(i);
    return std::nullopt;
}

}  // namespace mail::store
