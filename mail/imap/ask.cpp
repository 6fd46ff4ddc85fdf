#include "mail/imap/ask.h"

#include <utility>

namespace mail::imap {

namespace {

class Question final : public Exchange {
public:
    Question(Layer layer, Command command, UntaggedTaker taker)
        : layer_(layer), command_(std::move(command)), taker_(std::move(taker)) {}

    [[nodiscard]] Layer layer() const override { return layer_; }

    Result<std::optional<Command>> next_command() override {
        return std::exchange(command_, std::nullopt);
    }

    Result<void> completed(std::size_t /*command*/, const Status& status) override {
        status_ = status;
        return {};
    }

    Result<Use> untagged(Response& response) override {
        return taker_ ? taker_(response) : Use::unused;
    }

    [[nodiscard]] Status status() && { return std::move(status_); }

private:
    Layer layer_;
    std::optional<Command> command_;
    UntaggedTaker taker_;
    Status status_;
};

}  // namespace

Result<Status> ask(Pipeline& pipeline, Layer layer, Command command, const Wait& wait,
                   UntaggedTaker taker) {
    Question question(layer, std::move(command), std::move(taker));
    const Pipeline::Pace pace{Pipeline::Patience::total, ask_time, 1};
    if (auto answered = pipeline.run(question, pace, wait); !answered)
        return tl::unexpected(std::move(answered.error()));
    return std::move(question).status();
}

Command plain_command(std::string_view words) {
    Command command;
    command.shown = words;
    command.segments.emplace_back(std::string(words) + "\r\n");
    return command;
}

}  // namespace mail::imap
