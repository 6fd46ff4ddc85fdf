#include "mail/preview/plain_text.h"

#include <algorithm>

#include "mail/base/utf8.h"

namespace mail::preview {

namespace {

/// The next line without its end, which may be of any kind.
std::string_view next_line(std::string_view& rest) {
    const std::size_t end = rest.find_first_of("\r\n");
    const std::string_view line = rest.substr(0, end);
    if (end == std::string_view::npos) {
        rest = {};
        return line;
    }
    const bool is_pair = rest.substr(end, 2) == "\r\n";
    rest.remove_prefix(end + (is_pair ? 2 : 1));
    return line;
}

/// A line as RFC 3676, 4 reads it.
struct FlowedLine {
    std::size_t quotes = 0;
    std::string_view text;
    bool goes_on = false;
};

FlowedLine read_flowed(std::string_view line, mime::Flow flow) {
    FlowedLine read;
    read.quotes = std::min(line.find_first_not_of('>'), line.size());
    line.remove_prefix(read.quotes);
    if (line.starts_with(' '))  // stuffed
        line.remove_prefix(1);
    read.goes_on = line.ends_with(' ') && line != "-- ";
    if (read.goes_on && flow == mime::Flow::flowed_without_spaces)
        line.remove_suffix(1);
    read.text = line;
    return read;
}

class Writer {
public:
    explicit Writer(std::size_t max_octets) : max_octets_(max_octets) {}

    void add(std::string_view line) {
        for (std::size_t at = 0; at < line.size() && !is_full_;) {
            const std::size_t begin = at;
            const char32_t code_point = utf8::next(line, at);
            const bool shows = code_point == '\t' ||
                               !(utf8::is_control(code_point) || utf8::is_invisible(code_point));
            if (!shows)
                continue;
            if (code_point == 0xFFFD)
                put("\xEF\xBF\xBD");
            else
                put(line.substr(begin, at - begin));
        }
    }
    void end_line() { put("\n"); }
    [[nodiscard]] bool is_full() const { return is_full_; }
    [[nodiscard]] PlainText take() {
        while (!is_full_ && text_.ends_with('\n'))
            text_.pop_back();
        return {std::move(text_), is_full_};
    }

private:
    void put(std::string_view octets) {
        is_full_ = is_full_ || text_.size() + octets.size() > max_octets_;
        if (!is_full_)
            text_ += octets;
    }
    std::size_t max_octets_;
    std::string text_;
    bool is_full_ = false;
};

void write_flowed(std::string_view rest, mime::Flow flow, Writer& writer) {
    bool goes_on = false;
    std::size_t quotes = 0;
    while (!rest.empty() && !writer.is_full()) {
        const FlowedLine line = read_flowed(next_line(rest), flow);
        const bool continues = goes_on && line.quotes == quotes && line.text != "-- ";
        if (goes_on && !continues)
            writer.end_line();
        if (!continues && line.quotes > 0)
            writer.add(std::string(line.quotes, '>') + ' ');
        writer.add(line.text);
        goes_on = line.goes_on;
        quotes = line.quotes;
        if (!goes_on)
            writer.end_line();
    }
}

}  // namespace

PlainText plain_text(std::string_view utf8, mime::Flow flow, std::size_t max_octets) {
    Writer writer(max_octets);
    if (flow != mime::Flow::none) {
        write_flowed(utf8, flow, writer);
        return writer.take();
    }
    for (std::string_view rest = utf8; !rest.empty() && !writer.is_full();) {
        writer.add(next_line(rest));
        writer.end_line();
    }
    return writer.take();
}

}  // namespace mail::preview
