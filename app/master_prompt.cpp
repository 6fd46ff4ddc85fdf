#include "app/master_prompt.h"

#include <cstdio>
#include <utility>

#include "app/terminal.h"
#include "gui/text/causes.h"
#include "gui/text/screens.h"
#include "mail/base/master_password.h"

namespace app {

namespace {

namespace text = gui::text;

constexpr int tries = 3;

mail::Error needed(mail::Facts facts) {
    return {mail::Cause::master_password_needed, mail::Layer::workspace, mail::Reach::point,
            std::move(facts)};
}

mail::Error new_one_needed(mail::Facts why = {}) {
    why.emplace_back("new", "yes");
    return needed(std::move(why));
}

mail::Error given_one_is_too_short() {
    mail::Facts facts = mail::facts_of(mail::MasterPasswordFault::too_short);
    facts.emplace_back("given", "yes");
    return needed(std::move(facts));
}

std::string line_of(const mail::Error& error, text::Language language) {
    return text::words_of(error, language).cause + "\n";
}

}  // namespace

bool is_locked(const std::optional<mail::Error>& error) {
    return error && error->cause == mail::Cause::master_password_needed &&
           error->fact("new").empty();
}

std::optional<mail::Secret> MasterPrompt::ask(const text::Text& question) {
    return ask_secret(std::exchange(before_, {}) + std::string(question.in(language_)) + ": ");
}

mail::Result<void> MasterPrompt::give(mail::Secret master_password) {
    const mail::JobView ended = give_(std::move(master_password));
    if (ended.state == mail::JobView::State::done)
        return {};
    return tl::unexpected(ended.error.value_or(
        mail::Error{mail::Cause::cancelled, mail::Layer::workspace, mail::Reach::point, {}}));
}

MasterPrompt::Try MasterPrompt::ask_for_stored() {
    auto typed = ask(text::master_password_ask);
    if (!typed)
        return std::nullopt;
    return give(std::move(*typed));
}

MasterPrompt::Try MasterPrompt::ask_for_new() {
    auto chosen = ask(text::master_password_new);
    if (!chosen)
        return std::nullopt;
    if (const auto fault = mail::fault_of_master_password(chosen->reveal()))
        return tl::unexpected(needed(mail::facts_of(*fault)));
    const auto repeated = ask(text::master_password_repeat);
    if (!repeated)
        return std::nullopt;
    if (repeated->reveal() != chosen->reveal())
        return tl::unexpected(new_one_needed({{"differ", "yes"}}));
    std::fprintf(stderr, "%s\n", text::master_password_lost.in(language_).data());
    return give(std::move(*chosen));
}

mail::Result<void> MasterPrompt::repeat(Try (MasterPrompt::*one)(), mail::Error unanswered) {
    for (int left = tries; left > 0; --left) {
        const Try outcome = (this->*one)();
        if (!outcome)
            break;
        if (*outcome)
            return {};
        const mail::Error& error = outcome->error();
        const bool can_be_mended = error.cause == mail::Cause::master_password_wrong ||
                                   error.cause == mail::Cause::master_password_needed;
        if (left == 1 || !can_be_mended)
            return *outcome;
        std::fputs(line_of(error, language_).c_str(), stderr);
    }
    return tl::unexpected(std::move(unanswered));
}

mail::Result<void> MasterPrompt::unlock() {
    return repeat(&MasterPrompt::ask_for_stored, needed({}));
}

mail::Result<void> MasterPrompt::open(const mail::SecretsView& secrets) {
    using Wants = mail::SecretsView::Wants;
    switch (secrets.wants) {
    case Wants::master_password:
        return unlock();
    case Wants::longer_master_password: {
        const mail::Error error = given_one_is_too_short();
        // Who is asked although one was given must see why.
        before_ = line_of(error, language_);
        return repeat(&MasterPrompt::ask_for_new, error);
    }
    case Wants::new_master_password:
        return repeat(&MasterPrompt::ask_for_new, new_one_needed());
    case Wants::nothing:
        break;
    }
    // In memory only what is stored would be lost with the end of this command.
    if (secrets.kind == mail::SecretsView::Kind::memory)
        return repeat(&MasterPrompt::ask_for_new, new_one_needed());
    return {};
}

}  // namespace app
