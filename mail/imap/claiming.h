#pragma once
// The commands of a claim, and what their answers say; behind them in one go the parts of the same
// messages. Private to mail/imap.

#include <cstddef>
#include <optional>
#include <vector>

#include "mail/imap/claim.h"
#include "mail/imap/part_transfer.h"

namespace mail::imap {

/// Without CONDSTORE the flags are looked at first, in a wait of its own: a mark of ours beside one
/// that was there before would be taken for that of a rival. What has one is contested, and not
/// among the rest, which is to be claimed. Errors: those that end the session.
[[nodiscard]] Result<Claim> look_before_claiming(Session& session, Claim claim, const Wait& wait);

/// UID STORE on condition, or, without CONDSTORE, behind look_before_claiming(), a look at the
/// flags right after it.
class ClaimCommands {
public:
    ClaimCommands(const Claim& claim, const Capabilities& capabilities);

    /// Nothing: all are given out.
    [[nodiscard]] std::optional<Command> next();
    [[nodiscard]] std::size_t count() const { return commands_.size(); }
    /// Not all answers have come.
    [[nodiscard]] bool is_open() const { return completed_ < commands_.size(); }
    /// What tells of flags alone, whenever it comes.
    void take(const FetchData& data);
    void completed(std::size_t command, const Status& status);

private:
    enum class Kind { bring_up_to_date, store, store_if, look_again };
    struct One {
        Kind kind = Kind::store;
        std::vector<Uid> uids;
    };
    void add(Kind kind, const std::vector<Uid>& uids);
    void add_stores_and_looks();
    void contest(std::vector<Uid> uids) const;
    void judge(std::size_t command, const Status& status);
    void note_rival(const FetchData& data);

    const Claim& claim_;
    std::vector<One> commands_;
    std::size_t given_ = 0, completed_ = 0;
    std::vector<Uid> rivals_;  ///< with the mark of another who goes before us, told since our own
};

/// The claim first, then what `parts` asks for.
class ClaimingTransfer final : public Exchange {
public:
    ClaimingTransfer(const Claim& claim, const Capabilities& capabilities, PartTransfer& parts)
        : claims_(claim, capabilities), parts_(parts) {}

    [[nodiscard]] Layer layer() const override { return parts_.layer(); }
    [[nodiscard]] Result<std::optional<Command>> next_command() override;
    [[nodiscard]] Result<void> completed(std::size_t command, const Status& status) override;
    [[nodiscard]] Result<Use> untagged(Response& response) override;
    [[nodiscard]] Result<Use> body_begins(const BodyStart& start) override {
        return parts_.body_begins(start);
    }
    [[nodiscard]] Result<void> body_octets(std::string_view raw,
                                           std::uint64_t octets_left) override {
        return parts_.body_octets(raw, octets_left);
    }

private:
    ClaimCommands claims_;
    PartTransfer& parts_;
};

/// A claim alone.
class ClaimExchange final : public Exchange {
public:
    ClaimExchange(const Claim& claim, const Capabilities& capabilities)
        : claims_(claim, capabilities) {}

    [[nodiscard]] Layer layer() const override { return Layer::list; }
    [[nodiscard]] Result<std::optional<Command>> next_command() override { return claims_.next(); }
    [[nodiscard]] Result<void> completed(std::size_t command, const Status& status) override {
        claims_.completed(command, status);
        return {};
    }
    [[nodiscard]] Result<Use> untagged(Response& response) override {
        const auto* data = std::get_if<FetchData>(&response);
        if (data == nullptr)
            return Use::unused;
        claims_.take(*data);
        return Use::used;
    }

private:
    ClaimCommands claims_;
};

}  // namespace mail::imap
