#include "gui/screens/arranger.h"

#include <utility>

namespace gui {

bool Arranger::Question::operator==(const Question& other) const {
    return mailbox->rows_version == other.mailbox->rows_version &&
           mailbox->states_version == other.mailbox->states_version && wanted == other.wanted;
}

Arranger::Arranger(std::function<void()> on_answer)
    : on_answer_(std::move(on_answer)), thread_([this](const mail::StopToken& end) { work(end); }) {
}

Arranger::~Arranger() {
    thread_.request_stop();
    const std::lock_guard lock(mutex_);
    outdated_.request_stop();
}

void Arranger::ask(std::shared_ptr<const mail::MailboxView> mailbox, const Wanted& wanted) {
    Question question{std::move(mailbox), wanted};
    const std::lock_guard lock(mutex_);
    if (newest_ && *newest_ == question)
        return;
    // While states tick, what is being worked on is finished first: else a slow sort would never
    // come to an end. Other wishes make it worthless.
    if (working_ && newest_ && newest_->wanted != wanted)
        outdated_.request_stop();
    newest_ = question;
    next_ = std::move(question);
    asked_.notify_one();
}

std::shared_ptr<const Arrangement> Arranger::latest() const {
    const std::lock_guard lock(mutex_);
    return latest_;
}

bool Arranger::busy() const {
    const std::lock_guard lock(mutex_);
    return working_ || next_.has_value();
}

void Arranger::work(const mail::StopToken& end) {
    std::unique_lock lock(mutex_);
    while (asked_.wait(lock, end, [this] { return next_.has_value(); })) {
        const Question question = *std::exchange(next_, std::nullopt);
        outdated_ = mail::StopSource();
        const mail::StopToken outdated = outdated_.get_token();
        working_ = true;
        lock.unlock();
        auto answer = std::make_shared<Arrangement>();
        answer->mailbox = question.mailbox;
        answer->wanted = question.wanted;
        answer->order = arrange(*question.mailbox, question.wanted, outdated);
        lock.lock();
        working_ = false;
        if (outdated.stop_requested())
            continue;
        answer->number = ++answers_;
        latest_ = std::move(answer);
        lock.unlock();
        on_answer_();
        lock.lock();
    }
}

}  // namespace gui
