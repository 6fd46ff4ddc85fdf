#include "mail/work/choose.h"

#include <algorithm>
#include <array>
#include <string>

#include "mail/base/utf8.h"
#include "mail/mime/attachments.h"
#include "mail/mime/file_name.h"
#include "mail/mime/sniff.h"

namespace mail::work {

namespace {

// Pictures inside a text up to this size are decoration; a scan or a photo of an invoice is larger.
constexpr std::uint64_t max_logo_octets = 16 * 1024;
constexpr std::uint64_t max_decoration_octets = 64 * 1024;

bool is_inside(const mime::Structure& structure, std::size_t index, std::string_view container) {
    for (int at = structure.parts[index].parent; at >= 0;
         at = structure.parts[static_cast<std::size_t>(at)].parent)
        if (structure.parts[static_cast<std::size_t>(at)].type == container)
            return true;
    return false;
}

/// A picture that the text shows (RFC 2387): what "pictures in the text" is about.
bool is_shown_in_text(const mime::Structure& structure, std::size_t index) {
    const mime::Part& part = structure.parts[index];
    return part.type.starts_with("image/") && !part.content_id.empty() &&
           part.disposition != mime::Disposition::attachment &&
           is_inside(structure, index, "multipart/related");
}

bool is_program_type(std::string_view type) {
    return type == "application/vnd.microsoft.portable-executable" ||
           type == "application/x-executable" || type == "application/x-dosexec" ||
           type == "application/x-msdownload" || type == "application/x-elf" ||
           type == "application/x-mach-binary";
}

void set(PartView& view, Verdict verdict, Reason reason) {
    view.verdict = verdict;
    view.reason = reason;
}

void judge_uncounted(PartView& view, const mime::Part& part) {
    if (part.type == "message/external-body")
        set(view, Verdict::skipped, Reason::link_only);
    else if (mime::is_control_type(part.type))
        set(view, Verdict::not_attachment, Reason::signature);
    else if (part.size_octets == 0 && !part.is_text())
        set(view, Verdict::skipped, Reason::empty);
    else
        set(view, Verdict::not_attachment, Reason::body);
}

void judge_inline_picture(PartView& view, const point::General& general) {
    const std::uint64_t size = view.size_octets;
    const bool skip =
        general.inline_images == point::InlineImages::skip ||
        (general.inline_images == point::InlineImages::automatic && size <= max_decoration_octets);
    if (skip)
        set(view, Verdict::skipped,
            size <= max_logo_octets ? Reason::logo : Reason::inline_picture);
}

/// All of the view but its part.
void judge(PartView& view, const mime::Structure& structure, std::size_t index,
           const point::General& general) {
    const mime::Part& part = structure.parts[index];
    view.type = part.type;
    view.size_octets = part.estimated_octets();
    if (part.is_multipart() || part.has_children) {
        set(view, Verdict::not_attachment, Reason::container);
        return;
    }
    view.counts = mime::counts_as_attachment(structure, index);
    if (!view.counts) {
        judge_uncounted(view, part);
        return;
    }
    set(view, Verdict::will_be_taken, Reason::attachment);
    if (is_program_name(part.name))
        set(view, Verdict::needs_you, Reason::executable);
    else if (is_shown_in_text(structure, index))
        judge_inline_picture(view, general);
}

}  // namespace

bool is_program_name(std::string_view name) {
    // In their order.
    static constexpr std::array<std::string_view, 30> extensions{
        ".app", ".bat", ".cmd", ".com", ".cpl", ".desktop", ".dll", ".exe", ".hta", ".img",
        ".iso", ".jar", ".js",  ".jse", ".lnk", ".msc",     ".msi", ".msp", ".pif", ".ps1",
        ".reg", ".scf", ".scr", ".sh",  ".url", ".vbe",     ".vbs", ".vhd", ".wsf", ".wsh"};
    static_assert(std::ranges::is_sorted(extensions));
    // Blanks and dots at the end are dropped by Windows: "a.exe ." is a program there.
    while (!name.empty() && (name.back() == '.' || name.back() == ' '))
        name.remove_suffix(1);
    const std::string extension = utf8::folded(mime::split_name(name).extension);
    return std::ranges::binary_search(extensions, std::string_view(extension));
}

Parts choose(mime::Structure structure, const point::General& general) {
    Parts parts(structure.parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        judge(parts[i], structure, i, general);
    // Only now: a part is judged by those that it lies in, too.
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i].part = std::move(structure.parts[i]);
    if (!structure.complete && !parts.empty() && parts.front().verdict == Verdict::not_attachment)
        mark_incomplete(parts);
    return parts;
}

void mark_incomplete(Parts& parts) {
    if (parts.empty() || parts.front().verdict != Verdict::not_attachment) {
        PartView whole;
        whole.part.type = whole.type = "multipart/mixed";
        parts.insert(parts.begin(), std::move(whole));
    }
    set(parts.front(), Verdict::needs_you, Reason::too_large);
    parts.front().counts = true;
}

bool is_incomplete(const Parts& parts) {
    return !parts.empty() && parts.front().verdict == Verdict::needs_you &&
           parts.front().reason == Reason::too_large;
}

void judge_content(PartView& part, std::string_view type, std::uint64_t size_octets,
                   const point::General& general) {
    if (!type.empty())
        part.type = type;
    part.size_octets = size_octets;
    if (part.verdict != Verdict::will_be_taken || part.decision == store::Decision::take)
        return;
    if (size_octets == 0)
        set(part, Verdict::skipped, Reason::empty);
    else if (is_program_type(part.type))
        set(part, Verdict::needs_you, Reason::executable);
    else if (general.only_graphic_attachments && !mime::is_graphic(part.type))
        set(part, Verdict::skipped, Reason::not_graphic);
}

Announced announced_as(const PartView& part) {
    // In their order. What a mail program calls jfif is a jpg.
    static constexpr std::array<std::string_view, 13> graphic{
        ".bmp", ".gif", ".heic", ".heif", ".jfif", ".jpe", ".jpeg",
        ".jpg", ".pdf", ".png",  ".tif",  ".tiff", ".webp"};
    static_assert(std::ranges::is_sorted(graphic));
    static constexpr std::array<std::string_view, 3> of_anything{".bin", ".dat", ".tmp"};
    const std::string extension = utf8::folded(mime::split_name(part.part.name).extension);
    if (mime::is_graphic(part.type) ||
        std::ranges::binary_search(graphic, std::string_view(extension)))
        return Announced::graphic;
    const bool is_picture = part.type.starts_with("image/") && part.type != "image/svg+xml";
    const bool type_tells = !part.type.empty() && part.type != "application/octet-stream";
    const bool name_tells =
        mime::is_real_extension(extension) &&
        std::ranges::find(of_anything, std::string_view(extension)) == of_anything.end();
    return !is_picture && (type_tells || name_tells) ? Announced::other : Announced::unknown;
}

bool may_be_not_graphic(const PartView& part, const point::General& general) {
    return general.only_graphic_attachments && part.verdict == Verdict::will_be_taken &&
           part.decision != store::Decision::take && announced_as(part) != Announced::graphic;
}

bool is_saved(const PartView& part) {
    return part.verdict == Verdict::taken ||
           (part.verdict == Verdict::skipped && part.reason == Reason::saved_before);
}

std::uint32_t attachments_in(const Parts& parts) {
    return static_cast<std::uint32_t>(std::ranges::count_if(parts, [](const PartView& part) {
        return part.verdict == Verdict::will_be_taken || is_saved(part) ||
               part.verdict == Verdict::needs_you;
    }));
}

Status status_of(const Parts& parts) {
    bool wanted = false;
    bool saved = false;
    bool needs_operator = false;
    for (const PartView& part : parts) {
        wanted |= part.verdict == Verdict::will_be_taken;
        saved |= is_saved(part);
        needs_operator |= part.verdict == Verdict::needs_you;
    }
    if (wanted)
        return Status::new_;
    if (needs_operator)
        return Status::check;
    return saved ? Status::taken : Status::none;
}

}  // namespace mail::work
