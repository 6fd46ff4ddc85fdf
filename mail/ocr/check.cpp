#include "mail/ocr/check.h"

#include "mail/mime/sniff.h"
#include "mail/ocr/limits.h"
#include "mail/ocr/pdf.h"

namespace mail::ocr {

namespace {

using store::OcrJob;

constexpr std::string_view pdf = "application/pdf";

Result<std::string> first_octets_of(Disk& disk, const std::string& path) {
    return disk.open(path).and_then([](const std::unique_ptr<OldFile>& file) {
        std::string first(mime::sniff_octets, '\0');
        std::size_t filled = 0;
        for (;;) {
            const auto done = file->read(first.data() + filled, first.size() - filled);
            if (!done)
                return Result<std::string>(tl::unexpected(done.error()));
            filled += *done;
            if (*done == 0 || filled == first.size())
                return Result<std::string>(first.substr(0, filled));
        }
    });
}

/// What the disk says of a file that is there.
Result<Checked> unless_gone(const Error& error) {
    if (error.cause == Cause::file_not_found)
        return tl::unexpected(error);
    return Checked{OcrJob::Reason::unreadable, std::nullopt};
}

}  // namespace

Result<Checked> check_file(Disk& disk, const std::string& path, const point::Ocr& limits) {
    const auto entry = disk.look(path);
    if (!entry)
        return unless_gone(entry.error());
    if (entry->size_octets == 0)
        return Checked{OcrJob::Reason::empty, std::nullopt};
    if (is_too_large(entry->size_octets, limits))
        return Checked{OcrJob::Reason::too_large, std::nullopt};
    const auto first = first_octets_of(disk, path);
    if (!first)
        return unless_gone(first.error());
    const std::string_view type = mime::sniff(*first);
    if (reason_against(type, entry->size_octets, limits) != OcrJob::Reason::none) {
        const bool is_damaged = type.empty() && is_named_as_accepted(path, limits);
        return Checked{is_damaged ? OcrJob::Reason::unreadable : OcrJob::Reason::wrong_type,
                       std::nullopt, std::string(type)};
    }
    if (type != pdf)
        return Checked{};
    const auto facts = pdf_facts_of(disk, path);
    if (!facts)
        return unless_gone(facts.error());
    const bool too_many = limits.max_pages > 0 && facts->pages &&
                          *facts->pages > static_cast<std::uint32_t>(limits.max_pages);
    return Checked{too_many ? OcrJob::Reason::too_many_pages : OcrJob::Reason::none, facts->pages};
}

bool is_encrypted_pdf(Disk& disk, const std::string& path) {
    const auto first = first_octets_of(disk, path);
    if (!first || mime::sniff(*first) != pdf)
        return false;
    const auto facts = pdf_facts_of(disk, path);
    return facts && facts->is_encrypted;
}

}  // namespace mail::ocr
