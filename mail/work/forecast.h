#pragma once
// What a point would make of messages, before anything of them is fetched: read from what the
// server tells of their structure. Pure.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/point/point.h"
#include "mail/work/message.h"

namespace mail::work {

struct Forecast {
    struct File {
        std::string part;  ///< mime::Part::path
        std::string name;  ///< as the mail says it; "" if it has none
        /// Its name in the target folder, "" of one that does not become a file. It gets a number
        /// where that name is in use.
        std::string file;
        std::string type;               ///< as the mail says
        std::uint64_t size_octets = 0;  ///< estimated
        Verdict verdict = Verdict::will_be_taken;
        Reason reason = Reason::attachment;
    };
    struct Message {
        std::uint32_t uid = 0;
        std::string subject, sender;
        std::chrono::sys_seconds received{};
        std::vector<File> files;  ///< of its parts those that become files, are skipped or need you
        /// The structure does not tell what is in it: the mail has to be read.
        bool has_to_be_read = false;
        std::optional<Error> error;  ///< it can't even be listed
    };
    std::vector<Message> messages;                     ///< the newest first
    std::size_t in_folder = 0;                         ///< so many messages are in the folder
    std::size_t files = 0, skipped = 0, need_you = 0;  ///< parts
    std::size_t without = 0;                           ///< messages without any of these
    std::size_t have_to_be_read = 0;                   ///< messages
    std::uint64_t octets = 0;                          ///< of `files`
};

/// `rows` as describe() makes them for this point.
[[nodiscard]] Forecast forecast(std::vector<MessageRow> rows, const point::Point& point);

}  // namespace mail::work
