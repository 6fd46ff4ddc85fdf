#pragma once
// Where html_text.h writes its lines: blanks run together, breaks that follow each other are one,
// and each line of a quote or a list begins as it should. Private to mail/mime.

#include <cstddef>
#include <string>
#include <string_view>

namespace mail::mime {

class HtmlLines {
public:
    enum class Box { cell, item };
    explicit HtmlLines(std::size_t max_octets) : max_octets_(max_octets) {}

    /// Blanks and line ends as one blank, none at the start of a line.
    void add_flowing(std::string_view text);
    /// As it stands, with its lines.
    void add_preformatted(std::string_view text);
    /// The next text begins a line, with an empty one before it where `lines` is 2. No break at the
    /// start, and none behind another.
    void break_line(std::size_t lines);
    /// Another line, also behind a break: <br>.
    void add_line_end();
    /// A cell or an item begins, of which the first text stands where it does: behind `mark`, in
    /// the same line where that is a separator. Breaks in front of that text are its own, and left
    /// out.
    void begin_box(Box box, std::string_view mark);
    /// What comes next begins a line.
    void end_box();

    void quote(int depth) { quotes_ = depth; }
    void indent(int depth) { indents_ = depth; }

    [[nodiscard]] std::size_t size() const { return text_.size(); }
    /// Where the next text will begin, if nothing breaks the line before it.
    [[nodiscard]] std::size_t next_at() const { return text_.size() + breaks_; }
    /// Where the last line begins.
    [[nodiscard]] std::size_t line_at() const { return line_at_; }
    [[nodiscard]] std::string_view from(std::size_t octet) const;
    [[nodiscard]] bool is_full() const { return is_full_; }
    [[nodiscard]] std::string take();

private:
    void add(std::string_view character);
    void begin_text();
    std::size_t max_octets_;
    std::string text_;
    std::size_t line_at_ = 0;
    std::size_t breaks_ = 0;  ///< to be written before the next text
    bool blank_ = false;      ///< likewise, but not at the start of a line
    std::string mark_;        ///< likewise
    bool box_begins_ = false;
    int quotes_ = 0, indents_ = 0;
    bool is_full_ = false;
};

}  // namespace mail::mime
