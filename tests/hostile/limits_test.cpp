// Limits that servers set: they are respected, with one new login, at the message where it stopped;
// and never a storm of logins.

#include "tests/hostile/against_server.h"

namespace mail::hostile {
namespace {

using namespace std::chrono_literals;
using Limits = AgainstServer;

const Letter one(1), two(2), three(3);

/// FETCH of the letter's PDF and a right answer.
Script gives(const Letter& letter) {
    return {expect("UID FETCH " + std::to_string(letter.uid()) + " (UID BODY.PEEK[2])"),
            say(letter.fetched("2", letter.encoded())), say("$TAG OK")};
}

Script says(std::string_view line) {
    return {say(line)};
}

const Script bye_at_once{say("* BYE Too many connections from your address"), hang_up()};

TEST_F(Limits, too_many_connections_are_waited_for) {
    serve({bye_at_once, bye_at_once, listed({one})});
    EXPECT_EQ(open().state, JobView::State::done);
    EXPECT_EQ(server_->counts().connections, 3U);
    EXPECT_EQ(commands_with("LOGIN"), 1U);
    const auto pauses = skipped_.pauses();
    ASSERT_EQ(pauses.size(), 2U);
    EXPECT_GE(pauses[0], 4990ms);
    EXPECT_GE(pauses[1], 9990ms);
}

TEST_F(Limits, and_not_for_ever) {
    serve(bye_at_once);
    const JobView job = open();
    EXPECT_EQ(job.error->cause, Cause::server_limit);
    EXPECT_EQ(job.error->fact("server_said"), "Too many connections from your address");
    EXPECT_EQ(server_->counts().connections, 4U);
    EXPECT_EQ(commands_with("LOGIN"), 0U);
    EXPECT_EQ(health(), PointHealth::down);
}

TEST_F(Limits, a_login_that_is_put_off_is_tried_again) {
    const Script greeting{say("* OK [CAPABILITY IMAP4rev1] hi"), expect("LOGIN")};
    serve(
        {greeting + says("$TAG NO [UNAVAILABLE] Temporary authentication failure"), listed({one})});
    EXPECT_EQ(open().state, JobView::State::done);
    EXPECT_EQ(commands_with("LOGIN"), 2U);
    EXPECT_EQ(skipped_.pauses().size(), 1U);
}

TEST_F(Limits, a_refused_password_stops_until_somebody_acts) {
    const Script greeting{say("* OK [CAPABILITY IMAP4rev1] hi"), expect("LOGIN")};
    for (const Script& refused :
         {says("$TAG NO [AUTHENTICATIONFAILED] no"),
          says("$TAG NO [AUTHENTICATIONFAILED] Login failed, please try again later"),
          says("$TAG NO LOGIN failed, too many failed attempts"), says("$TAG NO no, try again"),
          Script{say("* BYE Authentication failed"), hang_up()}}) {
        serve(greeting + refused);
        EXPECT_EQ(open().error->cause, Cause::login_refused);
        EXPECT_EQ(commands_with("LOGIN"), 1U);
        EXPECT_TRUE(skipped_.pauses().empty());
        EXPECT_EQ(health(), PointHealth::signin);
    }
}

TEST_F(Limits, a_server_that_ends_the_connection_at_the_login_gets_one_more) {
    serve(
        {say("* OK [CAPABILITY IMAP4rev1] hi"), expect("LOGIN"), say("* BYE go away"), hang_up()});
    EXPECT_EQ(open().error->cause, Cause::server_says_bye);
    EXPECT_EQ(commands_with("LOGIN"), 2U);
}

TEST_F(Limits, a_password_that_is_refused_in_mid_run_stops_it) {
    const Script greeting{say("* OK [CAPABILITY IMAP4rev1] hi"), expect("LOGIN")};
    serve({listed({one, two}) + gives(two) + Script{say("* BYE Session expired"), hang_up()},
           greeting + says("$TAG NO [AUTHENTICATIONFAILED] changed")});
    EXPECT_EQ(take().error->cause, Cause::login_refused);
    EXPECT_EQ(commands_with("LOGIN"), 2U);
    EXPECT_EQ(statuses(), "1:new 2:taken");
    EXPECT_EQ(health(), PointHealth::signin);
}

TEST_F(Limits, other_numbers_after_a_new_login_are_never_taken_for_the_old_ones) {
    const Script rebuilt =
        listed({one, two}) + gives(two) + Script{say("* BYE Mailbox was rebuilt"), hang_up()};
    serve({rebuilt, greeted() + examined(2, 2) + gives(one)});
    EXPECT_EQ(do_job(Take{"point", {1, 2}, false}).error->cause, Cause::uidvalidity_changed);
    EXPECT_EQ(commands_with("UID FETCH 1 (UID BODY"), 0U);
    EXPECT_EQ(statuses(), "1:new 2:taken");
    EXPECT_EQ(files().size(), 1U);
}

TEST_F(Limits, where_no_number_was_asked_for_other_numbers_are_listed_anew_in_the_same_job) {
    const Letter moved(9, one.content());
    serve({listed({one, two}) + gives(two) + Script{say("* BYE Mailbox was rebuilt"), hang_up()},
           greeted() + examined(2, 2) + examined(2, 2) +
               Script{expect("UID SEARCH"), say("* SEARCH 2 9"), say("$TAG OK found"),
                      expect("UID FETCH"), say(two.listed()), say(moved.listed()),
                      say("$TAG OK listed")} +
               gives(moved)});
    const JobView job = take();
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(job.messages_done, 2U);
    EXPECT_EQ(job.messages_total, 2U);
    EXPECT_EQ(statuses(), "2:taken 9:taken");
    EXPECT_EQ(files().size(), 2U);
    EXPECT_EQ(commands_with("UID FETCH 2 (UID BODY"), 1U) << "known by its Message-ID";
    EXPECT_EQ(commands_with("LOGIN"), 2U);
}

TEST_F(Limits, fewer_messages_before_it_is_said_which_are_gone_end_no_run) {
    const Script fewer{expect("FETCH 2 "), say("* 2 EXISTS"), say("* 1 EXPUNGE"),
                       say(two.fetched("2", two.encoded())), say("$TAG OK")};
    // A server that keeps its numbers is only signed in to again.
    serve({listed({one, two, three}, "IMAP4rev1 UIDPLUS") + gives(three) + fewer,
           greeted("IMAP4rev1 UIDPLUS") + examined(2) + gives(two) +
               Script{expect("FETCH 1 "), say("$TAG OK")}});
    EXPECT_EQ(do_job(Take{"point", {1, 2, 3}, false}).state, JobView::State::done);
    EXPECT_EQ(statuses(), "1:gone(message_gone) 2:taken 3:taken");
    EXPECT_EQ(commands_with("LOGIN"), 2U);
}

TEST_F(Limits, a_server_that_numbers_anew_is_listed_anew_in_the_same_job) {
    serve({listed({one, two, three}) + gives(three) + Script{expect("FETCH 2 "), say("* 2 EXISTS")},
           greeted() + examined(2) +
               Script{expect("UID SEARCH"), say("* SEARCH 1 4"), say("$TAG OK found"),
                      expect("UID FETCH"), say(one.listed()), say(Letter(4).listed()),
                      say("$TAG OK listed")} +
               gives(Letter(4)) + gives(one)});
    const JobView job = take();
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(statuses(), "1:taken 4:taken");
    EXPECT_EQ(job.messages_done, 3U);
    EXPECT_EQ(files().size(), 3U);
    EXPECT_EQ(commands_with("LOGIN"), 2U);
}

TEST_F(Limits, a_throttled_run_goes_on_at_the_same_message_after_one_login) {
    for (const std::string said :
         {"$TAG NO [LIMIT] Request is throttled. Suggested Backoff Time: 120000 milliseconds",
          "* BYE Session invalidated", "$TAG NO [INUSE] Mailbox is locked",
          "$TAG NO Server busy, please try again later"}) {
        const std::size_t before = skipped_.pauses().size();
        serve({listed({one, two, three}) + gives(three) + Script{expect("FETCH 2 "), say(said)},
               greeted() + examined(3) + gives(two) + gives(one)});
        const JobView job = do_job(Take{"point", {}, true});
        EXPECT_EQ(job.state, JobView::State::done) << said;
        EXPECT_EQ(statuses(), "1:taken 2:taken 3:taken");
        EXPECT_EQ(commands_with("LOGIN"), 2U);
        EXPECT_EQ(commands_with("FETCH 3 (UID BODY"), 1U) << "what is there is not fetched again";
        EXPECT_EQ(files().at("faktura-2.pdf"), two.content());
        const auto pauses = skipped_.pauses();
        ASSERT_EQ(pauses.size(), before + 1);
        if (said.find("Suggested") != std::string::npos) {
            EXPECT_GE(pauses.back(), 119900ms);
        }
    }
}

TEST_F(Limits, an_idle_logout_between_two_jobs_is_not_noticed) {
    serve({listed({one}) + Script{say("* BYE Autologout; idle for too long"), hang_up()},
           greeted() + examined() + gives(one)});
    EXPECT_EQ(open().state, JobView::State::done);
    EXPECT_EQ(take().state, JobView::State::done);
    EXPECT_EQ(statuses(), "1:taken");
    EXPECT_EQ(commands_with("LOGIN"), 2U);
}

TEST_F(Limits, a_locked_folder_and_a_busy_search_are_asked_again_on_the_same_session) {
    serve(greeted() +
          Script{expect("EXAMINE"), say("$TAG NO [INUSE] locked by another process"),
                 expect("UID SEARCH"), say("$TAG BAD no folder is open")} +
          examined() + Script{expect("UID SEARCH"), say("$TAG NO [UNAVAILABLE] index is busy")} +
          examined() + searched() + Script{expect("UID FETCH"), say(one.listed()), say("$TAG OK")});
    EXPECT_EQ(open().state, JobView::State::done);
    EXPECT_EQ(statuses(), "1:new");
    EXPECT_EQ(commands_with("LOGIN"), 1U);
    EXPECT_EQ(skipped_.pauses().size(), 2U);
}

TEST_F(Limits, a_list_that_is_cut_off_comes_whole_and_without_rows_of_nothing) {
    for (const Script& end : {says("$TAG NO [LIMIT] Too many commands"),
                              Script{say("* BYE Server shutting down"), hang_up()},
                              Script{demo::Step{demo::Step::Kind::reset}}}) {
        serve({greeted() + examined(2) + searched(2) +
                   Script{expect("UID FETCH"), say(two.listed())} + end,
               listed({one, two})});
        EXPECT_EQ(open().state, JobView::State::done);
        EXPECT_EQ(statuses(), "1:new 2:new");
        EXPECT_EQ(commands_with("LOGIN"), 2U);
    }
}

/// What a server says of a mail whose subject has a line end within.
std::string cut_in_two(const Letter& letter) {
    std::string said = letter.listed();
    return said.replace(said.find("\"Faktura\""), 9, "\"Fak\r\ntura\"");
}

/// The answer to a listing of this message alone.
Script tells(const Letter& letter, std::string_view said) {
    return {expect("UID FETCH " + std::to_string(letter.uid()) + " (UID FLAGS"), say(said),
            say("$TAG OK")};
}

Script opened(std::uint32_t messages) {
    return greeted("IMAP4rev1 UIDPLUS") + examined(messages) + searched(messages);
}

TEST_F(Limits, a_mail_whose_reply_is_cut_in_two_keeps_no_other_from_the_list_and_is_read_whole) {
    serve({opened(3) + Script{expect("UID FETCH"), say(one.listed()), say(cut_in_two(two))},
           opened(3) + tells(three, three.listed()) + tells(two, cut_in_two(two)) + examined(3) +
               gives(three) +
               Script{expect("UID FETCH 2 (UID BODY.PEEK[])"), say(two.fetched("", two.raw())),
                      say("$TAG OK")} +
               gives(one)});
    EXPECT_EQ(open().state, JobView::State::done);
    EXPECT_EQ(statuses(), "1:new 2:new 3:new");
    EXPECT_EQ(commands_with("LOGIN"), 2U);
    EXPECT_EQ(commands_with("UID FETCH 1 (UID FLAGS"), 0U) << "it had come";
    ASSERT_TRUE(rows()[1].structure_error);
    EXPECT_EQ(take().state, JobView::State::done);
    EXPECT_EQ(statuses(), "1:taken 2:taken 3:taken");
    EXPECT_EQ(files().size(), 3U);
    EXPECT_EQ(files().at("faktura-2.pdf"), two.content());
}

TEST_F(Limits, many_mails_that_break_the_list_cost_one_login_or_one_each) {
    std::vector<Letter> letters;
    for (std::uint32_t uid = 1; uid <= 8; ++uid)
        letters.emplace_back(uid);
    const auto told = [&](const std::vector<std::uint32_t>& uids) {
        Script script;
        for (const std::uint32_t uid : uids)
            script = std::move(script) + tells(letters[uid - 1], uid % 2 == 0
                                                                     ? cut_in_two(letters[uid - 1])
                                                                     : letters[uid - 1].listed());
        return script;
    };
    // These end the session: a size that can't be, and a server that can't do it.
    const auto ends = [](std::uint32_t uid, const Script& end) {
        return Script{expect("UID FETCH " + std::to_string(uid) + " (UID FLAGS")} + end;
    };
    const Script bye{say("* BYE Internal error"), hang_up()};
    serve({opened(8) + Script{expect("UID FETCH"), say(cut_in_two(letters[7]))},
           opened(8) + told({8, 7, 6}) + ends(5, says("* 5 FETCH (UID 5 ENVELOPE (NIL {-1}")),
           opened(8) + told({8, 6, 4}) + ends(3, bye), opened(8) + told({8, 6, 4}) + ends(3, bye),
           opened(8) + told({8, 6, 4, 2, 1})});
    EXPECT_EQ(open().state, JobView::State::done);
    EXPECT_EQ(statuses(), "1:new 2:new 3:new 4:new 5:new 6:new 7:new 8:new");
    EXPECT_EQ(commands_with("LOGIN"), 5U);
    std::string unreadable;
    for (const MessageRow& row : rows())
        if (row.structure_error)
            unreadable += std::to_string(row.uid) + " ";
    EXPECT_EQ(unreadable, "2 3 4 5 6 8 ");
}

TEST_F(Limits, what_broke_a_list_once_does_not_break_the_next_one) {
    const Script good = opened(2) + tells(two, two.listed()) + tells(one, cut_in_two(one));
    serve({opened(2) + Script{expect("UID FETCH"), say(cut_in_two(one))},
           good + examined(2) + searched(2) + tells(two, two.listed()) +
               tells(one, cut_in_two(one))});
    EXPECT_EQ(open().state, JobView::State::done);
    EXPECT_EQ(open().state, JobView::State::done);
    EXPECT_EQ(statuses(), "1:new 2:new");
    EXPECT_EQ(commands_with("LOGIN"), 2U);
}

TEST_F(Limits, rows_that_came_before_a_limit_are_kept_and_only_the_rest_is_asked_for) {
    constexpr std::uint32_t count = 10;
    std::vector<Letter> letters;
    for (std::uint32_t uid = 1; uid <= count; ++uid)
        letters.emplace_back(uid);
    const std::vector<Script> ends{says("$TAG NO [LIMIT] Too many commands"),
                                   Script{say("* BYE Session limit reached"), hang_up()}};
    for (const Script& end : ends) {
        std::vector<Script> scripts;
        for (std::uint32_t left = count; left > 0; --left)
            scripts.push_back(greeted("IMAP4rev1 UIDPLUS") + examined(count) + searched(count) +
                              Script{expect("UID FETCH"), say(letters[left - 1].listed())} +
                              (left > 1 ? end : says("$TAG OK listed")));
        serve(scripts);
        EXPECT_EQ(open().state, JobView::State::done) << "more tries than there are in vain";
        EXPECT_EQ(statuses(), "1:new 2:new 3:new 4:new 5:new 6:new 7:new 8:new 9:new 10:new");
        EXPECT_EQ(commands_with("UID FETCH 1:9 (UID FLAGS"), 1U);
        EXPECT_EQ(commands_with("UID FETCH 1 (UID FLAGS"), 1U);
    }
}

TEST_F(Limits, of_the_rows_that_came_those_of_removed_mails_and_of_other_numbers_are_forgotten) {
    const Script bye{say("* BYE Server shutting down"), hang_up()};
    const Script cut = greeted("IMAP4rev1 UIDPLUS") + examined(3) + searched(3) +
                       Script{expect("UID FETCH"), say(three.listed()), say(two.listed())} + bye;
    serve({cut, greeted("IMAP4rev1 UIDPLUS") + examined(2) + searched(2) +
                    Script{expect("UID FETCH 1 ("), say(one.listed()), say("$TAG OK")}});
    EXPECT_EQ(open().state, JobView::State::done);
    EXPECT_EQ(statuses(), "1:new 2:new");
    serve({cut, greeted("IMAP4rev1 UIDPLUS") + examined(2, 2) + searched(2) +
                    Script{expect("UID FETCH 1:2 ("), say(one.listed()), say(two.listed()),
                           say("$TAG OK")}});
    EXPECT_EQ(open().state, JobView::State::done);
    EXPECT_EQ(statuses(), "1:new 2:new");
    EXPECT_EQ(commands_with("UID FETCH 1:2 ("), 1U);
}

TEST_F(Limits, a_bye_before_the_folder_is_open_is_waited_for) {
    const Script bye{say("* BYE mailbox is away"), hang_up()};
    serve({greeted() + bye, greeted() + Script{expect("EXAMINE")} + bye, listed({one})});
    EXPECT_EQ(open().state, JobView::State::done);
    const auto pauses = skipped_.pauses();
    ASSERT_EQ(pauses.size(), 2U);
    EXPECT_GE(pauses[0], 4990ms);
    EXPECT_GE(pauses[1], 9990ms);
}

TEST_F(Limits, a_wait_of_hours_is_told_and_never_cut_short) {
    serve(greeted() + Script{expect("EXAMINE"),
                             say("$TAG NO Request is throttled. Suggested Backoff Time: 3600000 "
                                 "milliseconds"),
                             expect("UID SEARCH"), say("$TAG BAD no folder is open")});
    const JobView job = open();
    ASSERT_TRUE(job.error);
    EXPECT_EQ(job.error->cause, Cause::server_limit);
    EXPECT_EQ(job.error->fact("try_again_after_seconds"), "3600");
    EXPECT_EQ(commands_with("EXAMINE"), 1U);
    EXPECT_TRUE(skipped_.pauses().empty());
}

TEST_F(Limits, a_message_that_is_refused_for_ever_does_not_keep_the_others) {
    const Script refused{expect("FETCH 2 "), say("$TAG NO [UNAVAILABLE] storage is away")};
    serve({listed({one, two, three}) + gives(three) + refused, greeted() + examined(3) + refused,
           greeted() + examined(3) + gives(one) + refused, greeted() + examined(3) + refused});
    EXPECT_EQ(take().state, JobView::State::done);
    EXPECT_EQ(statuses(), "1:taken 2:failed(server_limit) 3:taken");
    EXPECT_LE(commands_with("LOGIN"), 4U);
}

TEST_F(Limits, a_server_that_hangs_up_after_each_message_sees_few_logins_and_nothing_is_lost) {
    constexpr std::uint32_t count = 25;
    std::vector<Letter> letters;
    for (std::uint32_t uid = 1; uid <= count; ++uid)
        letters.emplace_back(uid);
    std::vector<Script> scripts;
    for (std::uint32_t left = count; left > 0; --left)
        scripts.push_back((left == count ? listed(letters) : greeted() + examined(count)) +
                          gives(letters[left - 1]) + Script{hang_up()});
    serve(scripts);
    const JobView job = take();
    EXPECT_EQ(job.error->cause, Cause::connection_lost);
    EXPECT_EQ(job.messages_done, 21U);
    EXPECT_EQ(commands_with("LOGIN"), 21U);
    EXPECT_EQ(files().size(), 21U);
    EXPECT_EQ(take().messages_done, 4U) << "the next run goes on";
    EXPECT_EQ(files().size(), count);
}

TEST_F(Limits, a_reset_in_the_middle_of_a_part_leaves_nothing_half) {
    serve(
        {listed({one}) + Script{expect("FETCH 1 "), say_raw("* 1 FETCH (UID 1 BODY[2] {900}\r\nJV"),
                                demo::Step{demo::Step::Kind::reset}},
         greeted() + examined() + gives(one)});
    EXPECT_EQ(take().state, JobView::State::done);
    EXPECT_EQ(files().at("faktura-1.pdf"), one.content());
    EXPECT_EQ(files().size(), 1U);
}

TEST_F(Limits, waiting_is_shown_and_can_be_stopped) {
    time_ = &real_time();
    serve(bye_at_once);
    const JobId job = engine_->post(OpenPoint{"point"});
    const auto waiting =
        wait_for(job, [](const JobView& view) { return view.held_up.has_value(); });
    EXPECT_EQ(waiting.held_up->cause, Cause::server_limit);
    engine_->cancel(job);
    const auto ended =
        wait_for(job, [](const JobView& view) { return view.state >= JobView::State::done; });
    EXPECT_EQ(ended.state, JobView::State::cancelled);
    EXPECT_EQ(server_->counts().connections, 1U);
}

}  // namespace
}  // namespace mail::hostile
