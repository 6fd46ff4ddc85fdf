// The commands remove, restore and log, as a user or a scheduler starts them.

#include <atomic>
#include <set>

#include "tests/app/removal_fixture.h"
#include "tests/mail/point/json_schema.h"

namespace program {

namespace {

/// RFC 4180: fields with commas, quotes and line ends are quoted, lines end with CRLF.
std::vector<Words> parsed_csv(const std::string& text) {
    std::vector<Words> lines{{""}};
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string& field = lines.back().back();
        if (quoted && text.compare(i, 2, "\"\"") == 0) {
            field += text[i++];
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (!quoted && text[i] == ',') {
            lines.back().emplace_back();
        } else if (!quoted && text.compare(i, 2, "\r\n") == 0) {
            lines.push_back({""});
            ++i;
        } else {
            field += text[i];
        }
    }
    EXPECT_EQ(lines.back(), Words{""}) << "the last line has its end, too";
    lines.pop_back();
    return lines;
}

}  // namespace

TEST_F(Removal, off_the_list_and_back) {
    start(4);
    const Outcome removed = on_point({"remove", "--uid", "2:3"});
    EXPECT_EQ(removed.exit_code, 0) << removed.error;
    EXPECT_EQ(removed.out, "2\u00a0messages removed from the list\n");
    EXPECT_EQ(on_server(), (Uids{1, 2, 3, 4}));
    EXPECT_EQ(listed("hidden"), (Uids{2, 3}));
    const Outcome back = on_point({"restore", "--uid", "3"});
    EXPECT_EQ(back.exit_code, 0) << back.error;
    EXPECT_EQ(back.out, "1\u00a0message restored\n");
    EXPECT_EQ(listed("hidden"), (Uids{2}));
    EXPECT_EQ(listed("new"), (Uids{1, 3, 4}));
    EXPECT_TRUE(copies().empty());
}

TEST_F(Removal, out_of_the_mailbox_and_back) {
    start(4);
    server_->mark_message(2, "\\Flagged");
    take("1:3");
    const auto before = server_->inbox();
    const Outcome removed = on_point({"remove", "--mailbox", "--uid", "2,3"});
    EXPECT_EQ(removed.exit_code, 0) << removed.error;
    EXPECT_EQ(removed.out, "2\u00a0messages removed from the mailbox\n");
    EXPECT_EQ(on_server(), (Uids{1, 4}));
    EXPECT_EQ(copies().size(), 2U);

    const Outcome table = on_point({"restore"});
    EXPECT_EQ(table.exit_code, 0);
    EXPECT_NE(table.out.find("Faktura 2"), std::string::npos) << table.out;
    EXPECT_EQ(on_server(), (Uids{1, 4})) << "it only lists";
    const Json list = json_of({"restore"}).at("quarantine");
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].at("size").get<std::size_t>() + list[1].at("size").get<std::size_t>(),
              mail_number(2).raw.size() + mail_number(3).raw.size());

    EXPECT_EQ(json_of({"restore", "--uid", "2"}),
              Json::parse(R"({"done":1,"removed":[],"marked":0,"taken_along":[],"kept":[]})"));
    const auto after = server_->inbox();
    ASSERT_EQ(after.size(), 3U);
    EXPECT_EQ(after.back().mail.raw, before[1].mail.raw);
    EXPECT_EQ(after.back().mail.received, before[1].mail.received);
    EXPECT_TRUE(after.back().flags.contains("\\Flagged"));
    EXPECT_EQ(json_of({"restore"}).at("quarantine").size(), 1U);
    EXPECT_EQ(listed("taken"), (Uids{1, after.back().uid})) << "and nothing is taken twice";

    const Outcome twice = on_point({"restore", "--uid", "2"});
    EXPECT_EQ(twice.exit_code, 1) << "no longer there under that number";
    EXPECT_NE(twice.error.find("2: This message was put back already, "), std::string::npos)
        << twice.error;
    EXPECT_EQ(server_->inbox().size(), 3U);
    const Outcome never = on_point({"restore", "--uid", "77", "--lang", "pl"});
    EXPECT_NE(never.error.find("77: Kopii tej wiadomości nie ma już w kwarantannie."),
              std::string::npos)
        << never.error;
}

TEST_F(Removal, a_second_time_says_that_there_was_nothing_to_do) {
    start(2);
    EXPECT_EQ(on_point({"remove", "--uid", "2"}).out, "1\u00a0message removed from the list\n");
    const Outcome again = on_point({"remove", "--uid", "2"});
    EXPECT_EQ(again.exit_code, 0) << again.error;
    EXPECT_EQ(again.out, "There was nothing to remove\n");
    EXPECT_EQ(on_point({"remove", "--uid", "1:2"}).out, "1\u00a0message removed from the list\n");
    EXPECT_EQ(listed("hidden"), (Uids{1, 2}));
}

TEST_F(Removal, what_was_there_already_is_told_by_a_run_and_by_the_log) {
    start(2);
    take("1:2");
    const Outcome again = on_point({"run", "--uid", "1:2"});
    EXPECT_EQ(again.exit_code, 0) << again.error;
    EXPECT_EQ(again.error.find("generated"), std::string::npos) << again.error;
    EXPECT_NE(again.error.find("2\u00a0files were saved already"), std::string::npos)
        << again.error;
    const Outcome log = on_point({"log"});
    EXPECT_NE(log.out.find("1\u00a0file was saved already"), std::string::npos) << log.out;
    EXPECT_NE(log.out.find("1 of 1\u00a0file saved"), std::string::npos) << "the first time";
    EXPECT_EQ(json_of({"log"}).at("actions").at(0).at("detail"), "0/1/1");
}

TEST_F(Removal, without_the_points_switch_it_is_refused) {
    start(2);
    write_point(false);
    take("1");
    const Outcome refused = on_point({"remove", "--mailbox", "--uid", "1"});
    EXPECT_EQ(refused.exit_code, 6) << refused.error;
    EXPECT_TRUE(refused.out.empty());
    EXPECT_EQ(on_point({"remove", "--mailbox", "--anyway", "--uid", "1"}).exit_code, 6);
    EXPECT_EQ(json_of({"remove", "--mailbox", "--uid", "1"}).at("error").at("cause"),
              "removal_not_allowed");
    EXPECT_EQ(on_server(), (Uids{1, 2}));
    EXPECT_EQ(on_point({"remove", "--uid", "1"}).exit_code, 0) << "the list is another thing";
}

TEST_F(Removal, what_the_gate_holds_back_stays_and_is_named_in_both_languages) {
    start(4);
    take("1:3");
    fs::remove(folder_ / "target/f2.pdf");
    std::ofstream(folder_ / "target/f3.pdf", std::ios::app) << "x";
    const Outcome english = on_point({"remove", "--mailbox", "--uid", "2:4"});
    EXPECT_EQ(english.exit_code, 1) << "nothing went";
    const Outcome polish = on_point({"remove", "--mailbox", "--uid", "2:4", "--lang", "pl"});
    for (const auto& [said, line] : std::vector<std::pair<std::string, std::string>>{
             {english.error, "2: stays in the mailbox: a saved file is not in its folder any more"},
             {english.error, "3: stays in the mailbox: a saved file has another content by now"},
             {english.error, "4: stays in the mailbox: its attachments were not taken"},
             {english.error, "--anyway"},
             {polish.error, "2: zostaje w skrzynce: zapisanego pliku nie ma już w folderze"},
             {polish.error, "3: zostaje w skrzynce: zapisany plik ma już inną treść"},
             {polish.error, "4: zostaje w skrzynce: nie pobrano załączników"}})
        EXPECT_NE(said.find(line), std::string::npos) << said;

    const Outcome part = on_point({"remove", "--mailbox", "--uid", "1:2", "--json"});
    EXPECT_EQ(part.exit_code, 5);
    const Json result = Json::parse(part.out);
    EXPECT_EQ(result.at("done"), 1);
    EXPECT_EQ(result.at("removed"), Json::array({1}));
    EXPECT_EQ(result.at("kept").at(0).at("uid"), 2);
    EXPECT_EQ(result.at("kept").at(0).at("error").at("facts").at("lock"), "file_missing");
    EXPECT_EQ(on_server(), (Uids{2, 3, 4}));

    const Outcome anyway = on_point({"remove", "--mailbox", "--anyway", "--uid", "2,4"});
    EXPECT_EQ(anyway.exit_code, 0) << anyway.error;
    EXPECT_EQ(on_server(), (Uids{3}));
    EXPECT_EQ(copies().size(), 3U) << "also of what the gate had held back";
}

TEST_F(Removal, a_number_that_is_not_there_is_said) {
    start(2);
    const Outcome none = on_point({"remove", "--uid", "99"});
    EXPECT_EQ(none.exit_code, 1);
    EXPECT_NE(none.error.find("99: No message of this mailbox folder"), std::string::npos)
        << none.error;
    EXPECT_EQ(on_point({"remove", "--uid", "1,99"}).exit_code, 5);
    const Outcome restored = on_point({"restore", "--uid", "99"});
    EXPECT_EQ(restored.exit_code, 1);
    EXPECT_EQ(restored.out, "0\u00a0messages restored\n");
    EXPECT_EQ(on_point({"restore", "--uid", "1,99"}).exit_code, 5);
}

TEST_F(Removal, where_a_server_would_delete_others_too_it_waits_for_a_word) {
    mail::demo::Options options;
    options.uidplus = false;
    start(4, options);
    take("1:3");
    server_->mark_message(4, "\\Deleted");
    const Outcome asked = on_point({"remove", "--mailbox", "--uid", "1"});
    EXPECT_EQ(asked.exit_code, 1) << asked.error;
    EXPECT_NE(asked.error.find("other marked messages (1)"), std::string::npos) << asked.error;
    EXPECT_NE(asked.error.find("--marked leave"), std::string::npos) << asked.error;
    const Json result = json_of({"remove", "--mailbox", "--uid", "1"});
    EXPECT_EQ(result.at("error").at("facts").at("count"), "1");
    EXPECT_EQ(on_server(), (Uids{1, 2, 3, 4}));
    EXPECT_FALSE(server_->inbox().front().flags.contains("\\Deleted"));
    EXPECT_TRUE(json_of({"restore"}).at("quarantine").empty());

    const Outcome left = on_point({"remove", "--mailbox", "--marked", "leave", "--uid", "1"});
    EXPECT_EQ(left.exit_code, 0) << left.error;
    EXPECT_NE(left.out.find("1\u00a0message only marked as deleted"), std::string::npos)
        << left.out;
    EXPECT_EQ(on_server(), (Uids{1, 2, 3, 4}));
    EXPECT_TRUE(server_->inbox().front().flags.contains("\\Deleted"));

    const Outcome all = on_point({"remove", "--mailbox", "--marked=delete", "--uid", "2"});
    EXPECT_EQ(all.exit_code, 0) << all.error;
    EXPECT_EQ(on_server(), (Uids{3})) << "all that were marked";
    EXPECT_NE(all.out.find("somebody had marked it: UID 4, "), std::string::npos) << all.out;
    const Json kept = json_of({"restore"}).at("quarantine");
    std::set<int> copies;
    for (const Json& one : kept)
        copies.insert(one.at("uid").get<int>());
    EXPECT_EQ(copies, (std::set<int>{1, 2, 4})) << "those that went along as well";
    std::set<int> logged;
    const Json log = json_of({"log"});
    for (const Json& line : log.at("actions"))
        if (line.at("what") == "taken_along")
            logged.insert(line.at("uid").get<int>());
    EXPECT_EQ(logged, (std::set<int>{1, 4}));
    const Outcome back = on_point({"restore", "--uid", "4"});
    EXPECT_EQ(back.exit_code, 0) << back.error;
    EXPECT_EQ(on_server().size(), 2U);
}

TEST_F(Removal, where_nobody_else_is_marked_no_word_is_needed) {
    mail::demo::Options options;
    options.uidplus = false;
    start(2, options);
    take("1:2");
    EXPECT_EQ(on_point({"remove", "--mailbox", "--uid", "1:2"}).exit_code, 0);
    EXPECT_TRUE(on_server().empty());
}

TEST_F(Removal, after_the_document_a_message_leaves_and_its_files_are_told_all_the_same) {
    start(3);
    write_point(false, true);
    const Outcome outcome = on_point({"run", "--uid", "1:2", "--json"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
    EXPECT_EQ(on_server(), (Uids{3}));
    EXPECT_EQ(copies().size(), 2U);
    const Json result = Json::parse(outcome.out);
    EXPECT_EQ(result.at("removed").size(), 2U);
    EXPECT_TRUE(result.at("kept").empty());
    EXPECT_NE(outcome.error.find("2\u00a0messages removed from the mailbox"), std::string::npos)
        << outcome.error;
    ASSERT_EQ(result.at("messages").size(), 2U);
    for (const Json& message : result.at("messages")) {
        ASSERT_EQ(message.at("attachments").size(), 1U) << outcome.out;
        const Json& part = message.at("attachments").at(0);
        EXPECT_EQ(part.at("verdict"), "taken");
        EXPECT_TRUE(fs::exists(part.at("file").get<std::string>()));
    }
    const Outcome text = on_point({"run"});
    EXPECT_NE(text.out.find("f3.pdf"), std::string::npos) << text.out << text.error;
    EXPECT_TRUE(on_server().empty());
}

TEST_F(Removal, a_document_is_told_though_the_connection_broke_while_its_mail_left) {
    std::atomic<bool> hangs_up = true;
    mail::demo::Options options;
    options.manner = [&](const std::string& command) {
        return command.find("UID EXPUNGE") != std::string::npos && hangs_up.exchange(false)
                   ? mail::demo::Manner::hang_up_after
                   : mail::demo::Manner::honest;
    };
    start(2, options);
    write_point(false, true);
    const Outcome outcome = on_point({"run", "--json"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
    EXPECT_FALSE(hangs_up);
    EXPECT_TRUE(on_server().empty());
    const Json result = Json::parse(outcome.out);
    ASSERT_EQ(result.at("messages").size(), 2U);
    for (const Json& message : result.at("messages")) {
        EXPECT_EQ(message.at("status"), "quarantined");
        EXPECT_EQ(message.at("attachments").at(0).at("verdict"), "taken") << message;
        EXPECT_TRUE(message.at("attachments").at(0).at("file").is_string()) << message;
    }
    EXPECT_EQ(result.at("removed").size(), 2U);
}

TEST_F(Removal, a_switch_that_is_set_later_removes_nothing_that_was_taken_before) {
    start(3);
    take("1:2");
    write_point(true, true);
    const Json result = json_of({"run"});
    EXPECT_EQ(result.at("removed"), Json({3}));
    EXPECT_EQ(on_server(), (Uids{1, 2}));
    EXPECT_TRUE(json_of({"run"}).at("removed").empty());
    EXPECT_EQ(on_server(), (Uids{1, 2}));
}

TEST_F(Removal, who_takes_files_away_at_once_has_them) {
    start(12);
    write_point(false, true);
    fs::create_directory(folder_ / "target");
    std::set<std::string> fetched;
    std::jthread fetcher([&](const std::stop_token& stop) {
        // As an OCR program does: whatever has a final name is moved elsewhere.
        while (!stop.stop_requested())
            for (const auto& entry : fs::directory_iterator(folder_ / "target"))
                if (entry.path().extension() == ".pdf" && fs::remove(entry.path()))
                    fetched.insert(entry.path().filename().string());
    });
    const Json result = json_of({"run"});
    fetcher.request_stop();
    fetcher.join();
    EXPECT_GT(fetched.size(), 0U);
    EXPECT_EQ(result.at("removed").size(), 12U) << result.at("kept");
    EXPECT_TRUE(on_server().empty());
}

TEST_F(Removal, what_stays_after_its_document_is_told_with_the_reason) {
    start(1);
    write_point(false, true);
    mail::demo::Mail program = mail_number(2);
    for (std::size_t at = 0; (at = program.raw.find("f2.pdf", at)) != std::string::npos; ++at)
        program.raw.replace(at, 6, "f2.exe");
    server_->add_message(program);
    const Json result = json_of({"run"});
    EXPECT_EQ(result.at("removed"), Json({1}));
    ASSERT_EQ(result.at("kept").size(), 1U) << result;
    const Json& kept = result.at("kept").at(0);
    EXPECT_EQ(kept.at("uid"), 2);
    EXPECT_EQ(kept.at("error").at("cause"), "gate_locked");
    EXPECT_EQ(kept.at("error").at("facts").at("lock"), "part_needs_you");
}

TEST_F(Removal, the_log_says_it_as_table_csv_and_json) {
    start(3, {}, "=HYPERLINK(\"http://evil.example\",\"a\"), b");
    take("1:2");
    ASSERT_EQ(on_point({"remove", "--mailbox", "--uid", "1:3"}).exit_code, 5);
    ASSERT_EQ(on_point({"restore", "--uid", "1"}).exit_code, 0);
    const Outcome table = on_point({"log", "--lang", "pl"});
    EXPECT_EQ(table.exit_code, 0);
    for (const char* words : {"Usunięcie ze skrzynki", "Faktura 2", "Faktury", "Kiedy"})
        EXPECT_NE(table.out.find(words), std::string::npos) << table.out;

    const Json actions = json_of({"log"}).at("actions");
    const Outcome outcome = on_point({"log", "--csv"});
    const auto lines = parsed_csv(outcome.out);
    ASSERT_EQ(lines.size(), actions.size() + 1);
    ASSERT_GE(actions.size(), 5U);
    for (std::size_t i = 0; i < actions.size(); ++i) {
        ASSERT_EQ(lines[i + 1].size(), lines[0].size());
        for (std::size_t column = 0; column < lines[0].size(); ++column) {
            const Json& value = actions[i].at(lines[0][column]);
            std::string wanted = value.is_string() ? value.get<std::string>() : value.dump();
            if (value.is_null())
                wanted.clear();
            if (wanted.starts_with('='))
                wanted.insert(0, "'");
            EXPECT_EQ(lines[i + 1][column], wanted);
        }
    }
    EXPECT_EQ(actions.front().at("what"), "restored");
    EXPECT_EQ(actions.front().at("subject"), "=HYPERLINK(\"http://evil.example\",\"a\"), b");
    EXPECT_NE(outcome.out.find("\"'=HYPERLINK(\"\"http"), std::string::npos) << outcome.out;
    EXPECT_FALSE(
        std::ranges::any_of(lines, [](const Words& line) { return line[7].starts_with('='); }));
}

TEST_F(Removal, no_secret_is_in_the_log) {
    start(2);
    take("1:2");
    environment_["MAILPOINT_MASTER_PASSWORD"] = master;
    ASSERT_EQ(on_point({"remove", "--mailbox", "--uid", "1"}).exit_code, 0);
    ASSERT_EQ(run({"import", folder_ / "point.json", "--workspace", folder_ / "w"}).exit_code, 0);
    const Outcome stored =
        run({"password", "--point", "Faktury", "--workspace", folder_ / "w"},
            {{"MAILPOINT_MASTER_PASSWORD", std::string(master)}}, std::string(password) + "\n");
    ASSERT_EQ(stored.exit_code, 0) << stored.error;
    std::string all = content_of(folder_ / "w/state.db");
    const std::vector<Words> forms{{}, {"--csv"}, {"--json"}};
    for (const Words& form : forms) {
        Words log{"log", "--workspace", folder_ / "w"};
        log.insert(log.end(), form.begin(), form.end());
        all += run(log).out;
    }
    EXPECT_NE(all.find("password_saved"), std::string::npos);
    EXPECT_EQ(all.find(password), std::string::npos);
    EXPECT_EQ(all.find(master), std::string::npos);
    EXPECT_EQ(all.find("number 1 bbb"), std::string::npos) << "nor a word of a mail's text";
}

TEST_F(Removal, what_scripts_read_is_as_its_schema_says) {
    std::ifstream file(MAILPOINT_SOURCE_DIR "/docs/output.schema.json");
    const Json schema = Json::parse(file);
    mail::demo::Options options;
    options.uidplus = false;
    start(5, options);
    take("1:3");
    const auto expect_as_said = [&](const Json& document) {
        const auto faults = mail::point::faults_against_schema(document, schema);
        EXPECT_TRUE(faults.empty()) << faults.front() << "\n" << document.dump(2);
    };
    expect_as_said(json_of({"restore"}));
    expect_as_said(json_of({"remove", "--uid", "4"}));
    expect_as_said(json_of({"remove", "--uid", "4,99"}));
    expect_as_said(json_of({"remove", "--mailbox", "--uid", "1:2,5"}));
    server_->mark_message(5, "\\Deleted");
    expect_as_said(json_of({"remove", "--mailbox", "--uid", "3"}));
    expect_as_said(json_of({"remove", "--mailbox", "--marked", "leave", "--uid", "3"}));
    expect_as_said(json_of({"restore"}));
    expect_as_said(json_of({"restore", "--uid", "1,4,99"}));
    expect_as_said(json_of({"log"}));
    write_point(false);
    expect_as_said(json_of({"remove", "--mailbox", "--uid", "3"}));
    server_.reset();
    expect_as_said(json_of({"remove", "--uid", "1"}));
    expect_as_said(json_of({"restore", "--uid", "2"}));
    expect_as_said(
        Json::parse(run({"log", "--json", "--point", "x", "--workspace", folder_ / "w"}).out));
}

TEST_F(Removal, what_a_run_could_not_remove_is_said_and_no_failure) {
    mail::demo::Options options;
    options.uidplus = false;
    start(3, options);
    write_point(false, true);
    server_->mark_message(3, "\\Deleted");
    const Outcome outcome = on_point({"run", "--uid", "1:2"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
    EXPECT_NE(outcome.error.find("1: This server would also delete"), std::string::npos)
        << outcome.error;
    EXPECT_EQ(outcome.error.find("--marked"), std::string::npos) << outcome.error;
    EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
    EXPECT_FALSE(server_->inbox().front().flags.contains("\\Deleted"));
    EXPECT_TRUE(copies().empty());

    ASSERT_EQ(on_point({"remove", "--uid", "3"}).exit_code, 0) << "or it leaves itself";
    const Json again = json_of({"run"});
    ASSERT_EQ(again.at("kept").size(), 2U);
    EXPECT_EQ(again.at("kept").at(0).at("error").at("cause"), "others_marked");
    EXPECT_TRUE(again.at("removed").empty());
    server_->remove_message(3);
    const Outcome at_last = on_point({"run"});
    EXPECT_TRUE(on_server().empty());
    EXPECT_NE(at_last.error.find("2\u00a0messages removed from the mailbox"), std::string::npos)
        << "it took nothing, and is not silent: " << at_last.error;
}

}  // namespace program
