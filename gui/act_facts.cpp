#include "gui/act_facts.h"

#include "gui/screens/job_strip.h"
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
        facts.edit_off = facts.change_off = facts.export_off = off(text::choose_point);
    else if (point->demo || point->file_error)
        facts.edit_off = facts.change_off = facts.export_off = off(text::off_read_only);
    else
        facts.change_off = point->read_only ? off(text::off_read_only) : facts.define_off;
    return facts;
}

ActFacts facts_of(const Frame& frame, const mail::PointView* point,
                  const SelectionFacts& selection) {
    ActFacts facts = define_facts(frame, point);
    const auto off = [&frame](const text::Text& words) {
        return std::string(words.in(frame.language));
    };
    if (point == nullptr) {
        facts.generate_off = facts.set_folder_off = facts.refresh_off = off(text::choose_point);
        return facts;
    }
    if (point->file_error) {
        facts.generate_off = facts.set_folder_off = off(text::point_file_error);
        return facts;
    }
    facts.to_take = selection.take.size();
    facts.has_folder = !point->target_folder.empty();
    if (JobStrip::find(frame.snapshot, point->definition->id) != nullptr)
        facts.generate_off = off(text::off_busy);
    else if (selection.selected == 0)
        facts.generate_off = off(text::off_select);
    else if (facts.to_take == 0)
        facts.generate_off = off(text::off_nothing_new);
    else if (point->health == mail::PointHealth::down || point->health == mail::PointHealth::signin)
        facts.generate_off = off(text::off_offline);
    else if (!facts.has_folder)
        facts.generate_off = off(text::off_folder);
    return facts;
}

}  // namespace gui
