#include "mail/diagnose/record.h"

#include <algorithm>
#include <utility>

namespace mail::diagnose {

namespace {

constexpr Layer ladder[] = {Layer::dns,      Layer::proxy,        Layer::tcp,      Layer::tls,
                            Layer::greeting, Layer::capabilities, Layer::starttls, Layer::oauth,
                            Layer::auth,     Layer::folders,      Layer::select,   Layer::list,
                            Layer::fetch,    Layer::target};

bool is_open(const Step& step) {
    return step.verdict == Verdict::waiting || step.verdict == Verdict::running;
}

}  // namespace

Record::Record(net::Encryption encryption, Watcher watcher, const TimeSource& time)
    : watcher_(std::move(watcher)), time_(time), began_(time.now()), step_began_(began_) {
    for (const Layer layer : ladder)
        diagnosis_.steps.push_back({layer, Verdict::waiting, {}, {}, {}});
    at(Layer::starttls).verdict = Verdict::not_used;
    if (encryption == net::Encryption::none)
        at(Layer::tls).verdict = Verdict::not_used;
    if (encryption == net::Encryption::starttls)
        clear_text_first();
    run_next();
    publish();
}

Step& Record::at(Layer layer) {
    return *std::ranges::find(diagnosis_.steps, layer, &Step::layer);
}

Step* Record::running() {
    const auto found = std::ranges::find(diagnosis_.steps, Verdict::running, &Step::verdict);
    return found == diagnosis_.steps.end() ? nullptr : &*found;
}

void Record::clear_text_first() {
    const auto tls = std::ranges::find(diagnosis_.steps, Layer::tls, &Step::layer);
    const auto starttls = std::ranges::find(diagnosis_.steps, Layer::starttls, &Step::layer);
    tls->verdict = starttls->verdict = Verdict::waiting;
    std::rotate(tls, tls + 1, starttls + 1);
}

void Record::run_next() {
    for (Step& step : diagnosis_.steps)
        if (step.verdict == Verdict::running)
            step.verdict = Verdict::waiting;
    const auto next = std::ranges::find(diagnosis_.steps, Verdict::waiting, &Step::verdict);
    if (next != diagnosis_.steps.end())
        next->verdict = Verdict::running;
}

void Record::settle(Step& step, Verdict verdict, Facts evidence) {
    if (is_open(step) && verdict != Verdict::not_used) {
        const Clock::time_point now = time_.now();
        step.time = std::chrono::duration_cast<std::chrono::microseconds>(now - step_began_);
        step_began_ = now;
    }
    step.verdict = verdict;
    step.evidence = std::move(evidence);
}

void Record::ok(Layer layer, Facts evidence) {
    if (layer == Layer::greeting && at(Layer::tls).verdict != Verdict::not_used &&
        is_open(at(Layer::tls)) && at(Layer::starttls).verdict == Verdict::not_used)
        clear_text_first();
    settle(at(layer), Verdict::ok, std::move(evidence));
    run_next();
    publish();
}

void Record::warn(Layer layer, Facts evidence, std::optional<Error> error) {
    settle(at(layer), Verdict::warn, std::move(evidence));
    at(layer).error = std::move(error);
    run_next();
    publish();
}

void Record::not_used(Layer layer, Facts evidence) {
    settle(at(layer), Verdict::not_used, std::move(evidence));
    run_next();
    publish();
}

void Record::fail(const Error& error) {
    const auto named = std::ranges::find(diagnosis_.steps, error.layer, &Step::layer);
    // What went well does not fail later: the trouble is where we are.
    const bool is_over = named == diagnosis_.steps.end() || named->verdict == Verdict::ok ||
                         named->verdict == Verdict::warn;
    Step* failed = is_over ? running() : &*named;
    if (failed == nullptr)
        failed = &at(Layer::target);
    settle(*failed, Verdict::fail, error.facts);
    failed->error = error;
    step_began_ = time_.now();
    for (Step& step : diagnosis_.steps)
        if (is_open(step) && step.layer != Layer::target)
            step.verdict = Verdict::skipped;
    run_next();
    publish();
}

void Record::cancel() {
    for (Step& step : diagnosis_.steps)
        if (is_open(step))
            step.verdict = Verdict::skipped;
    diagnosis_.state = Diagnosis::State::cancelled;
    diagnosis_.time = std::chrono::duration_cast<std::chrono::microseconds>(time_.now() - began_);
    publish();
}

void Record::end() {
    diagnosis_.state = Diagnosis::State::ended;
    diagnosis_.time = std::chrono::duration_cast<std::chrono::microseconds>(time_.now() - began_);
    publish();
}

void Record::publish() const {
    if (watcher_)
        watcher_(diagnosis_);
}

}  // namespace mail::diagnose
