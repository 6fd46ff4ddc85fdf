#pragma once
// Messages that somebody removes or brings back: the questions before, the commands, and what is
// said when they have ended.

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gui/removal_dialog.h"
#include "gui/screen.h"
#include "gui/screens/mail_grid.h"
#include "gui/toasts.h"
#include "gui/undo.h"

namespace gui {

class Removals {
public:
    /// Both outlive it.
    Removals(Toasts& toasts, Undo& undo) : toasts_(toasts), undo_(undo) {}

    enum class From { list, mailbox };
    /// Of what is selected; asks first where it must.
    void remove(Frame& frame, const mail::PointView& point, const SelectionFacts& selection,
                From from);
    void show_in_list(Frame& frame, const std::string& point, const SelectionFacts& selection);
    mail::JobId restore(Frame& frame, const std::string& point,
                        std::vector<mail::Restore::Which> messages);

    /// The questions, one at a time.
    void draw(Frame& frame);
    [[nodiscard]] bool asks() const { return !questions_.empty(); }

    /// Whether report() is waiting for that job.
    [[nodiscard]] bool waits_for(mail::JobId job) const;
    enum class Told { here, elsewhere };  ///< in a toast, or where somebody follows it
    /// It has ended.
    void report(const Frame& frame, const mail::JobView& job, Told told);
    struct AfterTaking {
        std::function<std::string(text::Language)> words;  ///< null: there is nothing to be said
        std::uint64_t undo = 0;                            ///< Undo's number of it; 0: none
    };
    /// What a job that takes messages has removed from the mailbox afterwards, as the point wants
    /// it: for what is said of the job.
    [[nodiscard]] AfterTaking after_taking(const mail::Snapshot& snapshot,
                                           const mail::JobView& job);
    /// Why that message stayed when it was to be removed last; null: nothing is known.
    [[nodiscard]] const mail::Error* kept(const std::string& point, std::uint32_t uid) const;

private:
    /// What is posted, and what is said of it afterwards.
    struct Order {
        mail::Remove command;
        std::size_t being_taken = 0, held = 0;  ///< left out
        int quarantine_days = 0;
    };
    struct Question {
        Order order;
        RemovalQuestion words;
    };
    void post(Frame& frame, Order order);
    [[nodiscard]] RemovalQuestion question_of(const mail::PointView& point,
                                              const Order& order) const;
    void report_removal(const Frame& frame, const mail::JobView& job, const Order& order);
    /// Undo's list is up to date then.
    void note_restored(const mail::JobView& job, const mail::Restore& posted);
    void report_restore(const Frame& frame, const mail::JobView& job, const mail::Restore& posted);
    void note_kept(const mail::JobView& job, const std::vector<std::uint32_t>& asked);

    Toasts& toasts_;
    Undo& undo_;
    std::deque<Question> questions_;
    RemovalDialog dialog_;
    std::map<mail::JobId, Order> removing_;
    std::map<mail::JobId, mail::Restore> restoring_;
    std::map<std::string, std::map<std::uint32_t, mail::Error>, std::less<>> kept_;
};

}  // namespace gui
