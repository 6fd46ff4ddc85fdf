#include "mail/work/forecast.h"

#include <algorithm>
#include <utility>

#include "mail/work/choose.h"
#include "mail/work/naming.h"

namespace mail::work {

namespace {

Forecast::Message message_of(const MessageRow& row, const point::Point& point) {
    Forecast::Message message{.uid = row.uid,
                              .subject = row.subject,
                              .sender =
                                  row.sender_name.empty() ? row.sender_address : row.sender_name,
                              .received = row.received,
                              .files = {},
                              .has_to_be_read = row.whole_needed && !row.structure_error,
                              .error = row.structure_error};
    NamingFields fields{
        row.received, row.sender_name, row.sender_address, row.subject, "", point.name, 0, ""};
    for (const PartView& part : parts_of(row, row.initial).unpack()) {
        if (part.verdict == Verdict::not_attachment)
            continue;
        Forecast::File file{part.part.path,   part.part.name, "",         part.type,
                            part.size_octets, part.verdict,   part.reason};
        // One that is fetched and dropped for its content has its number all the same.
        if (part.verdict == Verdict::will_be_taken)
            ++fields.number;
        if (may_be_not_graphic(part, point.general)) {
            file.reason = Reason::not_graphic;
            if (announced_as(part) == Announced::other)
                file.verdict = Verdict::skipped;
        }
        if (file.verdict == Verdict::will_be_taken) {
            fields.name = part.part.name;
            fields.type = part.type;
            file.file = file_name_for(point.general.naming, fields);
        }
        message.files.push_back(std::move(file));
    }
    return message;
}

void count(Forecast& forecast, const Forecast::Message& message) {
    for (const Forecast::File& file : message.files) {
        const bool taken = file.verdict == Verdict::will_be_taken;
        forecast.files += taken ? 1 : 0;
        forecast.octets += taken ? file.size_octets : 0;
        forecast.skipped += file.verdict == Verdict::skipped ? 1 : 0;
        forecast.need_you += file.verdict == Verdict::needs_you ? 1 : 0;
    }
    forecast.have_to_be_read += message.has_to_be_read ? 1 : 0;
    forecast.without += message.files.empty() && !message.has_to_be_read && !message.error ? 1 : 0;
}

}  // namespace

Forecast forecast(std::vector<MessageRow> rows, const point::Point& point) {
    std::ranges::sort(rows, std::ranges::greater(), &MessageRow::uid);
    Forecast all;
    all.messages.reserve(rows.size());
    for (const MessageRow& row : rows) {
        all.messages.push_back(message_of(row, point));
        count(all, all.messages.back());
    }
    return all;
}

}  // namespace mail::work
