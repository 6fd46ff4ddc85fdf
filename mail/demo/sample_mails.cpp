#include "mail/demo/sample_mails.h"

#include <array>
#include <utility>

#include "mail/base/hash.h"

namespace mail::demo {
namespace {

/// In the order in which they were received.
constexpr std::array makers{
    newsletter,
    invoice_with_pdf,
    invoice_with_encoded_name_and_logo,
    invoice_with_extended_name_signed,
    invoice_with_name_in_pieces,
    plain_letter_with_raw_subject,
    invoice_with_structured_file,
    pdf_shown_inline,
    invoice_in_forwarded_message,
    mail_that_is_the_pdf,
    winmail_from_outlook,
    report_with_pictures_only,
    scan_as_jpeg,
    scan_as_tiff,
    files_in_archive,
    reply_without_attachment,
    broken_frame,
    uuencoded_in_text,
    structured_file_as_text_and_empty_file,
    two_files_with_one_name,
    large_scan,
    invoice_sent_again,
    program_with_the_name_of_a_pdf,
    invoice_with_three_files,
};

}  // namespace

std::chrono::sys_seconds november(unsigned day, unsigned hour, unsigned minute) {
    using namespace std::chrono;
    return sys_days{year{2026} / November / std::chrono::day{day}} + hours(hour) + minutes(minute) -
           hours(1);
}

LetterHead sample_head(Person from, std::string_view subject, std::chrono::sys_seconds date) {
    const std::string domain = from.address.substr(from.address.find('@') + 1);
    LetterHead head;
    head.from = std::move(from);
    head.to = {"Przykładowa Firma", "faktury@firma.example"};
    head.raw_subject = encoded_word(subject);
    head.date = date;
    head.message_id = std::to_string(date.time_since_epoch().count()) + ".mp@" + domain;
    return head;
}

Sample sample(const LetterHead& head, std::string_view subject, std::vector<SampleFile> files,
              std::string_view part) {
    using namespace std::chrono_literals;
    return {std::string(subject), head.from, std::move(files),
            Mail{letter(head, part), head.date + 7s}};
}

std::vector<Mail> sample_mails() {
    std::vector<Mail> mails;
    for (const auto& make : makers)
        mails.push_back(make().mail);
    return mails;
}

std::vector<ExpectedMail> expected_mails() {
    std::vector<ExpectedMail> table;
    for (const auto& make : makers) {
        const Sample made = make();
        ExpectedMail& row = table.emplace_back();
        row.subject = made.subject;
        row.sender_name = made.sender.name;
        row.sender_address = made.sender.address;
        for (const SampleFile& file : made.files)
            row.files.push_back({file.name, sha256_hex(file.raw), file.raw.size(), file.kind});
    }
    return table;
}

}  // namespace mail::demo
