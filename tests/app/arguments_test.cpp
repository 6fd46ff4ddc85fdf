#include "app/arguments.h"

#include <gtest/gtest.h>

#include "gui/text/cli.h"
#include "gui/text/cli_removal.h"

namespace app {

namespace text = gui::text;

TEST(Arguments, nothing_is_the_window) {
    const auto arguments = parse_arguments({});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->action, Action::window);
}

TEST(Arguments, global_options_stand_before_or_after_the_command) {
    for (const auto& words : {std::vector<std::string>{"--lang", "pl", "list", "--demo"},
                              std::vector<std::string>{"list", "--demo", "--lang=pl"}}) {
        const auto arguments = parse_arguments(words);
        ASSERT_TRUE(arguments);
        EXPECT_EQ(arguments->action, Action::list);
        EXPECT_TRUE(arguments->demo);
        EXPECT_EQ(arguments->language, text::Language::pl);
    }
}

TEST(Arguments, run_takes_a_point_a_folder_and_uids) {
    const auto arguments = parse_arguments(
        {"run", "--point", "Faktury kosztowe", "--out", "/tmp/x", "--uid", "9,7:8,7"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->point, "Faktury kosztowe");
    EXPECT_EQ(arguments->out, "/tmp/x");
    EXPECT_EQ(arguments->uids, (std::vector<std::uint32_t>{7, 8, 9}));
}

TEST(Arguments, watch_takes_several_points_and_what_is_to_be_taken) {
    const auto arguments =
        parse_arguments({"watch", "--point", "Faktury", "--take", "--point=Skany", "--json"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->action, Action::watch);
    EXPECT_EQ(arguments->points, (std::vector<std::string>{"Faktury", "Skany"}));
    EXPECT_TRUE(arguments->take);
    EXPECT_FALSE(parse_arguments({"watch"}));
    EXPECT_FALSE(parse_arguments({"run", "--demo", "--take"}));
    EXPECT_FALSE(parse_arguments({"watch", "--demo", "--uid", "7"}));
}

TEST(Arguments, propose_takes_one_whole_address) {
    const auto arguments = parse_arguments({"propose", "ala@firma.example", "--json"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->action, Action::propose);
    EXPECT_EQ(arguments->address, "ala@firma.example");
    for (const auto& words :
         {std::vector<std::string>{"propose"}, std::vector<std::string>{"propose", "ala"},
          std::vector<std::string>{"propose", "ala@firma"}}) {
        const auto wrong = parse_arguments(words);
        ASSERT_FALSE(wrong);
        EXPECT_EQ(wrong.error().text, &text::usage_address_needed);
    }
    EXPECT_FALSE(parse_arguments({"propose", "ala@firma.example", "--demo"}));
    EXPECT_FALSE(parse_arguments({"propose", "ala@firma.example", "--point", "A"}));
    EXPECT_FALSE(parse_arguments({"propose", "ala@firma.example", "b@firma.example"}));
}

TEST(Arguments, no_days_at_all_are_days_of_lists) {
    const auto arguments = parse_arguments({"retention", "--lists", "0", "--log=3650"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->action, Action::retention);
    EXPECT_EQ(arguments->list_days, 0);
    EXPECT_EQ(arguments->log_days, 3650);
    EXPECT_FALSE(parse_arguments({"retention"})->log_days);
}

TEST(Arguments, help_needs_nothing_else) {
    const auto arguments = parse_arguments({"run", "--help"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->info, Arguments::Info::help);
    EXPECT_EQ(arguments->action, Action::run);
}

TEST(Arguments, wrong_usage_is_said_in_the_language_asked_for_wherever_that_stands) {
    using text::Language;
    const std::vector<std::pair<std::vector<std::string>, std::optional<Language>>> table{
        {{"lst", "--lang", "pl"}, Language::pl},
        {{"--lang", "pl", "lst"}, Language::pl},
        {{"lst", "--lang=en"}, Language::en},
        {{"list", "--pont", "x", "--lang", "en", "--lang=pl"}, Language::pl},
        {{"list", "--lang", "de", "--lang", "pl"}, Language::pl},
        {{"list", "--lang", "de"}, std::nullopt},
        {{"list", "--lang"}, std::nullopt},
        {{"lst"}, std::nullopt},
    };
    for (const auto& [words, language] : table) {
        const auto arguments = parse_arguments(words);
        ASSERT_FALSE(arguments);
        EXPECT_EQ(arguments.error().language, language) << words.back();
    }
}

TEST(Arguments, wrong_usage_names_what_is_wrong) {
    const std::vector<std::pair<std::vector<std::string>, const text::Text*>> table{
        {{"lst"}, &text::usage_unknown_command},
        {{"list"}, &text::usage_point_needed},
        {{"list", "--demo", "--point", "x"}, &text::usage_point_twice},
        {{"list", "--pont", "x"}, &text::usage_unknown_option},
        {{"list", "--point"}, &text::usage_value_missing},
        {{"run", "--demo", "--uid", "0"}, &text::usage_bad_value},
        {{"run", "--demo", "--uid", "1:99999999"}, &text::usage_bad_value},
        {{"list", "--demo", "--uid", "1"}, &text::usage_unknown_option},
        {{"list", "--demo", "--out", "x"}, &text::usage_unknown_option},
        {{"extract"}, &text::usage_file_needed},
        {{"extract", "a.eml", "--point", "x"}, &text::usage_unknown_option},
        {{"extract", "a.eml", "--demo"}, &text::usage_unknown_option},
        {{"points", "--point", "x"}, &text::usage_unknown_option},
        {{"export", "--out", "x"}, &text::usage_value_missing},
        {{"export", "--point", "x"}, &text::usage_value_missing},
        {{"export", "--demo", "--out", "x"}, &text::usage_unknown_option},
        {{"export", "--point", "x", "--out", "y", "z"}, &text::usage_too_much},
        {{"import"}, &text::usage_definition_needed},
        {{"import", "a.json", "--point", "x"}, &text::usage_unknown_option},
        {{"import", "a.json", "--out", "x"}, &text::usage_unknown_option},
        {{"import", "a.json", "--json"}, &text::usage_unknown_option},
        {{"run", "--demo", "--out", ""}, &text::usage_value_missing},
        {{"run", "--demo", "--out="}, &text::usage_value_missing},
        {{"list", "--point", ""}, &text::usage_value_missing},
        {{"list", "--demo", "--json=1"}, &text::usage_bad_value},
        {{"extract", "a.eml", "b.eml"}, &text::usage_too_much},
        {{"list", "--demo", "--lang", "de"}, &text::usage_bad_value},
        {{"list", "-x"}, &text::usage_unknown_option},
        {{"retention", "--log", "29"}, &text::usage_bad_value},
        {{"retention", "--log", "3651"}, &text::usage_bad_value},
        {{"retention", "--log", "0"}, &text::usage_bad_value},
        {{"retention", "--lists", "366"}, &text::usage_bad_value},
        {{"retention", "--lists", "-1"}, &text::usage_bad_value},
        {{"retention", "--demo"}, &text::usage_unknown_option},
        {{"retention", "--point", "x"}, &text::usage_unknown_option},
        {{"log", "--lists", "0"}, &text::usage_unknown_option},
        {{"password"}, &text::usage_stored_point_needed},
        {{"password", "--demo"}, &text::usage_unknown_option},
        {{"password", "--point", "x", "--json"}, &text::usage_unknown_option},
        {{"password", "--point", "x", "--uid", "1"}, &text::usage_unknown_option},
        {{"password", "--point", "x", "--out", "y"}, &text::usage_unknown_option},
        {{"password", "--point", "x", "secret"}, &text::usage_too_much},
        {{"list", "--point", "x", "--delete"}, &text::usage_unknown_option},
        {{"remove", "--point", "x"}, &text::usage_uid_needed},
        {{"remove", "--demo"}, &text::usage_uid_needed},
        {{"remove", "--uid", "1"}, &text::usage_point_needed},
        {{"remove", "--demo", "--uid"}, &text::usage_value_missing},
        {{"remove", "--demo", "--uid", "1", "--out", "x"}, &text::usage_unknown_option},
        {{"remove", "--demo", "--uid", "1", "--csv"}, &text::usage_unknown_option},
        {{"remove", "--demo", "--uid", "1", "--delete"}, &text::usage_unknown_option},
        {{"remove", "--demo", "--uid", "1", "--anyway"}, &text::usage_unknown_option},
        {{"remove", "--demo", "--uid", "1", "--marked", "leave"}, &text::usage_unknown_option},
        {{"remove", "--demo", "--uid", "1", "--mailbox", "--marked", "all"},
         &text::usage_bad_value},
        {{"remove", "--demo", "--uid", "1", "--mailbox", "--marked"}, &text::usage_value_missing},
        {{"remove", "--demo", "--uid", "1", "--mailbox=yes"}, &text::usage_bad_value},
        {{"remove", "--demo", "--uid", "1", "2"}, &text::usage_too_much},
        {{"restore", "--uid", "1"}, &text::usage_point_needed},
        {{"restore", "--demo", "--uid", "1", "--mailbox"}, &text::usage_unknown_option},
        {{"restore", "--demo", "--uid", "1", "--anyway"}, &text::usage_unknown_option},
        {{"run", "--demo", "--mailbox"}, &text::usage_unknown_option},
        {{"run", "--demo", "--marked", "delete"}, &text::usage_unknown_option},
        {{"list", "--demo", "--csv"}, &text::usage_unknown_option},
        {{"log", "--uid", "1"}, &text::usage_unknown_option},
        {{"log", "--mailbox"}, &text::usage_unknown_option},
        {{"log", "--csv", "--json"}, &text::usage_csv_or_json},
        {{"log", "--csv=x"}, &text::usage_bad_value},
        {{"log", "x"}, &text::usage_too_much},
    };
    for (const auto& [words, said] : table) {
        const auto arguments = parse_arguments(words);
        ASSERT_FALSE(arguments) << words.back();
        EXPECT_EQ(arguments.error().text, said) << words.back();
    }
}

TEST(Arguments, the_largest_uid_is_one) {
    EXPECT_EQ(parse_uid_set("4294967295"), (std::vector<std::uint32_t>{4'294'967'295U}));
    EXPECT_EQ(parse_uid_set("4294967296"), std::nullopt);
}

TEST(Arguments, a_near_miss_is_offered) {
    EXPECT_EQ(parse_arguments({"lst"}).error().did_you_mean, "list");
    EXPECT_EQ(parse_arguments({"list", "--pont", "x"}).error().did_you_mean, "--point");
    EXPECT_EQ(parse_arguments({"zzzzzzzz"}).error().did_you_mean, "");
}

TEST(Arguments, a_password_is_stored_or_deleted) {
    const auto stored = parse_arguments({"password", "--point", "x"});
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->action, Action::password);
    EXPECT_FALSE(stored->remove);
    EXPECT_TRUE(parse_arguments({"password", "--delete", "--point", "x"})->remove);
}

TEST(Arguments, removal_is_from_the_list_unless_the_mailbox_is_named) {
    const auto list = parse_arguments({"remove", "--point", "P", "--uid", "3,1"});
    ASSERT_TRUE(list);
    EXPECT_EQ(list->action, Action::remove);
    EXPECT_EQ(list->uids, (std::vector<std::uint32_t>{1, 3}));
    EXPECT_FALSE(list->from_mailbox);
    EXPECT_EQ(list->marked, Arguments::Marked::ask);
    const auto mailbox = parse_arguments(
        {"remove", "--demo", "--uid", "1", "--anyway", "--marked", "leave", "--mailbox"});
    ASSERT_TRUE(mailbox);
    EXPECT_TRUE(mailbox->from_mailbox);
    EXPECT_TRUE(mailbox->anyway);
    EXPECT_EQ(mailbox->marked, Arguments::Marked::leave);
    EXPECT_EQ(
        parse_arguments({"remove", "--demo", "--uid=1", "--mailbox", "--marked=delete"})->marked,
        Arguments::Marked::delete_all);
    EXPECT_EQ(parse_arguments({"remove", "--demo", "--uid", "1", "--anyway"}).error().did_you_mean,
              "--mailbox");
}

TEST(Arguments, what_was_removed_is_listed_or_restored) {
    EXPECT_TRUE(parse_arguments({"restore", "--point", "P"})->uids.empty());
    EXPECT_EQ(parse_arguments({"restore", "--demo", "--uid", "7"})->uids,
              (std::vector<std::uint32_t>{7}));
}

TEST(Arguments, the_log_is_of_all_points_or_of_one) {
    const auto all = parse_arguments({"log", "--csv"});
    ASSERT_TRUE(all);
    EXPECT_EQ(all->action, Action::log);
    EXPECT_TRUE(all->csv);
    EXPECT_EQ(parse_arguments({"log", "--point", "P", "--json"})->point, "P");
}

TEST(Arguments, a_dry_run_is_of_the_last_messages_of_a_point) {
    const auto arguments = parse_arguments({"what-if", "--demo", "--last", "20"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->action, Action::what_if);
    EXPECT_EQ(arguments->last, 20U);
    EXPECT_EQ(parse_arguments({"what-if", "--point", "P"})->last, 500U);
    EXPECT_FALSE(parse_arguments({"what-if"}));
    EXPECT_FALSE(parse_arguments({"what-if", "--demo", "--last", "0"}));
    EXPECT_FALSE(parse_arguments({"what-if", "--demo", "--last", "many"}));
    EXPECT_FALSE(parse_arguments({"list", "--demo", "--last", "20"}));
}

TEST(Arguments, a_report_is_of_a_day_that_there_is) {
    const auto arguments = parse_arguments({"report", "--date", "2026-11-08", "--csv"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->action, Action::report);
    EXPECT_EQ(arguments->date, std::chrono::year(2026) / 11 / 8);
    EXPECT_TRUE(arguments->csv);
    EXPECT_TRUE(parse_arguments({"report", "--point", "P", "--json"}));
    for (const char* date : {"2026-02-30", "8.11.2026", "2026-11-8", "2026-11-", ""})
        EXPECT_FALSE(parse_arguments({"report", "--date", date})) << date;
    EXPECT_FALSE(parse_arguments({"log", "--date", "2026-11-08"}));
}

TEST(Arguments, authorize_does_one_thing_at_a_time) {
    const auto parsed = [](const std::vector<std::string>& more) {
        std::vector<std::string> words{"authorize", "--point", "P"};
        words.insert(words.end(), more.begin(), more.end());
        return parse_arguments(words);
    };
    for (const char* way : {"--device", "--status", "--sign-out", "--answer", "--admin-page"})
        EXPECT_TRUE(parsed({way})) << way;
    EXPECT_FALSE(parsed({"--status", "--device"}));
    EXPECT_FALSE(parsed({"--answer", "--admin-page"}));
    EXPECT_FALSE(parsed({"--admin-page", "--json"}));
    EXPECT_FALSE(parse_arguments({"list", "--point", "P", "--answer"}));
}

TEST(Arguments, a_dash_is_standard_input) {
    EXPECT_EQ(parse_arguments({"extract", "-"})->file, "-");
}

}  // namespace app
