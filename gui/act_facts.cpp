#include "gui/act_facts.h"

#include "gui/screens/job_strip.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/preview.h"
#include "gui/text/reasons.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"

namespace gui {

ActFacts define_facts(const Frame& frame, const mail::PointView* point) {
    const auto off = [&frame](const text::Text& words) {
        return std::string(words.in(frame.language));
    };
    ActFacts facts;
    if (!frame.snapshot.may_define)
        facts.define_off = off(text::off_not_administrator);
    if (point == nullptr)
        facts.diagnose_off = off(text::choose_point);
    else if (point->file_error)
        facts.diagnose_off = off(text::off_read_only);
    if (point == nullptr)
        facts.edit_off = facts.change_off = facts.export_off = off(text::choose_point);
    else if (point->demo || point->file_error)
        facts.edit_off = facts.change_off = facts.export_off = off(text::off_read_only);
    else
        facts.change_off = point->read_only ? off(text::off_read_only) : facts.define_off;
    return facts;
}

namespace {

/// "Pobrana: 2, Sprawdź: 1, 5 ukrytych filtrem": what Generate does not act on; "" if nothing.
std::string left_out_of(const SelectionFacts& selection, text::Language language) {
    std::string words;
    const auto add = [&words](const std::string& one) {
        words += (words.empty() ? "" : ", ") + one;
    };
    for (std::size_t i = 0; i < selection.left_out.size(); ++i)
        if (const std::size_t count = selection.left_out[i]; count > 0)
            add(std::string(text::words_of(static_cast<mail::Status>(i), language)) + ": " +
                text::number(count, language));
    if (selection.hidden > 0)
        add(text::counted(text::hidden_by_filter, language, selection.hidden));
    return words.empty() ? words : text::fill(text::generate_left_out, language, {{"why", words}});
}

/// Why nothing of the selection can be taken out of there.
const text::Text& why_none(const SelectionFacts& selection, const text::Text& others) {
    if (selection.selected == selection.hidden)
        return text::off_select;
    if (selection.being_taken > 0)
        return text::off_busy;
    return selection.held > 0 ? text::off_held : others;
}

void add_removal(ActFacts& facts, const Frame& frame, const mail::PointView& point,
                 const SelectionFacts& selection) {
    const auto off = [&frame](const text::Text& words) {
        return std::string(words.in(frame.language));
    };
    const bool allowed = point.definition->general.allow_delete_from_mailbox;
    const bool off_line =
        point.health == mail::PointHealth::down || point.health == mail::PointHealth::signin;
    // Where nobody can switch it on, it would only be in the way.
    facts.offers_both = allowed || !point.read_only;
    facts.offers_show = !selection.off_list.empty();
    if (selection.on_list.empty())
        facts.remove_off = off(why_none(
            selection, selection.off_list.empty() ? text::off_gone : text::off_hidden_already));
    if (!allowed)
        facts.remove_both_off = off(text::off_delete);
    else if (selection.on_list.empty() && selection.off_list.empty())
        facts.remove_both_off = off(why_none(selection, text::off_gone));
    else if (off_line)
        facts.remove_both_off = off(text::off_offline);
    if (!facts.offers_show)
        facts.show_in_list_off = off(text::off_none_hidden);
}

}  // namespace

ActFacts facts_of(const Frame& frame, const mail::PointView* point,
                  const SelectionFacts& selection) {
    ActFacts facts = define_facts(frame, point);
    const auto off = [&frame](const text::Text& words) {
        return std::string(words.in(frame.language));
    };
    if (point == nullptr) {
        facts.generate_off = facts.set_folder_off = facts.refresh_off = off(text::choose_point);
        facts.remove_off = facts.remove_both_off = facts.show_in_list_off = facts.quarantine_off =
            facts.save_message_off = facts.open_folder_off = facts.dry_run_off =
                facts.cancel_job_off = off(text::choose_point);
        return facts;
    }
    if (point->file_error) {
        facts.generate_off = facts.set_folder_off = off(text::point_file_error);
        facts.remove_off = facts.remove_both_off = facts.show_in_list_off = facts.quarantine_off =
            facts.save_message_off = facts.open_folder_off = facts.dry_run_off =
                off(text::point_file_error);
        return facts;
    }
    if (point->definition->type == mail::point::Type::ocr) {
        if (point->target_folder.empty())
            facts.open_folder_off = off(text::off_folder);
        return facts;  // the queue's own are its screen's
    }
    add_removal(facts, frame, *point, selection);
    if (selection.selected != 1)
        facts.save_message_off = off(text::off_one_message);
    else if (point->health == mail::PointHealth::down || point->health == mail::PointHealth::signin)
        facts.save_message_off = off(text::off_offline);
    const bool chooses = point->definition->general.set_folder_while_working;
    if (point->folder_from == mail::PointView::FolderFrom::given)
        facts.set_folder_off = off(text::off_folder_given);
    else if (!chooses)
        facts.set_folder_off = off(text::off_set_folder);
    facts.to_take = selection.take.size();
    facts.selected = selection.selected;
    facts.left_out = left_out_of(selection, frame.language);
    if (point->target_folder.empty())
        facts.open_folder_off = off(text::off_folder);
    const mail::JobView* takes = JobStrip::find(frame.snapshot, point->definition->id);
    if (takes != nullptr && !takes->by_itself)
        facts.generate_off = off(text::off_busy);
    else if (selection.selected == 0)
        facts.generate_off = off(text::off_select);
    else if (facts.to_take == 0)
        facts.generate_off = off(selection.held > 0 ? text::off_held : text::off_nothing_new) +
                             (facts.left_out.empty() ? "" : "\n" + facts.left_out);
    else if (point->health == mail::PointHealth::down || point->health == mail::PointHealth::signin)
        facts.generate_off = off(text::off_offline);
    else if (!facts.open_folder_off.empty())
        facts.generate_off = off(chooses ? text::off_folder : text::off_folder_of_point);
    return facts;
}

}  // namespace gui
