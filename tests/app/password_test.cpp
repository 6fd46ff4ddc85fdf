// `mailpoint password`: what is stored is used, and neither it nor the master password shows up
// anywhere.

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "mail/base/hash.h"
#include "mail/demo/server.h"
#include "tests/app/program.h"
#include "tests/fakes/scratch_folder.h"

namespace program {

namespace {

// With letters that each encoding writes differently.
const std::string password = "Tajne=7f3a+x";
const std::string master_password = "TOK=9c1b zażółć";

class Password : public testing::Test {
protected:
    void SetUp() override {
        mail::demo::Options options;
        options.password = password;
        server_ = *mail::demo::Server::start(mail::demo::sample_mails(), options);
        std::filesystem::create_directories(workspace_ + "/points");
        std::ofstream(workspace_ + "/points/faktury.json")
            << R"({"version":1,"type":"mailbox","name":"Faktury","id":"one","connection":)"
            << R"({"server":"127.0.0.1","port":)" << server_->endpoint().port
            << R"(,"encryption":"none","login":"demo"}})";
    }
    [[nodiscard]] std::vector<std::string> words(const std::string& command,
                                                 const std::vector<std::string>& more = {}) const {
        std::vector<std::string> all{command,    "--point", "Faktury", "--workspace",
                                     workspace_, "--lang",  "en",      "--verbose"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    [[nodiscard]] Outcome command(const std::string& name,
                                  const std::vector<std::string>& more = {},
                                  const std::string& input = {}) const {
        return run(words(name, more), {{"MAILPOINT_MASTER_PASSWORD", master_password}}, input);
    }
    [[nodiscard]] Outcome without_master_password(const std::string& name,
                                                  const std::string& input = {}) const {
        return run(words(name), {}, input);
    }
    [[nodiscard]] Outcome typed(const std::string& name,
                                const std::vector<std::string>& answers) const {
        return run_on_terminal(words(name), answers);
    }

    mail::fakes::ScratchFolder folder_;
    const std::string workspace_ = folder_ / "workspace";
    const std::string sealed_ = workspace_ + "/secrets.sealed";
    std::unique_ptr<mail::demo::Server> server_;
};

std::string base64(std::string_view raw) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    unsigned bits = 0, value = 0;
    for (const char octet : raw) {
        value = value << 8U | static_cast<unsigned char>(octet);
        for (bits += 8; bits >= 6; bits -= 6)
            text += letters[value >> (bits - 6) & 63U];
    }
    // What is left over depends on what follows.
    return text;
}

/// Marked octets are written as the mark and two digits.
std::string marked(std::string_view raw, char mark, std::string_view plain_as_well) {
    std::string text;
    for (const char octet : raw) {
        const bool plain = std::isalnum(static_cast<unsigned char>(octet)) != 0 ||
                           plain_as_well.find(octet) != std::string_view::npos;
        std::string digits = mail::to_hex(std::string_view(&octet, 1));
        for (char& digit : digits)
            digit = static_cast<char>(std::toupper(static_cast<unsigned char>(digit)));
        text += plain ? std::string(1, octet) : mark + digits;
    }
    return text;
}

/// All the ways in which it could be written.
std::vector<std::string> forms_of(const std::string& secret) {
    std::vector<std::string> forms{secret, mail::to_hex(secret), marked(secret, '=', "+ "),
                                   marked(secret, '%', "")};
    for (std::size_t before = 0; before < 3; ++before) {
        // The first letters depend on what stands before it.
        const std::string text = base64(std::string(before, '\0') + secret);
        forms.push_back(text.substr((before * 8 + 5) / 6));
    }
    std::string wide;
    for (const char octet : secret)
        wide += {octet, '\0'};
    forms.push_back(wide.substr(0, 18));  // its ASCII beginning
    return forms;
}

bool holds_a_secret(const std::string& text) {
    for (const std::string& secret : {password, master_password})
        for (const std::string& form : forms_of(secret))
            if (text.find(form) != std::string::npos)
                return true;
    return false;
}

int times(std::string_view text, std::string_view words) {
    int count = 0;
    for (std::size_t at = text.find(words); at != std::string_view::npos;
         at = text.find(words, at + 1))
        ++count;
    return count;
}

std::string content_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_F(Password, is_stored_encrypted_used_and_deleted) {
    EXPECT_EQ(command("list").exit_code, 3) << "none is stored yet";
    const Outcome stored = command("password", {}, password + "\n");
    ASSERT_EQ(stored.exit_code, 0) << stored.error;
    EXPECT_NE(stored.error.find("encrypted in the workspace " + workspace_), std::string::npos)
        << stored.error;
    ASSERT_TRUE(std::filesystem::exists(sealed_));
    EXPECT_EQ(std::filesystem::status(sealed_).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const Outcome listed = command("list");
    EXPECT_EQ(listed.exit_code, 0) << listed.error;

    const Outcome locked = without_master_password("list");
    EXPECT_EQ(locked.exit_code, 3);
    EXPECT_NE(locked.error.find("MAILPOINT_MASTER_PASSWORD"), std::string::npos) << locked.error;

    EXPECT_EQ(command("password", {"--delete"}).exit_code, 0);
    EXPECT_EQ(command("list").exit_code, 3);
    EXPECT_EQ(command("password", {"--delete"}).exit_code, 0) << "nothing is left to do";
}

TEST_F(Password, of_a_deleted_definition_is_deleted_by_its_path) {
    ASSERT_EQ(command("password", {}, password + "\n").exit_code, 0);
    const std::string point = workspace_ + "/points/faktury.json",
                      deleted = workspace_ + "/deleted/faktury.json";
    std::filesystem::create_directory(workspace_ + "/deleted");
    std::filesystem::rename(point, deleted);
    const Outcome outcome =
        run({"password", "--delete", "--point", deleted, "--workspace", workspace_},
            {{"MAILPOINT_MASTER_PASSWORD", master_password}});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error;
    std::filesystem::rename(deleted, point);
    EXPECT_EQ(command("list").exit_code, 3) << "it was there for nobody any more";
}

TEST_F(Password, of_a_definition_outside_the_workspace_is_stored_for_its_server) {
    ASSERT_EQ(command("password", {}, password + "\n").exit_code, 0);
    const std::string given = folder_ / "given.json";
    const auto other = *mail::demo::Server::start(mail::demo::sample_mails(), [] {
        mail::demo::Options options;
        options.password = password;
        return options;
    }());
    std::ofstream(given)
        << R"({"version":1,"type":"mailbox","name":"Faktury","id":"one","connection":)"
        << R"({"server":"127.0.0.1","port":)" << other->endpoint().port
        << R"(,"encryption":"none","login":"demo"}})";
    const auto on_given = [&](const std::string& name, const std::string& input = {}) {
        return run({name, "--point", given, "--workspace", workspace_, "--lang", "en"},
                   {{"MAILPOINT_MASTER_PASSWORD", master_password}}, input);
    };
    EXPECT_EQ(on_given("list").exit_code, 3);
    EXPECT_EQ(on_given("diagnose").exit_code, 3);
    EXPECT_EQ(other->counts().logins, 0U) << "it is the other one's";
    ASSERT_EQ(on_given("password", password + "\n").exit_code, 0);
    EXPECT_EQ(on_given("list").exit_code, 0);
    EXPECT_EQ(command("list").exit_code, 0);
}

TEST_F(Password, a_definition_shows_no_control_characters) {
    std::ofstream(workspace_ + "/points/faktury.json")
        << R"({"version":1,"type":"mailbox","name":"Faktury","id":"one","connection":)"
        << R"({"server":"127.0.0.1","encryption":"none","login":"de\u001b[2Jmo"}})";
    const Outcome stored = command("password", {}, password + "\n");
    EXPECT_EQ(stored.exit_code, 0);
    const Outcome asked = typed("password", {master_password, password});
    const Outcome removed = command("password", {"--delete"});
    std::ofstream(folder_ / "given.json")
        << R"({"type":"mailbox","name":"A\u001b[2J","connection":{"server":"127.0.0.1"}})";
    const Outcome imported =
        run({"import", folder_ / "given.json", "--workspace", workspace_, "--lang", "en"});
    EXPECT_EQ(imported.exit_code, 1) << "a name that cannot be seen as it is";
    EXPECT_EQ(imported.error.find('\x1b'), std::string::npos);
    for (const Outcome& outcome : {stored, asked, removed}) {
        EXPECT_NE((outcome.out + outcome.error).find("[2J"), std::string::npos);
        EXPECT_EQ((outcome.out + outcome.error).find('\x1b'), std::string::npos);
    }
}

TEST_F(Password, with_nowhere_to_keep_it_the_way_out_is_said) {
    const Outcome outcome = without_master_password("password", password);
    EXPECT_EQ(outcome.exit_code, 3);
    EXPECT_NE(outcome.error.find("MAILPOINT_MASTER_PASSWORD"), std::string::npos) << outcome.error;
    EXPECT_FALSE(std::filesystem::exists(sealed_));
}

TEST_F(Password, that_is_none_is_not_stored) {
    EXPECT_EQ(command("password", {}, "\n").exit_code, 1);
    EXPECT_EQ(command("password", {}, "two\nlines\n").exit_code, 3);
    EXPECT_EQ(command("password", {}, std::string(10'000, 'x')).exit_code, 1);
    EXPECT_FALSE(std::filesystem::exists(sealed_));
}

TEST_F(Password, a_wrong_master_password_and_a_damaged_file_are_told_apart) {
    ASSERT_EQ(command("password", {}, password).exit_code, 0);
    const Outcome wrong =
        run(words("list", {"--json"}), {{"MAILPOINT_MASTER_PASSWORD", "something else"}});
    EXPECT_EQ(wrong.exit_code, 3);
    EXPECT_NE(wrong.out.find("\"master_password_wrong\""), std::string::npos) << wrong.out;
    std::string damaged = content_of(sealed_);
    damaged[damaged.size() / 2] ^= 1;
    std::ofstream(sealed_, std::ios::binary) << damaged;
    const Outcome refused = command("list", {"--json"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.out.find("\"secrets_damaged\""), std::string::npos) << refused.out;
    EXPECT_EQ(command("password", {}, password).exit_code, 1);
    EXPECT_EQ(content_of(sealed_), damaged);
}

TEST_F(Password, is_asked_for_on_a_terminal_as_is_the_master_password) {
    const Outcome stored = typed("password", {master_password, master_password, password});
    ASSERT_EQ(stored.exit_code, 0) << stored.out;
    EXPECT_NE(stored.out.find("New master password"), std::string::npos);
    EXPECT_NE(stored.out.find("cannot be recovered"), std::string::npos);
    EXPECT_FALSE(holds_a_secret(stored.out)) << "no echo";
    const Outcome listed = typed("list", {"a slip", master_password});
    EXPECT_EQ(listed.exit_code, 0) << listed.out;
    EXPECT_NE(listed.out.find("Wrong master password."), std::string::npos);
    EXPECT_FALSE(holds_a_secret(listed.out));
    EXPECT_EQ(command("list").exit_code, 0) << "the same master password opens it for cron";
}

constexpr std::string_view too_short = "too short: at least 12 characters",
                           too_short_or_blank = "too short or blank: at least 12 characters",
                           none_yet = "there is no master password yet",
                           not_twice = "not typed the same twice";

TEST_F(Password, a_new_master_password_that_is_not_typed_twice_the_same_is_asked_for_again) {
    const Outcome outcome =
        typed("password", {master_password, "another", master_password, master_password, password});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
    EXPECT_EQ(times(outcome.out, not_twice), 1);
    EXPECT_EQ(command("list").exit_code, 0);
}

TEST_F(Password, a_new_master_password_that_is_too_short_is_asked_for_again_at_once) {
    const Outcome outcome =
        typed("password", {"a short one", "", master_password, master_password, password});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
    EXPECT_EQ(times(outcome.out, too_short), 2) << "without asking for it again";
    EXPECT_EQ(command("list").exit_code, 0);
}

TEST_F(Password, after_a_few_tries_the_last_error_is_the_only_one) {
    const Outcome shorts = typed("password", {"a short one", "another", "and again"});
    EXPECT_EQ(shorts.exit_code, 3) << shorts.out;
    EXPECT_EQ(times(shorts.out, too_short), 3) << shorts.out;
    EXPECT_EQ(times(shorts.out, none_yet), 0) << shorts.out;
    const Outcome unlike =
        typed("password", {master_password, "a", master_password, "b", master_password, "c"});
    EXPECT_EQ(unlike.exit_code, 3) << unlike.out;
    EXPECT_EQ(times(unlike.out, not_twice), 3) << unlike.out;
    EXPECT_EQ(times(unlike.out, none_yet), 0) << unlike.out;
    const Outcome nobody = typed("password", {});
    EXPECT_EQ(nobody.exit_code, 3);
    EXPECT_EQ(times(nobody.out, none_yet), 1) << nobody.out;
    EXPECT_FALSE(std::filesystem::exists(sealed_));

    ASSERT_EQ(command("password", {}, password).exit_code, 0);
    const Outcome wrong = typed("list", {"a slip", "another", "and again"});
    EXPECT_EQ(wrong.exit_code, 3);
    EXPECT_EQ(times(wrong.out, "Wrong master password."), 3) << wrong.out;
    EXPECT_EQ(times(wrong.out, "are locked"), 0) << wrong.out;
}

TEST_F(Password, a_new_master_password_of_blanks_or_of_no_text_is_refused) {
    for (const auto& [bad, said] : {std::pair{"                ", "too short or blank"},
                                    std::pair{"latin two: \xB1\xEA", "no text in UTF-8"}}) {
        const Outcome refused =
            run(words("password"), {{"MAILPOINT_MASTER_PASSWORD", bad}}, password);
        EXPECT_EQ(refused.exit_code, 3) << refused.error;
        EXPECT_NE(refused.error.find(said), std::string::npos) << refused.error;
    }
    EXPECT_FALSE(std::filesystem::exists(sealed_));
}

TEST_F(Password, a_master_password_given_too_short_is_told_and_another_can_be_typed) {
    const Environment given{{"MAILPOINT_MASTER_PASSWORD", "a short one"}};
    const Outcome refused = run(words("password"), given, password);
    EXPECT_EQ(refused.exit_code, 3) << refused.error;
    EXPECT_EQ(times(refused.error, "The master password in MAILPOINT_MASTER_PASSWORD"), 1)
        << refused.error;
    EXPECT_EQ(times(refused.error, too_short_or_blank), 1) << refused.error;
    EXPECT_EQ(times(refused.error, none_yet), 0) << refused.error;
    EXPECT_FALSE(std::filesystem::exists(sealed_));
    const Outcome asked =
        run_on_terminal(words("password"), {master_password, master_password, password}, given);
    EXPECT_EQ(asked.exit_code, 0) << asked.out;
    EXPECT_EQ(times(asked.out, too_short_or_blank), 1) << asked.out;
    EXPECT_EQ(command("list").exit_code, 0);
}

TEST_F(Password, shows_up_nowhere) {
    // The search must find what it looks for.
    for (const std::string& secret : {password, master_password})
        for (const std::string& form : forms_of(secret)) {
            EXPECT_GE(form.size(), 8U);
            EXPECT_TRUE(holds_a_secret("before" + form + "after"));
        }
    EXPECT_TRUE(holds_a_secret(base64(std::string("\0demo\0", 6) + password + "\r\n")));
    EXPECT_TRUE(holds_a_secret(base64(master_password + " and more")));

    std::string said;
    for (const Outcome& outcome :
         {command("password", {}, password + "\n"), command("list"), command("list", {"--json"}),
          command("run", {"--out", folder_ / "out"}), without_master_password("list"),
          run(words("list"), {{"MAILPOINT_PASSWORD", password}}),
          run(words("list"), {{"MAILPOINT_PASSWORD", "wrong"}}),
          run({"points", "--json", "--workspace", workspace_}), command("password", {"--delete"})})
        said += outcome.out + outcome.error;
    EXPECT_NE(said.find("AUTHENTICATE"), std::string::npos) << "--verbose shows the conversation";
    EXPECT_FALSE(holds_a_secret(said));
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
        if (!entry.is_regular_file())
            continue;
        ++files;
        EXPECT_FALSE(holds_a_secret(entry.path().string() + "\n" + content_of(entry.path())))
            << entry.path();
    }
    EXPECT_GT(files, 5U);
}

}  // namespace program
