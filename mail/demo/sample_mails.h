#pragma once
// The sample mails one by one, each with the files that were put into it. All firms, people and
// numbers are invented; every function gives the same octets at every call. Pure.

#include <chrono>
#include <string>
#include <vector>

#include "mail/demo/expected.h"
#include "mail/demo/letter.h"
#include "mail/demo/sample_pdf.h"
#include "mail/demo/server.h"

namespace mail::demo {

struct SampleFile {
    std::string name, raw;
    ExpectedFile::Kind kind = ExpectedFile::Kind::document;
};

struct Sample {
    std::string subject;  ///< UTF-8
    Person sender;
    std::vector<SampleFile> files;
    Mail mail;
};

/// What a sample starts from: who writes what, and when. `subject` is UTF-8.
[[nodiscard]] LetterHead sample_head(Person from, std::string_view subject,
                                     std::chrono::sys_seconds date);
/// The mail made of `head` and `part`, received when it was sent.
[[nodiscard]] Sample sample(const LetterHead& head, std::string_view subject,
                            std::vector<SampleFile> files, std::string_view part);
/// Polish time, November 2026.
[[nodiscard]] std::chrono::sys_seconds november(unsigned day, unsigned hour, unsigned minute);
/// The invoice that comes twice: at first, and with the reminder.
[[nodiscard]] std::string paper_invoice();
[[nodiscard]] Person paper_wholesaler();

/// sample_invoices.cpp: what an office gets every day.
[[nodiscard]] Sample invoice_with_pdf();
[[nodiscard]] Sample invoice_with_encoded_name_and_logo();
[[nodiscard]] Sample invoice_with_extended_name_signed();
[[nodiscard]] Sample invoice_with_name_in_pieces();
[[nodiscard]] Sample invoice_with_three_files();
[[nodiscard]] Sample invoice_with_structured_file();
[[nodiscard]] Sample invoice_sent_again();
[[nodiscard]] Sample two_files_with_one_name();

/// sample_letters.cpp: other mail, and other kinds of files.
[[nodiscard]] Sample newsletter();
[[nodiscard]] Sample plain_letter_with_raw_subject();
[[nodiscard]] Sample reply_without_attachment();
[[nodiscard]] Sample report_with_pictures_only();
[[nodiscard]] Sample scan_as_jpeg();
[[nodiscard]] Sample scan_as_tiff();
[[nodiscard]] Sample files_in_archive();
[[nodiscard]] Sample structured_file_as_text_and_empty_file();

/// sample_oddities.cpp: what makes programs stumble.
[[nodiscard]] Sample pdf_shown_inline();
[[nodiscard]] Sample invoice_in_forwarded_message();
[[nodiscard]] Sample mail_that_is_the_pdf();
[[nodiscard]] Sample winmail_from_outlook();
[[nodiscard]] Sample broken_frame();
[[nodiscard]] Sample uuencoded_in_text();
[[nodiscard]] Sample large_scan();
[[nodiscard]] Sample program_with_the_name_of_a_pdf();

}  // namespace mail::demo
