#include "app/messages_table.h"

#include <algorithm>
#include <chrono>

#include "gui/text/cli.h"
#include "gui/text/format.h"
#include "gui/text/reasons.h"
#include "gui/text/screens.h"
#include "mail/work/part_decision.h"

namespace app {

namespace {

namespace text = gui::text;

bool is_newer(const mail::MessageRow& a, const mail::MessageRow& b) {
    return a.received != b.received ? a.received > b.received : a.uid > b.uid;
}

/// Of the OCR point whose folder the files go to; null: none. Where somebody has set another
/// folder, or given one, no OCR program sees them.
const mail::point::Ocr* limits_for(const mail::Snapshot& snapshot, const mail::PointView& point) {
    const auto& chosen = point.definition->general.ocr_point;
    const mail::PointView* ocr = chosen ? snapshot.point(*chosen) : nullptr;
    const bool goes_there = ocr != nullptr && !ocr->file_error &&
                            ocr->definition->type == mail::point::Type::ocr &&
                            ocr->target_folder == point.target_folder;
    return goes_there ? &ocr->definition->ocr : nullptr;
}

}  // namespace

std::vector<Listed> listed_messages(const mail::Snapshot& snapshot, const std::string& point) {
    const mail::PointView* view = snapshot.point(point);
    std::vector<Listed> messages;
    if (view == nullptr || !view->mailbox)
        return messages;
    const mail::MailboxView& mailbox = *view->mailbox;
    const mail::point::Ocr* limits = limits_for(snapshot, *view);
    for (const auto& chunk : mailbox.chunks)
        for (const mail::MessageRow& row : *chunk)
            messages.push_back({&row, &mailbox.state_of(row), limits});
    std::ranges::stable_sort(
        messages, [](const Listed& a, const Listed& b) { return is_newer(*a.row, *b.row); });
    return messages;
}

MessagesTable::MessagesTable(const OutputStyle& style)
    : style_(style),
      now_(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())),
      table_({{std::string(text::table_uid.in(style.language)), Table::Side::right},
              {std::string(text::column_status.in(style.language))},
              {std::string(text::column_received.in(style.language))},
              {std::string(text::column_sender.in(style.language)), Table::Side::left, true},
              {std::string(text::column_subject.in(style.language)), Table::Side::left, true},
              {std::string(text::table_attachments.in(style.language)), Table::Side::right},
              {std::string(text::column_size.in(style.language)), Table::Side::right}}) {}

MessagesTable::Line MessagesTable::lay_out(const mail::MessageRow& row,
                                           const mail::MessageState& state) {
    const auto language = style_.language;
    return {&row, state.status,
            table_.add({std::to_string(row.uid),
                        std::string(text::words_of(state.status,
                                                   mail::work::was_skipped(row, state), language)),
                        text::moment(row.received, now_, language),
                        row.sender_name.empty() ? row.sender_address : row.sender_name, row.subject,
                        std::to_string(row.attachments), text::size(row.size_octets, language)})};
}

void MessagesTable::prepare(const mail::MailboxView& mailbox) {
    for (const Chunk& chunk : mailbox.chunks) {
        const auto [at, is_new] = lines_.try_emplace(chunk);
        if (!is_new)
            continue;
        at->second.reserve(chunk->size());
        for (const mail::MessageRow& row : *chunk)
            at->second.push_back(lay_out(row, mailbox.state_of(row)));
    }
}

std::string MessagesTable::text(const mail::MailboxView& mailbox) {
    prepare(mailbox);
    std::vector<Line> lines;
    for (const Chunk& chunk : mailbox.chunks)
        for (Line line : lines_.at(chunk)) {
            const mail::MessageState& now = mailbox.state_of(*line.row);
            lines.push_back(line.status == now.status ? line : lay_out(*line.row, now));
        }
    const auto by_row = [](const Line& a, const Line& b) { return is_newer(*a.row, *b.row); };
    if (!std::ranges::is_sorted(lines, by_row))
        std::ranges::stable_sort(lines, by_row);
    std::vector<std::size_t> numbers;
    numbers.reserve(lines.size());
    for (const Line& line : lines)
        numbers.push_back(line.number);
    return table_.text(style_.columns, numbers);
}

}  // namespace app
