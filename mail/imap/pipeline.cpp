#include "mail/imap/pipeline.h"

#include <algorithm>
#include <utility>

#include "mail/imap/ascii.h"
#include "mail/imap/pipeline_run.h"
#include "mail/imap/quirks.h"

namespace mail::imap {

namespace {

// What a slow disk of ours lets pile up comes in one call.
constexpr std::size_t input_octets = 256U << 10U;
/// A million UIDs without ESEARCH: ten digits and a blank each.
constexpr std::size_t max_line_octets = 16U << 20U;
/// So much is queued at most while the server does not read.
constexpr std::size_t max_queued_octets = 256U << 10U;
Cause cause_of_bye(const Status& status, Layer layer) {
    if (layer == Layer::auth && quirks::says_login_refused(status))
        return Cause::login_refused;
    return quirks::says_limit(status) ? Cause::server_limit : Cause::server_says_bye;
}

}  // namespace

Result<Exchange::Use> Exchange::body_begins(const BodyStart& /*start*/) {
    return Use::unused;
}

Result<void> Exchange::body_octets(std::string_view /*raw*/, std::uint64_t /*octets_left*/) {
    return {};
}

Result<Secret> Exchange::answer(const Continuation& /*challenge*/) {
    return fail(Cause::reply_malformed, layer(), Reach::connection, {{"reply", "+"}});
}

Pipeline::Pipeline(std::unique_ptr<net::Connection> connection, TranscriptObserver observer)
    : connection_(std::move(connection)), transcript_(std::move(observer)),
      framer_(max_line_octets), input_(input_octets) {}

Pipeline::~Pipeline() {
    wipe(output_);
}

Result<Reply> Pipeline::greeting(const Wait& wait) {
    for (;;) {
        if (auto received = read_some(wait); !received) {
            const bool closed = received.error().cause == Cause::connection_lost;
            const bool silent = received.error().cause == Cause::deadline;
            Error error = at_layer(std::move(received.error()), Layer::greeting);
            if (closed || silent)
                error.cause = closed ? Cause::closed_before_greeting : Cause::no_greeting;
            // It has said something that never became a line of IMAP: LF alone ends it, say.
            if (silent && !framer_.empty()) {
                error.cause = Cause::not_imap;
                error.facts.insert(error.facts.end(),
                                   {{"protocol", "unknown"},
                                    {"server_said", transcript_.quotable(framer_.unended())}});
            }
            return tl::unexpected(std::move(error));
        }
        auto piece = framer_.next();
        while (piece && *piece) {
            const auto event = assembler_.add(**piece);
            if (!event)
                return tl::unexpected(at_layer(event.error(), Layer::greeting));
            if (*event && (*event)->kind == ReplyAssembler::Event::Kind::reply &&
                !assembler_.reply().raw.empty()) {
                transcript_.received(assembler_.reply());
                return assembler_.reply();
            }
            piece = framer_.next();
        }
        if (!piece)
            return tl::unexpected(at_layer(piece.error(), Layer::greeting));
    }
}

Result<void> Pipeline::run(Exchange& exchange, const Pace& pace, const Wait& wait) {
    if (broken_)
        return fail(Cause::connection_lost, exchange.layer(), Reach::connection);
    const bool limited = pace.patience == Patience::total;
    Run run{exchange, pace, limited ? wait.within(pace.time) : wait};
    auto result = converse(run);
    broken_ = !result;
    return result;
}

Result<void> Pipeline::converse(Run& run) {
    if (auto taken = take_unasked(run); !taken)
        return taken;
    for (;;) {
        if (auto filled = fill_window(run); !filled)
            return filled;
        if (outstanding_.empty())
            return {};
        auto gone_on =
            framer_.has_input() ? take_pieces(run, Until::all_completed) : move_octets(run);
        if (!gone_on)
            return gone_on;
    }
}

/// What has come before we say anything cannot be an answer: a tag in it is refused here, before
/// the command that it pretends to answer goes out.
Result<void> Pipeline::take_unasked(Run& run) {
    for (;;) {
        if (auto taken = take_pieces(run, Until::nothing_left); !taken)
            return taken;
        const Wait now = run.wait.within(Clock::duration{0});
        const auto ready = connection_->wait_ready(net::Stream::Interest::read, now);
        if (!ready && ready.error().cause == Cause::deadline)
            return run.wait.check(run.exchange.layer(), Reach::connection);
        if (!ready)
            return tl::unexpected(at_layer(ready.error(), run.exchange.layer()));
        if (!ready->can_read)
            return {};
        if (auto received = read_some(run.patience()); !received)
            return tl::unexpected(at_layer(std::move(received.error()), run.exchange.layer()));
    }
}

Result<void> Pipeline::fill_window(Run& run) {
    const std::size_t window = one_after_another_ ? 1 : run.pace.window;
    while (!run.exhausted && outstanding_.size() < window && !waits_for_continuation() &&
           !is_streaming() && output_.size() - output_sent_ < max_queued_octets) {
        auto command = run.exchange.next_command();
        if (!command)
            return tl::unexpected(command.error());
        if (*command)
            queue(std::move(**command), run);
        else
            run.exhausted = true;
    }
    return {};
}

void Pipeline::queue(Command command, Run& run) {
    Outstanding one;
    one.tag = "A" + std::to_string(++last_tag_);
    one.number = run.given++;
    std::move(command.segments.begin(), command.segments.end(), std::back_inserter(one.unsent));
    transcript_.sent(one.tag + " " + command.shown);
    queue_octets(one.tag);
    queue_octets(" ");
    queue_octets(one.unsent.front().reveal());
    one.unsent.pop_front();
    one.streamed = std::move(command.streamed);
    one.streams_after_continuation = command.streams_after_continuation;
    one.ends_at = queued_octets_;
    outstanding_.push_back(std::move(one));
    run.exchange.sent(outstanding_.back().number, outstanding_.back().tag);
}

void Pipeline::queue_octets(std::string_view raw) {
    if (output_.capacity() < output_.size() + raw.size()) {
        // Growing by hand: the old octets may be a password, and must not stay behind.
        std::string larger;
        larger.reserve(2 * (output_.size() + raw.size()));
        larger += output_;
        wipe(output_);
        output_ = std::move(larger);
    }
    output_ += raw;
    queued_octets_ += raw.size();
}

bool Pipeline::waits_for_continuation() const {
    if (outstanding_.empty())
        return false;
    const Outstanding& one = outstanding_.back();
    return !one.unsent.empty() || (one.streamed && one.streams_after_continuation);
}

bool Pipeline::is_streaming() const {
    return !outstanding_.empty() && outstanding_.back().streamed && !waits_for_continuation();
}

/// Only what is about to go is held: the rest stays where the pieces come from.
Result<void> Pipeline::stream_some() {
    if (!is_streaming() || !output_.empty())
        return {};
    Outstanding& one = outstanding_.back();
    auto piece = one.streamed();
    if (!piece)
        return tl::unexpected(std::move(piece.error()));
    if (piece->empty()) {
        one.streamed = nullptr;
        *piece = "\r\n";
    }
    queue_octets(*piece);
    one.ends_at = queued_octets_;
    return {};
}

Result<void> Pipeline::move_octets(Run& run) {
    // A server that takes in what is long is at work.
    const bool streams = is_streaming();
    const std::uint64_t written_before = written_octets_;
    if (auto streamed = stream_some(); !streamed)
        return streamed;
    if (auto written = write_some(); !written)
        return tl::unexpected(at_layer(std::move(written.error()), run.exchange.layer()));
    const std::uint64_t taken_in = streams ? written_octets_ - written_before : 0;
    const Wait wait = run.patience();
    const Clock::time_point begin = wait.now();
    const auto octets = wait_for_octets(wait);
    run.has_waited(wait.now() - begin, octets.value_or(0) + taken_in);
    if (!octets)
        return tl::unexpected(run.too_slow(octets.error()));
    return *octets == 0 ? Result<void>() : take_pieces(run, Until::all_completed);
}

/// 0: nothing came, but more can be written.
Result<std::size_t> Pipeline::wait_for_octets(const Wait& wait) {
    if (!output_.empty() || is_streaming()) {
        // The server may be unable to read before we have read: wait for whichever comes first.
        const auto ready = connection_->wait_ready(net::Stream::Interest::read_or_write, wait);
        if (!ready)
            return tl::unexpected(ready.error());
        if (!ready->can_read)
            return 0;
    }
    return read_some(wait);
}

Result<void> Pipeline::write_some() {
    while (!output_.empty()) {
        auto written = connection_->write_some(std::string_view(output_).substr(output_sent_));
        if (!written)
            return tl::unexpected(std::move(written.error()));
        if (*written == 0)
            return {};
        output_sent_ += *written;
        written_octets_ += *written;
        if (output_sent_ == output_.size()) {
            wipe(output_);
            output_sent_ = 0;
        }
    }
    return {};
}

Result<std::size_t> Pipeline::read_some(const Wait& wait) {
    auto octets = connection_->read(input_.data(), input_.size(), wait);
    if (!octets)
        return tl::unexpected(std::move(octets.error()));
    if (*octets == 0) {
        Facts facts;
        if (body_left_ > 0)
            facts.emplace_back("octets_missing", std::to_string(body_left_));
        return fail(Cause::connection_lost, Layer::list, Reach::connection, std::move(facts));
    }
    framer_.feed({input_.data(), *octets});
    return *octets;
}

/// Stops where all commands are completed: what comes behind the OK to STARTTLS must stay where it
/// can be seen.
Result<void> Pipeline::take_pieces(Run& run, Until until) {
    for (;;) {
        auto piece = framer_.next();
        if (!piece)
            return tl::unexpected(at_layer(std::move(piece.error()), run.exchange.layer()));
        if (!*piece)
            return {};
        auto event = assembler_.add(**piece);
        if (!event)
            return tl::unexpected(at_layer(std::move(event.error()), run.exchange.layer()));
        if (*event)
            if (auto taken = take_event(run, **event); !taken)
                return taken;
        if (until == Until::all_completed && outstanding_.empty())
            return {};
    }
}

Result<void> Pipeline::take_event(Run& run, const ReplyAssembler::Event& event) {
    switch (event.kind) {
    case ReplyAssembler::Event::Kind::body_begins: {
        body_left_ = event.octets;
        auto use = run.exchange.body_begins(parse_body_start(assembler_.reply()));
        if (!use)
            return tl::unexpected(std::move(use.error()));
        run.body = *use;
        return {};
    }
    case ReplyAssembler::Event::Kind::body_octets:
        body_left_ = event.octets;
        if (run.body == Exchange::Use::unused)
            return run.idled(0, event.raw.size());
        run.used();
        return run.exchange.body_octets(event.raw, event.octets);
    case ReplyAssembler::Event::Kind::reply:
        break;
    }
    return take_reply(run, assembler_.reply());
}

Result<void> Pipeline::take_reply(Run& run, const Reply& reply) {
    // Some servers send one CRLF too many behind a reply.
    if (reply.raw.empty())
        return run.idled(1, 2);
    transcript_.received(reply);
    auto response = parse_response(reply);
    if (!response)
        return refuse(run, at_layer(std::move(response.error()), run.exchange.layer()));
    if (const auto* tagged = std::get_if<Tagged>(&*response))
        return take_tagged(run, *tagged);
    if (const auto* continuation = std::get_if<Continuation>(&*response))
        return take_continuation(run, *continuation);
    return take_untagged(run, *response);
}

Result<void> Pipeline::take_tagged(Run& run, const Tagged& tagged) {
    if (!left_idle_.empty() && tagged.tag == left_idle_) {
        left_idle_.clear();
        return {};
    }
    const auto found = std::find_if(outstanding_.begin(), outstanding_.end(),
                                    [&](const Outstanding& one) { return one.tag == tagged.tag; });
    const bool answered_early =
        found != outstanding_.end() &&
        (found->ends_at > written_octets_ ||
         (found->streamed && !found->streams_after_continuation) ||
         (tagged.status.is_ok() && (!found->unsent.empty() || found->streamed)));
    if (found == outstanding_.end() || answered_early)
        return refuse(run, {Cause::unexpected_tag,
                            run.exchange.layer(),
                            Reach::connection,
                            {{"tag", transcript_.quotable(tagged.tag)},
                             {"server_said", transcript_.quotable(tagged.status.words())}}});
    const std::size_t number = found->number;
    outstanding_.erase(found);
    learn(tagged.status);
    run.answered();
    run.exhausted = false;
    return run.exchange.completed(number, tagged.status);
}

Result<void> Pipeline::refuse(Run& run, Error error) {
    if (run.exchange.goes_on_after(error))
        return run.idled(1, assembler_.reply().raw.size());
    return tl::unexpected(std::move(error));
}

Result<void> Pipeline::take_continuation(Run& run, const Continuation& continuation) {
    if (outstanding_.empty())
        return fail(Cause::reply_malformed, run.exchange.layer(), Reach::connection,
                    {{"reply", "+"}});
    if (run.idles) {
        run.is_idling = true;
        return {};
    }
    if (waits_for_continuation()) {
        Outstanding& one = outstanding_.back();
        if (one.unsent.empty()) {
            one.streams_after_continuation = false;
            return {};
        }
        queue_octets(one.unsent.front().reveal());
        one.unsent.pop_front();
        one.ends_at = queued_octets_;
        return {};
    }
    auto answer = run.exchange.answer(continuation);
    if (!answer)
        return refuse(run, std::move(answer.error()));
    transcript_.sent(answer->empty() ? "" : "***");
    queue_octets(answer->reveal());
    queue_octets("\r\n");
    outstanding_.back().ends_at = queued_octets_;
    return {};
}

Result<void> Pipeline::take_untagged(Run& run, Response& response) {
    if (const auto* status = std::get_if<Status>(&response)) {
        learn(*status);
        if (status->kind == Status::Kind::bye && !run.exchange.expects_bye())
            return tl::unexpected(refusal(cause_of_bye(*status, run.exchange.layer()),
                                          run.exchange.layer(), Reach::connection, *status));
        if (auto valid = check_validity(*status); !valid)
            return valid;
        run.is_at_work = run.is_at_work || status->is_ok();
    }
    if (const auto* capabilities = std::get_if<Capabilities>(&response))
        capabilities_ = *capabilities;
    if (const auto* enabled = std::get_if<EnabledData>(&response))
        qresync_ = qresync_ || std::ranges::find(enabled->words, "QRESYNC") != enabled->words.end();
    if (auto noted = note_changes(run, response); !noted)
        return noted;
    auto use = run.exchange.untagged(response);
    if (!use)
        return tl::unexpected(std::move(use.error()));
    if (*use == Exchange::Use::unused)
        return run.idled(1, assembler_.reply().raw.size());
    run.answered();
    return {};
}

Result<void> Pipeline::note_changes(const Run& run, const Response& response) {
    const auto* count = std::get_if<CountData>(&response);
    const auto* vanished = std::get_if<VanishedData>(&response);
    if (vanished != nullptr && !vanished->earlier)
        return note_gone(run, vanished->uids.size());
    if (count != nullptr && count->kind == CountData::Kind::expunge)
        return note_gone(run, 1);
    return count != nullptr && count->kind == CountData::Kind::exists ? note_exists(count->number)
                                                                      : Result<void>();
}

Result<void> Pipeline::note_gone(const Run& run, std::uint64_t messages) {
    ++changes_seen_;
    if (exists_)
        *exists_ -= static_cast<std::uint32_t>(std::min<std::uint64_t>(*exists_, messages));
    if (guarded_ && !guarded_->they_last && !run.exchange.expunges())
        return fail(Cause::uidvalidity_changed, Layer::select, Reach::connection,
                    {{"expunged", std::to_string(messages)}});
    return {};
}

/// Only EXPUNGE makes them fewer (RFC 9051, 7.4.1). A server that says so by EXISTS alone has read
/// its folder again, and has numbered it anew (quirks.h: numbers_anew).
Result<void> Pipeline::note_exists(std::uint32_t exist) {
    if (exists_ && !folder_changes_ && quirks::numbers_anew(*exists_, exist))
        return fail(Cause::uidvalidity_changed, Layer::select, Reach::connection,
                    {{"exists", std::to_string(exist)}});
    if (exists_ != exist)
        ++changes_seen_;
    exists_ = exist;
    return {};
}

Result<void> Pipeline::check_validity(const Status& status) const {
    if (!guarded_ || folder_changes_ || !status.has_code("UIDVALIDITY"))
        return {};
    const auto said = number_of<std::uint32_t>(status.code->raw_arguments).value_or(0);
    if (said == guarded_->uid_validity)
        return {};
    return fail(Cause::uidvalidity_changed, Layer::select, Reach::connection,
                {{"uid_validity", std::to_string(said)}});
}

Result<void> Pipeline::start_tls(const Wait& wait) {
    if (!framer_.empty()) {
        broken_ = true;
        return fail(Cause::bytes_before_tls, Layer::starttls, Reach::connection);
    }
    auto started = connection_->start_tls(wait);
    broken_ = !started;
    // Nothing said in clear is believed after it: anybody may have said it.
    capabilities_.reset();
    framer_ = Framer(max_line_octets);
    assembler_ = ReplyAssembler();
    return started;
}

void Pipeline::learn(const Status& status) {
    if (status.has_code("CAPABILITY"))
        capabilities_ = parse_capabilities(status.code->raw_arguments);
}

Error Pipeline::refusal(Cause cause, Layer layer, Reach reach, const Status& status) const {
    Error error{cause, layer, reach, {{"server_said", transcript_.quotable(status.words())}}};
    if (quirks::asks_to_wait(status))
        error.facts.emplace_back("try_again", "later");
    if (const auto wait = quirks::suggested_wait(status))
        error.facts.emplace_back(
            "try_again_after_seconds",
            std::to_string(std::chrono::ceil<std::chrono::seconds>(*wait).count()));
    return error;
}

}  // namespace mail::imap
