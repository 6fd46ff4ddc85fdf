// The commands about one message, decide and save, as a user or a script starts them.

#include <fstream>

#include "tests/app/removal_fixture.h"
#include "tests/mail/point/json_schema.h"

namespace program {

namespace {

class DecideCommand : public Removal {
protected:
    [[nodiscard]] Json part(std::size_t index) const {
        return json_of({"decide", "--uid", "2"}).at("messages").at(0).at("attachments").at(index);
    }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder_ / "target"), fs::directory_iterator()));
    }
};

}  // namespace

TEST_F(DecideCommand, shows_the_parts_of_a_message) {
    start(3);
    const Outcome shown = on_point({"decide", "--uid", "2"});
    EXPECT_EQ(shown.exit_code, 0) << shown.error;
    EXPECT_NE(shown.out.find("f2.pdf"), std::string::npos);
    EXPECT_NE(shown.out.find("Will be taken"), std::string::npos);
    EXPECT_EQ(part(0).at("decision"), "by_rules");
}

TEST_F(DecideCommand, leaves_a_part_out_of_the_next_run_and_brings_it_back) {
    start(3);
    const Outcome skipped = on_point({"decide", "--uid", "2", "--part", "1", "--skip"});
    EXPECT_EQ(skipped.exit_code, 0) << skipped.error;
    EXPECT_NE(skipped.out.find("Skipped: the operator's decision"), std::string::npos)
        << skipped.out;
    EXPECT_EQ(on_point({"run"}).exit_code, 0);
    EXPECT_EQ(files(), 2U);
    EXPECT_EQ(listed("none"), Uids{2});
    const Outcome back = on_point({"decide", "--uid", "2", "--part", "1", "--by-rules"});
    EXPECT_EQ(back.exit_code, 0) << back.error;
    EXPECT_EQ(on_point({"run"}).exit_code, 0);
    EXPECT_EQ(files(), 3U);
    EXPECT_EQ(listed("taken"), (Uids{1, 2, 3}));
}

TEST_F(DecideCommand, is_in_the_report_of_the_day_with_who_decided) {
    start(3);
    ASSERT_EQ(on_point({"decide", "--uid", "2", "--part", "1", "--skip"}).exit_code, 0);
    const Outcome report = on_point({"report", "--json"});
    ASSERT_EQ(report.exit_code, 0) << report.error;
    const Json said = Json::parse(report.out);
    ASSERT_EQ(said.at("skipped").size(), 1U);
    EXPECT_EQ(said.at("skipped")[0].at("name"), "f2.pdf");
    EXPECT_TRUE(said.at("skipped")[0].at("who").is_string());
    EXPECT_EQ(said.at("left_out"), 1);
    std::ifstream file(MAILPOINT_SOURCE_DIR "/docs/output.schema.json");
    const auto faults = mail::point::faults_against_schema(said, Json::parse(file));
    EXPECT_TRUE(faults.empty()) << faults.front();
    const std::string who = said.at("skipped")[0].at("who");
    const Outcome csv = on_point({"report", "--csv"});
    EXPECT_NE(csv.out.find("f2.pdf"), std::string::npos) << csv.out;
    const Outcome text = on_point({"report", "--lang", "en"});
    EXPECT_NE(text.out.find("the operator's decision: " + who), std::string::npos) << text.out;
}

TEST_F(DecideCommand, says_what_cannot_be_decided) {
    start(3);
    take("2");
    const Outcome taken = on_point({"decide", "--uid", "2", "--part", "1", "--skip", "--json"});
    EXPECT_EQ(taken.exit_code, 1);
    EXPECT_EQ(Json::parse(taken.out).at("error").at("cause"), "nothing_to_decide");
    const Outcome missing = on_point({"decide", "--uid", "77", "--part", "1", "--skip", "--json"});
    EXPECT_EQ(missing.exit_code, 1);
    EXPECT_EQ(Json::parse(missing.out).at("error").at("cause"), "no_such_message");
}

TEST_F(DecideCommand, wants_one_message_and_one_decision) {
    start(1);
    for (const Words& wrong :
         {Words{"decide"}, Words{"decide", "--uid", "1:2"}, Words{"decide", "--uid", "1", "--take"},
          Words{"decide", "--uid", "1", "--part", "1"},
          Words{"decide", "--uid", "1", "--part", "1", "--take", "--skip"}, Words{"run", "--skip"},
          Words{"list", "--part", "1"}})
        EXPECT_EQ(on_point(wrong).exit_code, 2) << wrong.back();
}

TEST_F(Removal, a_message_is_saved_as_a_file_once) {
    start(3);
    const std::string path = folder_ / "mail.eml";
    const Outcome saved = on_point({"save", "--uid", "2", "--out", path});
    EXPECT_EQ(saved.exit_code, 0) << saved.error;
    EXPECT_EQ(saved.out, path + "\n");
    EXPECT_EQ(content_of(path), mail_number(2).raw);
    std::ofstream(path) << "mine";
    EXPECT_EQ(on_point({"save", "--uid", "2", "--out", path}).exit_code, 1);
    EXPECT_EQ(content_of(path), "mine");
    EXPECT_EQ(on_point({"save", "--uid", "9", "--out", path + "9"}).exit_code, 1);
    EXPECT_FALSE(fs::exists(path + "9"));
    EXPECT_EQ(on_point({"save", "--uid", "2"}).exit_code, 2);
    EXPECT_EQ(on_point({"save", "--uid", "2:3", "--out", path}).exit_code, 2);
    EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
}

}  // namespace program
