#include "gui/screens/address_lookup.h"

#include <utility>

#include <imgui.h>

#include "gui/redraw.h"
#include "gui/screens/editor_form.h"
#include "gui/text/proposals.h"
#include "gui/text/screens.h"
#include "mail/point/suggest.h"

namespace gui {

void AddressLookup::typed(double now) {
    due_at_ = now + std::chrono::duration<double>(EditorForm::pause).count();
    redraw_within(EditorForm::pause);
}

void AddressLookup::end(Frame& frame) {
    if (job_ != 0)
        frame.cancel(job_);
    job_ = 0;
    due_at_.reset();
}

void AddressLookup::follow(Frame& frame, const std::string& address) {
    const mail::JobView* job = frame.snapshot.job(job_);
    if (job != nullptr && job->has_ended()) {
        answer_ = job->proposal;
        job_ = 0;
    }
    const auto known = mail::point::suggest(address);
    // Its login is the address as it will be sent.
    const std::string whole = known && known->guessed ? known->login : "";
    if (whole != asked_ && !asked_.empty()) {
        if (job_ != 0)
            frame.cancel(job_);
        job_ = 0;
        answer_.reset();
        asked_.clear();
    }
    if (!due_at_ || ImGui::GetTime() < *due_at_)
        return;
    due_at_.reset();
    if (whole.empty() || whole == asked_)
        return;
    asked_ = whole;
    job_ = frame.post(mail::Propose{whole});
}

std::shared_ptr<const mail::Proposal> AddressLookup::take_answer() {
    return std::exchange(answer_, nullptr);
}

Note AddressLookup::note(text::Language language) const {
    if (!asking())
        return {};
    return {NoteKind::info,
            text::fill(text::looking_up, language,
                       {{"domain", std::string_view(asked_).substr(asked_.rfind('@') + 1)}}),
            std::string(text::cancel.in(language))};
}

Note origin_note(const mail::Proposal& proposal, text::Language language) {
    const bool doubtful =
        proposal.outside_domain || proposal.source == mail::proposal::Source::guess;
    return {doubtful ? NoteKind::warning : NoteKind::info, text::origin_of(proposal, language), ""};
}

}  // namespace gui
