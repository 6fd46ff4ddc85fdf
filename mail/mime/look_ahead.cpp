#include "mail/mime/look_ahead.h"

#include <algorithm>

#include "mail/base/ascii.h"
#include "mail/mime/part_head.h"

namespace mail::mime {
namespace {

constexpr int max_blank_lines = 10;

bool begins_mime_field(std::string_view line) {
    const std::size_t octets = field_name_octets(line);
    const std::string name = lower_case(line.substr(0, std::min<std::size_t>(octets, 64)));
    return name.starts_with("content-") || name == "mime-version";
}

std::string_view without_trailing_blanks(std::string_view text) {
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

}  // namespace

LookAhead::LookAhead(const Source& source, Range range, std::size_t window_octets)
    : reader_(source, range, window_octets), budget_(4 * range.octets() + (1 << 20)) {}

Result<bool> LookAhead::usual_field(std::uint64_t offset, int lines, BlankLines blank_lines) {
    reader_.seek(offset);
    for (int i = 0; i < lines; ++i) {
        const Result<std::optional<Line>> line = reader_.next();
        if (!line)
            return tl::make_unexpected(line.error());
        if (!*line)
            break;
        const std::string_view text = (*line)->text;
        if (is_usual_field(text))
            return true;
        const bool blank = trimmed(text).empty();
        if (text.starts_with("--") || (blank && blank_lines == BlankLines::end_it))
            break;
    }
    return false;
}

Result<std::optional<Line>> LookAhead::first_not_blank(std::uint64_t offset) {
    reader_.seek(offset);
    for (int i = 0; i <= max_blank_lines; ++i) {
        Result<std::optional<Line>> line = reader_.next();
        if (!line || !*line || !trimmed((*line)->text).empty())
            return line;
    }
    return std::nullopt;
}

Result<bool> LookAhead::mime_field(std::uint64_t offset) {
    const Result<std::optional<Line>> line = first_not_blank(offset);
    if (!line)
        return tl::make_unexpected(line.error());
    return *line && begins_mime_field((*line)->text);
}

Result<std::string> LookAhead::delimiter(std::uint64_t offset) {
    const Result<std::optional<Line>> line = first_not_blank(offset);
    if (!line)
        return tl::make_unexpected(line.error());
    if (!*line || !(*line)->text.starts_with("--"))
        return std::string();
    std::string delimiter(without_trailing_blanks((*line)->text));
    if (delimiter.find_first_not_of('-') == std::string::npos)
        return std::string();
    const Result<std::optional<Line>> following = reader_.next();
    if (!following)
        return tl::make_unexpected(following.error());
    return *following && begins_mime_field((*following)->text) ? delimiter : std::string();
}

Result<bool> LookAhead::occurs(std::uint64_t offset, const std::vector<std::string>& delimiters) {
    bool found = false;
    std::uint64_t end = offset;
    reader_.seek(offset);
    while (!found && !delimiters.empty()) {
        const Result<std::optional<Line>> line = reader_.next();
        if (!line)
            return tl::make_unexpected(line.error());
        if (!*line || (*line)->next - offset > budget_)
            break;
        end = (*line)->next;
        const std::string_view text = without_trailing_blanks((*line)->text);
        found =
            std::any_of(delimiters.begin(), delimiters.end(), [text](const std::string& wanted) {
                return text.starts_with(wanted) &&
                       (text.size() == wanted.size() || text.substr(wanted.size()) == "--");
            });
    }
    budget_ -= std::min(budget_, end - offset);
    return found;
}

}  // namespace mail::mime
