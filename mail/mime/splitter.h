#pragma once
// Finds the parts of one mail (RFC 2046) line by line, by offsets. Iterative; one pass, but for the
// few looks ahead that a damaged mail needs. What stands in an encoding is opened elsewhere
// (containers.h).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/mime/line_reader.h"
#include "mail/mime/look_ahead.h"
#include "mail/mime/part_head.h"
#include "mail/mime/part_tree.h"
#include "mail/mime/uu_blocks.h"

namespace mail::mime {

class Splitter {
public:
    /// The mail is the range of a source of `tree`.
    Splitter(PartTree& tree, std::size_t source, Range range, const Limits& limits);
    /// Its root becomes a child of `parent`, or the root of the tree for -1.
    [[nodiscard]] Result<void> split(int parent);

private:
    enum class State : std::uint8_t {
        start,     ///< before the first field of a mail
        head,      ///< in the head of a mail or part
        body,      ///< in a leaf
        preamble,  ///< in a multipart, before its first delimiter
        epilogue,  ///< behind its last one
    };
    enum class Owner : std::uint8_t { mail, part };  ///< whose head is being read

    struct Delimiter {
        std::string line;        ///< "--boundary"
        std::size_t choice = 0;  ///< the Content-Type that it belongs to
    };
    /// A multipart or message that is not at its end.
    struct Open {
        int node = -1;
        bool is_message = false;
        std::vector<Delimiter> delimiters;
        PartHead head;
        bool seen = false;   ///< a delimiter was there
        bool ended = false;  ///< the closing one was there
    };
    struct Hit {
        std::size_t open, delimiter;
        bool closes;
    };

    [[nodiscard]] Result<void> take(const Line& line);
    [[nodiscard]] std::optional<Hit> delimiter_of(const Line& line) const;
    [[nodiscard]] Result<void> take_delimiter(const Hit& hit, std::uint64_t next);
    [[nodiscard]] Result<void> take_start(const Line& line);
    [[nodiscard]] Result<void> take_head(const Line& line);
    [[nodiscard]] Result<void> take_blank_head_line(const Line& line);
    [[nodiscard]] Result<void> take_odd_head_line(const Line& line);
    [[nodiscard]] Result<void> take_preamble(const Line& line);

    void begin_part(int parent, Owner owner);
    [[nodiscard]] Result<void> end_head(std::uint64_t body_begin);
    [[nodiscard]] Result<void> end_head_before(const Line& line);
    [[nodiscard]] bool in_digest() const;
    [[nodiscard]] Result<bool> open_multipart(PartHead& head);
    [[nodiscard]] Result<void> guess_multipart(PartHead& head);
    void append_to_head(std::string_view text);
    void open_message();
    void end_leaf(std::uint64_t end);
    [[nodiscard]] Result<void> close_down_to(std::size_t open, std::uint64_t end);

    [[nodiscard]] bool may_open() const;

    PartTree& tree_;
    std::size_t source_;
    Range range_;
    const Limits& limits_;
    LineReader reader_;
    LookAhead ahead_;

    State state_ = State::start;
    Owner owner_ = Owner::mail;
    std::vector<Open> open_;
    int node_ = -1;  ///< whose head or body is being read
    std::string head_;
    bool head_has_type_ = false;
    std::uint64_t previous_end_ = 0;  ///< of the line before this one, without its break
    UuBlockFinder uu_blocks_;
    bool may_hold_uu_ = false;
    bool full_ = false;
};

/// Whether uuencoded files are looked for in it.
[[nodiscard]] bool may_hold_uu_blocks(const Part& part);
/// Adds the files of a text as parts below it; `source` is where the blocks are.
void add_uu_blocks(PartTree& tree, int text, std::size_t source, std::vector<UuBlock> blocks,
                   const Limits& limits);

}  // namespace mail::mime
