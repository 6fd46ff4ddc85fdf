#include "mail/demo/server.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "mail/demo/acceptor.h"
#include "mail/demo/conversation.h"
#include "mail/demo/script.h"

namespace mail::demo {
namespace {

net::Endpoint loopback(std::uint16_t port) {
    net::Endpoint endpoint;
    endpoint.host = "127.0.0.1";
    endpoint.port = port;
    endpoint.encryption = net::Encryption::none;
    endpoint.proxy = "";
    return endpoint;
}

/// What both kinds of server do alike: each client counted, then served on a thread of its own.
class LoopbackServer : public Server {
public:
    LoopbackServer(std::vector<Mail> mails, Options options, std::vector<std::vector<Step>> scripts)
        : options_(std::move(options)), scripts_(std::move(scripts)),
          folders_(options_.folders, options_.uid_validity) {
        for (Mail& mail : mails)
            add_message(std::move(mail));
    }

    enum class Manner { honest, scripted };
    Result<void> open(Manner manner) {
        auto listener = net::Listener::open(options_.port);
        if (!listener)
            return tl::unexpected(listener.error());
        acceptor_ = std::make_unique<Acceptor>(
            std::move(*listener),
            [this, manner](std::unique_ptr<net::Stream> stream, const StopToken& stop) {
                const std::size_t before = traffic_.connections++;
                if (manner == Manner::scripted)
                    return play(scripts_[std::min(before, scripts_.size() - 1)], std::move(stream),
                                stop, traffic_);
                Channel channel(*stream, stop, traffic_.octets_sent);
                Conversation(channel, folders_, options_, traffic_).run();
            });
        return {};
    }

    [[nodiscard]] net::Endpoint endpoint() const override { return loopback(acceptor_->port()); }
    [[nodiscard]] Counts counts() const override { return traffic_.counts(); }
    [[nodiscard]] std::vector<std::string> commands() const override { return traffic_.commands(); }
    void remove_message(std::uint32_t uid) override { folders_.inbox().remove(uid); }
    void mark_message(std::uint32_t uid, const std::string& flag) override {
        for (const MessagePointer& message : folders_.inbox().messages())
            if (message->uid == uid)
                folders_.inbox().change_flags(*message, Message::Change::add, {flag});
    }
    void unmark_message(std::uint32_t uid, const std::string& flag) override {
        for (const MessagePointer& message : folders_.inbox().messages())
            if (message->uid == uid)
                folders_.inbox().change_flags(*message, Message::Change::remove, {flag});
    }
    void replace_message(std::uint32_t uid, Mail mail) override {
        folders_.inbox().replace(uid, std::move(mail));
    }
    [[nodiscard]] std::vector<Kept> inbox() const override {
        std::vector<Kept> kept;
        for (const MessagePointer& message : folders_.inbox().messages())
            kept.push_back({message->uid, message->flags(), message->mail});
        return kept;
    }
    void add_message(Mail mail) override { folders_.inbox().add(std::move(mail), {}); }

private:
    Options options_;
    std::vector<std::vector<Step>> scripts_;
    Folders folders_;
    Traffic traffic_;
    std::unique_ptr<Acceptor> acceptor_;  ///< last: its threads use all that is above
};

Result<std::unique_ptr<Server>> opened(std::unique_ptr<LoopbackServer> server,
                                       LoopbackServer::Manner manner) {
    if (auto result = server->open(manner); !result)
        return tl::unexpected(result.error());
    return server;
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(std::vector<Mail> mails, const Options& options) {
    return opened(std::make_unique<LoopbackServer>(std::move(mails), options,
                                                   std::vector<std::vector<Step>>{}),
                  LoopbackServer::Manner::honest);
}

Result<std::unique_ptr<Server>> Server::start_script(std::vector<Step> script) {
    return start_scripts({std::move(script)});
}

Result<std::unique_ptr<Server>> Server::start_scripts(std::vector<std::vector<Step>> scripts) {
    assert(!scripts.empty());
    return opened(
        std::make_unique<LoopbackServer>(std::vector<Mail>{}, Options{}, std::move(scripts)),
        LoopbackServer::Manner::scripted);
}

}  // namespace mail::demo
