#include "mail/demo/script.h"

#include <condition_variable>
#include <mutex>

#include "mail/demo/command.h"
#include "mail/demo/letters.h"

namespace mail::demo {
namespace {

using Kind = Step::Kind;

/// One client being played to.
class Player {
public:
    Player(std::unique_ptr<net::Stream> stream, StopToken stop, Traffic& traffic)
        : stream_(std::move(stream)), stop_(std::move(stop)), traffic_(traffic),
          channel_(*stream_, stop_, traffic.octets_sent) {}

    [[nodiscard]] bool open() const { return channel_.alive(); }

    void play(const Step& step) {
        switch (step.kind) {
        case Kind::send:
            send(step);
            break;
        case Kind::expect:
            expect(upper_case(step.octets));
            break;
        case Kind::pause:
            pause(step.time);
            break;
        case Kind::close:
            channel_.close();
            break;
        case Kind::reset:
            channel_.reset();
            break;
        }
    }

    /// A client that waits for more must not take the end of the script for the end of the line.
    void read_to_the_end() {
        while (channel_.read_line()) {
        }
    }

private:
    void send(const Step& step) {
        const std::string octets = with_tag(step.octets);
        for (std::uint64_t i = 0; i < step.times && channel_.alive(); ++i)
            channel_.write(octets);
        channel_.flush();
    }

    [[nodiscard]] std::string with_tag(std::string octets) const {
        constexpr std::string_view mark = "$TAG";
        for (std::size_t at = octets.find(mark); at != std::string::npos;
             at = octets.find(mark, at + tag_.size()))
            octets.replace(at, mark.size(), tag_);
        return octets;
    }

    void expect(const std::string& wanted) {
        while (const auto text = read_command_text(channel_)) {
            traffic_.command(*text);
            // "DONE" and an answer to a challenge are lines of one word: they have no tag.
            if (text->find(' ') != std::string::npos)
                tag_ = text->substr(0, text->find(' '));
            if (upper_case(*text).find(wanted) != std::string::npos)
                break;
        }
    }

    void pause(std::chrono::milliseconds time) const {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_for(lock, stop_, time, [] { return false; });
    }

    std::unique_ptr<net::Stream> stream_;
    StopToken stop_;
    Traffic& traffic_;
    Channel channel_;
    std::string tag_ = "*";
};

}  // namespace

void play(const std::vector<Step>& script, std::unique_ptr<net::Stream> stream,
          const StopToken& stop, Traffic& traffic) {
    Player player(std::move(stream), stop, traffic);
    for (const Step& step : script) {
        if (!player.open())
            return;
        player.play(step);
    }
    player.read_to_the_end();
}

}  // namespace mail::demo
