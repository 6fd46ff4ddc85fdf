#include "mail/mime/splitter.h"

#include <algorithm>
#include <utility>

#include "mail/base/ascii.h"
#include "mail/mime/charset.h"
#include "mail/mime/decoder.h"
#include "mail/mime/parameters.h"

namespace mail::mime {
namespace {

// How far foreign text may stand above or between the fields of a head.
constexpr int max_foreign_lines = 10;

std::string_view without_trailing_blanks(std::string_view text) {
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

bool is_mbox_line(std::string_view text) {
    return text.starts_with("From ") || text.starts_with(">From ");
}

bool is_content_type(std::string_view line) {
    return lower_case(line.substr(0, 12)) == "content-type" && field_name_octets(line) == 12;
}

}  // namespace

bool may_hold_uu_blocks(const Part& part) {
    return part.is_text() && part.type != "text/html" && part.name.empty();
}

void add_uu_blocks(PartTree& tree, int text, std::size_t source, std::vector<UuBlock> blocks,
                   const Limits& limits) {
    for (UuBlock& block : blocks) {
        const int index = tree.add(text, limits);
        if (index < 0)
            return;
        Node& node = tree.node(index);
        node.source = source;
        node.body = block.lines;
        node.from_inside = true;
        node.part.type = "application/octet-stream";
        node.part.encoding = "x-uuencode";
        node.part.name = guessed_utf8(block.raw_name).text;
        node.part.disposition = Disposition::attachment;
        node.part.size_octets = block.lines.octets();
        add_repair(node.part, Repair::uuencode);
    }
}

Splitter::Splitter(PartTree& tree, std::size_t source, Range range, const Limits& limits)
    : tree_(tree), source_(source), range_(range), limits_(limits),
      reader_(*tree.sources[source], range, limits.window_octets),
      ahead_(*tree.sources[source], range, limits.window_octets), previous_end_(range.begin) {}

bool Splitter::may_open() const {
    return node_ >= 0 && tree_.nodes[static_cast<std::size_t>(node_)].depth + 1 < limits_.depth;
}

Result<void> Splitter::split(int parent) {
    const Result<LineBreak> line_break = line_break_of(*tree_.sources[source_], range_);
    if (!line_break)
        return tl::make_unexpected(line_break.error());
    reader_.use(*line_break);
    ahead_.use(*line_break);
    begin_part(parent, Owner::mail);
    if (node_ >= 0 && parent >= 0)
        tree_.node(node_).from_inside = true;
    while (!full_) {
        const Result<std::optional<Line>> line = reader_.next();
        if (!line)
            return tl::make_unexpected(line.error());
        if (!*line)
            break;
        if (Result<void> taken = take(**line); !taken)
            return taken;
        previous_end_ = (*line)->end;
    }
    return close_down_to(0, range_.end);
}

Result<void> Splitter::take(const Line& line) {
    if (line.text.starts_with("--"))
        if (const std::optional<Hit> hit = delimiter_of(line))
            return take_delimiter(*hit, line.next);
    switch (state_) {
    case State::start:
        return take_start(line);
    case State::head:
        return take_head(line);
    case State::body:
        if (may_hold_uu_)
            uu_blocks_.line(line);
        return {};
    case State::preamble:
        return take_preamble(line);
    case State::epilogue:
        break;
    }
    return {};
}

/// The innermost multipart whose delimiter this is. Exactly it, else a closing one that something
/// clings to.
std::optional<Splitter::Hit> Splitter::delimiter_of(const Line& line) const {
    const std::string_view text = without_trailing_blanks(line.text);
    std::optional<Hit> loose;
    for (std::size_t i = open_.size(); i-- > 0;) {
        for (std::size_t k = 0; k < open_[i].delimiters.size(); ++k) {
            const std::string_view wanted = open_[i].delimiters[k].line;
            if (!text.starts_with(wanted))
                continue;
            const std::string_view behind = text.substr(wanted.size());
            if (behind.empty() || behind == "--")
                return Hit{i, k, !behind.empty()};
            if (behind.starts_with("--") && !loose)
                loose = Hit{i, k, true};
        }
    }
    return loose;
}

Result<void> Splitter::take_delimiter(const Hit& hit, std::uint64_t next) {
    if (Result<void> closed = close_down_to(hit.open + 1, previous_end_); !closed)
        return closed;
    Open& open = open_[hit.open];
    if (!open.seen) {
        open.seen = true;
        const Delimiter delimiter = open.delimiters[hit.delimiter];
        open.delimiters = {delimiter};
        if (delimiter.choice < open.head.choices.size()) {
            choose_type(open.head, delimiter.choice);
            tree_.node(open.node).part.type = open.head.part.type;
        }
    }
    if (hit.closes) {
        open.ended = true;
        state_ = State::epilogue;
        return {};
    }
    if (open.ended)
        add_repair(tree_.node(open.node).part, Repair::boundary);
    begin_part(open.node, Owner::part);
    if (node_ >= 0)
        tree_.node(node_).body = {next, next};
    return {};
}

void Splitter::begin_part(int parent, Owner owner) {
    head_.clear();
    head_has_type_ = false;
    node_ = tree_.add(parent, limits_);
    full_ = node_ < 0;
    owner_ = owner;
    state_ = owner == Owner::mail ? State::start : State::head;
    if (full_)
        return;
    tree_.node(node_).source = source_;
    tree_.node(node_).body = {previous_end_, previous_end_};
}

Result<void> Splitter::take_start(const Line& line) {
    std::string_view text = line.text;
    if (line.begin == range_.begin && text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (trimmed(text).empty() || is_mbox_line(text))
        return {};
    if (field_name_octets(text) == 0) {
        const Result<bool> follows =
            ahead_.usual_field(line.next, max_foreign_lines, BlankLines::pass);
        if (!follows)
            return tl::make_unexpected(follows.error());
        // Foreign text above the head is passed over; without a head all of it is the body.
        if (!*follows)
            return end_head_before(line);
        add_repair(tree_.node(node_).part, Repair::headers);
        return {};
    }
    state_ = State::head;
    append_to_head(text);
    return {};
}

void Splitter::append_to_head(std::string_view text) {
    if (head_.size() + text.size() >= limits_.header_octets)
        return;
    head_has_type_ = head_has_type_ || is_content_type(text);
    head_ += text;
    head_ += '\n';
}

Result<void> Splitter::take_head(const Line& line) {
    const std::string_view text = line.text;
    if (trimmed(text).empty())
        return take_blank_head_line(line);
    if (!head_.empty() && begins_known_parameter(text)) {
        // The next line of a Content-Type, whose blank at the beginning was lost.
        add_repair(tree_.node(node_).part, Repair::headers);
        append_to_head(" " + std::string(text));
        return {};
    }
    const bool continues = is_blank(text[0]) && !head_.empty();
    if (!continues && field_name_octets(text) == 0)
        return take_odd_head_line(line);
    append_to_head(text);
    return {};
}

/// It ends the head, unless the head goes on behind it.
Result<void> Splitter::take_blank_head_line(const Line& line) {
    Result<bool> goes_on = false;
    if (!line.text.empty() && is_blank(line.text[0]))
        goes_on = ahead_.usual_field(line.next, 1, BlankLines::end_it);
    else if (owner_ == Owner::part ? head_.empty() && !in_digest() : !head_has_type_)
        goes_on = ahead_.mime_field(line.next);
    if (!goes_on)
        return tl::make_unexpected(goes_on.error());
    if (!*goes_on)
        return end_head(line.next);
    add_repair(tree_.node(node_).part, Repair::headers);
    return {};
}

Result<void> Splitter::take_odd_head_line(const Line& line) {
    add_repair(tree_.node(node_).part, Repair::headers);
    if (is_mbox_line(line.text))
        return {};
    const Result<bool> follows =
        ahead_.usual_field(line.next, max_foreign_lines, BlankLines::end_it);
    if (!follows)
        return tl::make_unexpected(follows.error());
    // The blank line between head and body is missing.
    return *follows ? Result<void>{} : end_head_before(line);
}

/// The line is the first one of the body, and may mean something there.
Result<void> Splitter::end_head_before(const Line& line) {
    if (Result<void> ended = end_head(line.begin); !ended)
        return ended;
    return full_ ? Result<void>{} : take(line);
}

Result<void> Splitter::take_preamble(const Line& line) {
    if (open_.back().seen || !line.text.starts_with("--"))
        return {};
    const Result<std::string> guessed = ahead_.delimiter(line.begin);
    if (!guessed || guessed->empty())
        return guessed ? Result<void>{} : tl::make_unexpected(guessed.error());
    std::vector<std::string> declared;
    for (const Delimiter& delimiter : open_.back().delimiters)
        declared.push_back(delimiter.line);
    const Result<bool> occurs = ahead_.occurs(line.next, declared);
    if (!occurs || *occurs)
        return occurs ? Result<void>{} : tl::make_unexpected(occurs.error());
    // The boundary that was declared is nowhere, and this looks like the one that was used.
    open_.back().delimiters = {{*guessed, 0}};
    add_repair(tree_.node(open_.back().node).part, Repair::boundary);
    return take_delimiter({open_.size() - 1, 0, false}, line.next);
}

bool Splitter::in_digest() const {
    return owner_ == Owner::part && !open_.empty() &&
           tree_.node(open_.back().node).part.type == "multipart/digest";
}

Result<void> Splitter::end_head(std::uint64_t body_begin) {
    PartHead head = read_part_head(head_, in_digest() ? "message/rfc822" : "text/plain");
    if (tree_.nodes.size() == 1)
        tree_.head = read_mail_head(head_);
    Node& node = tree_.node(node_);
    for (const Repair repair : node.part.repaired)
        add_repair(head.part, repair);
    node.part = head.part;
    node.body = {body_begin, body_begin};
    state_ = State::body;
    if (owner_ == Owner::mail && !head_has_type_)
        if (Result<void> guessed = guess_multipart(head); !guessed)
            return guessed;
    const Result<bool> opened = open_multipart(head);
    if (!opened || *opened)
        return opened ? Result<void>{} : tl::make_unexpected(opened.error());
    if (node.part.is_message() && is_identity(node.part.encoding)) {
        if (may_open()) {
            open_message();
            return {};
        }
        tree_.complete = false;
    }
    may_hold_uu_ = may_hold_uu_blocks(node.part) && is_identity(node.part.encoding);
    return {};
}

/// A mail that has lost its Content-Type, but whose body begins with a delimiter and a part.
Result<void> Splitter::guess_multipart(PartHead& head) {
    const Result<std::string> delimiter = ahead_.delimiter(tree_.node(node_).body.begin);
    if (!delimiter || delimiter->empty())
        return delimiter ? Result<void>{} : tl::make_unexpected(delimiter.error());
    head.choices = {{"multipart/mixed", {}, {delimiter->substr(2)}}};
    choose_type(head, 0);
    add_repair(head.part, Repair::content_type);
    tree_.node(node_).part = head.part;
    return {};
}

Result<bool> Splitter::open_multipart(PartHead& head) {
    Node& node = tree_.node(node_);
    Open open;
    open.node = node_;
    bool any = false;
    for (std::size_t i = 0; i < head.choices.size(); ++i) {
        if (!head.choices[i].type.starts_with("multipart/"))
            continue;
        any = true;
        for (const std::string& boundary : head.choices[i].boundaries)
            open.delimiters.push_back({"--" + boundary, i});
    }
    if (!any)
        return false;
    if (!may_open()) {
        tree_.complete = false;
        return false;
    }
    if (!node.part.is_multipart()) {
        // It says that it is both a leaf and a multipart: true is what has its boundary.
        std::vector<std::string> declared;
        for (const Delimiter& delimiter : open.delimiters)
            declared.push_back(delimiter.line);
        const Result<bool> occurs = ahead_.occurs(node.body.begin, declared);
        if (!occurs || !*occurs)
            return occurs;
    }
    node.part.has_children = true;
    open.head = std::move(head);
    open_.push_back(std::move(open));
    node_ = -1;
    state_ = State::preamble;
    return true;
}

void Splitter::open_message() {
    Open open;
    open.node = node_;
    open.is_message = true;
    tree_.node(node_).part.has_children = true;
    open_.push_back(std::move(open));
    begin_part(open_.back().node, Owner::mail);
}

void Splitter::end_leaf(std::uint64_t end) {
    Node& node = tree_.node(node_);
    node.body.end = std::max(end, node.body.begin);
    node.part.size_octets = node.body.octets();
    if (may_hold_uu_)
        add_uu_blocks(tree_, node_, source_, uu_blocks_.take(), limits_);
    may_hold_uu_ = false;
    node_ = -1;
}

/// Ends what is being read, and all that is open above the first `open` ones.
Result<void> Splitter::close_down_to(std::size_t open, std::uint64_t end) {
    while (node_ >= 0 && state_ != State::body) {
        // Cut off in its head: that head counts, its body is empty. It may open one more message.
        if (Result<void> ended = end_head(end); !ended)
            return ended;
    }
    if (node_ >= 0)
        end_leaf(end);
    while (open_.size() > open) {
        const Open& last = open_.back();
        Node& node = tree_.node(last.node);
        node.body.end = std::max(end, node.body.begin);
        node.part.size_octets = node.body.octets();
        if (!last.is_message && !last.ended)
            add_repair(node.part, Repair::boundary);
        open_.pop_back();
    }
    return {};
}

}  // namespace mail::mime
