#pragma once
// The exchange behind fetch_parts: which request a body belongs to, and what became of each.
// Private to mail/imap.

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "mail/imap/fetch.h"
#include "mail/imap/pipeline.h"

namespace mail::imap {

class PartTransfer final : public Exchange {
public:
    /// Views all three. Bodies are asked for as BINARY only where `capabilities` have it.
    PartTransfer(const Pipeline& pipeline, const Capabilities& capabilities,
                 const std::vector<PartRequest>& requests, PartSink& sink);

    [[nodiscard]] Layer layer() const override { return Layer::fetch; }
    [[nodiscard]] Result<std::optional<Command>> next_command() override;
    [[nodiscard]] Result<void> completed(std::size_t command, const Status& status) override;
    [[nodiscard]] Result<Use> untagged(Response& response) override;
    [[nodiscard]] Result<Use> body_begins(const BodyStart& start) override;
    [[nodiscard]] Result<void> body_octets(std::string_view raw,
                                           std::uint64_t octets_left) override;

private:
    enum class Stage { waiting, asked, arriving, refused, done };
    struct Progress {
        Stage stage = Stage::waiting;
        BodyItem::Kind kind = BodyItem::Kind::body;  ///< how it is asked for
        bool was_nil = false;
        bool counts_line_ends = false;
        std::uint64_t line_ends = 0;  ///< of what has arrived, where they are counted
    };
    /// A command and what came between it and its tag.
    struct Asked {
        std::vector<std::size_t> requests;
        bool message_seen = false;
        std::string foreign_uid;  ///< a body came that names another message, or none
        bool open = true;
    };
    /// A literal of the FETCH that is arriving. No request: nobody asked for it, or it was given
    /// up.
    struct Arriving {
        std::optional<std::size_t> request;
        std::uint64_t octets = 0;
    };

    void group_by_message();
    [[nodiscard]] Command command_for(const std::vector<std::size_t>& group) const;
    [[nodiscard]] Result<std::vector<std::size_t>> usable(const std::vector<std::size_t>& group);
    [[nodiscard]] std::optional<std::size_t> asked_for(std::optional<Uid> uid,
                                                       std::string_view section) const;
    [[nodiscard]] bool refuse_decoded(std::size_t request, BodyItem::Kind kind,
                                      std::uint64_t octets);
    [[nodiscard]] Result<void> begin(std::size_t request, BodyItem::Kind kind,
                                     std::uint64_t octets);
    [[nodiscard]] Result<void> data(std::size_t request, std::string_view raw);
    [[nodiscard]] Result<void> finish(std::size_t request, Result<void> outcome);
    [[nodiscard]] Result<void> give_up(std::size_t request, Error error);
    [[nodiscard]] Result<void> judge_arrived(const FetchData& fetched);
    [[nodiscard]] Result<void> take_item(const FetchData& fetched, const BodyItem& item);
    [[nodiscard]] Result<void> judge_missing(const Asked& asked, std::size_t request,
                                             const Status& status);
    void note_message(const FetchData& fetched);
    void note_foreign(const FetchData& fetched);
    [[nodiscard]] Asked* oldest_open();
    [[nodiscard]] bool is_open(const Asked& asked) const;
    [[nodiscard]] std::uint64_t octets_of(const std::vector<std::size_t>& group) const;
    [[nodiscard]] Result<void> whole(std::size_t request, std::uint64_t octets) const;

    const Pipeline& pipeline_;
    const Capabilities& capabilities_;
    const std::vector<PartRequest>& requests_;
    PartSink& sink_;
    std::vector<Progress> progress_;
    std::deque<std::vector<std::size_t>> groups_;  ///< to be asked for, each of one message
    std::deque<Asked> asked_;                      ///< by the number of the command
    std::size_t first_open_ = 0;                   ///< of asked_: all before it are closed
    std::uint64_t octets_asked_ = 0;               ///< by the open ones of asked_
    std::vector<Arriving> arriving_;
    bool brought_part_ = false;  ///< the FETCH that is arriving has a body that was asked for
};

}  // namespace mail::imap
