#include "mail/mime/splitter.h"

#include <algorithm>
#include <utility>

#include "mail/mime/ascii.h"
#include "mail/mime/charset.h"
#include "mail/mime/decoder.h"

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

bool is_content_field(std::string_view line) {
    return field_name_octets(line) > 0 && lower_case(line.substr(0, 8)) == "content-";
}

}  // namespace

bool is_message_type(std::string_view type) {
    return type == "message/rfc822" || type == "message/global" || type == "message/news";
}

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
      ahead_(*tree.sources[source], range, limits.window_octets),
      ahead_budget_(4 * range.octets() + (1 << 20)), previous_end_(range.begin) {}

bool Splitter::may_open() const {
    return node_ >= 0 && tree_.nodes[static_cast<std::size_t>(node_)].depth + 1 < limits_.depth;
}

Result<void> Splitter::split(int parent) {
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
        const Result<bool> follows = usual_field_follows(line.next, max_foreign_lines);
        if (!follows)
            return tl::make_unexpected(follows.error());
        // Foreign text above the head is passed over; without a head all of it is the body.
        if (!*follows)
            return end_head_before(line);
        add_repair(tree_.node(node_).part, Repair::headers);
        return {};
    }
    state_ = State::head;
    head_ = std::string(text) + '\n';
    return {};
}

Result<void> Splitter::take_head(const Line& line) {
    const std::string_view text = line.text;
    if (trimmed(text).empty()) {
        // A line of blanks ends a head, unless the head goes on behind it.
        if (!text.empty() && is_blank(text[0])) {
            const Result<bool> follows = usual_field_follows(line.next, 1);
            if (!follows)
                return tl::make_unexpected(follows.error());
            if (*follows)
                return {};
        }
        return end_head(line.next);
    }
    const bool continues = is_blank(text[0]) && !head_.empty();
    if (!continues && field_name_octets(text) == 0)
        return take_odd_head_line(line);
    if (head_.size() + text.size() < limits_.header_octets) {
        head_ += text;
        head_ += '\n';
    }
    return {};
}

Result<void> Splitter::take_odd_head_line(const Line& line) {
    add_repair(tree_.node(node_).part, Repair::headers);
    if (is_mbox_line(line.text))
        return {};
    const Result<bool> follows = usual_field_follows(line.next, max_foreign_lines);
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
    Open& open = open_.back();
    if (!line.text.starts_with("--") || open.seen)
        return {};
    const std::string delimiter(without_trailing_blanks(line.text));
    const std::uint64_t next = line.next;
    if (delimiter.find_first_not_of('-') == std::string::npos)
        return {};
    ahead_.seek(next);
    const Result<std::optional<Line>> following = ahead_.next();
    if (!following)
        return tl::make_unexpected(following.error());
    if (!*following || !is_content_field((*following)->text))
        return {};
    const Result<bool> occurs = occurs_behind(next, open.delimiters);
    if (!occurs)
        return tl::make_unexpected(occurs.error());
    if (*occurs)
        return {};
    // The boundary that was declared is nowhere, and this looks like the one that was used.
    open.delimiters = {{delimiter, 0}};
    add_repair(tree_.node(open.node).part, Repair::boundary);
    return take_delimiter({open_.size() - 1, 0, false}, next);
}

Result<void> Splitter::end_head(std::uint64_t body_begin) {
    const bool in_digest = owner_ == Owner::part && !open_.empty() &&
                           tree_.node(open_.back().node).part.type == "multipart/digest";
    PartHead head = read_part_head(head_, in_digest ? "message/rfc822" : "text/plain");
    if (tree_.nodes.size() == 1)
        tree_.head = read_mail_head(head_);
    Node& node = tree_.node(node_);
    for (const Repair repair : node.part.repaired)
        add_repair(head.part, repair);
    node.part = head.part;
    node.body = {body_begin, body_begin};
    state_ = State::body;
    const Result<bool> opened = open_multipart(head);
    if (!opened)
        return tl::make_unexpected(opened.error());
    if (*opened)
        return {};
    if (is_message_type(node.part.type) && is_identity(node.part.encoding)) {
        if (may_open()) {
            open_message();
            return {};
        }
        tree_.complete = false;
    }
    may_hold_uu_ = may_hold_uu_blocks(node.part) && is_identity(node.part.encoding);
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
        const Result<bool> occurs = occurs_behind(node.body.begin, open.delimiters);
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

Result<bool> Splitter::usual_field_follows(std::uint64_t offset, int lines) {
    ahead_.seek(offset);
    for (int i = 0; i < lines; ++i) {
        const Result<std::optional<Line>> line = ahead_.next();
        if (!line)
            return tl::make_unexpected(line.error());
        if (!*line)
            break;
        const std::string_view text = (*line)->text;
        if (is_usual_field(text))
            return true;
        const bool blank = trimmed(text).empty();
        if (text.starts_with("--") || (blank && state_ == State::head))
            break;
    }
    return false;
}

Result<bool> Splitter::occurs_behind(std::uint64_t offset,
                                     const std::vector<Delimiter>& delimiters) {
    if (delimiters.empty())
        return false;
    ahead_.seek(offset);
    while (true) {
        const Result<std::optional<Line>> line = ahead_.next();
        if (!line)
            return tl::make_unexpected(line.error());
        if (!*line || (*line)->next - offset > ahead_budget_)
            break;
        const std::string_view text = without_trailing_blanks((*line)->text);
        for (const Delimiter& delimiter : delimiters)
            if (text.starts_with(delimiter.line) && (text.size() == delimiter.line.size() ||
                                                     text.substr(delimiter.line.size()) == "--")) {
                ahead_budget_ -= std::min(ahead_budget_, (*line)->next - offset);
                return true;
            }
    }
    ahead_budget_ -= std::min(ahead_budget_, ahead_.at() - offset);
    return false;
}

}  // namespace mail::mime
