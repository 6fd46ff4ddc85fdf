// The five switches of the tab General, in all their combinations: the program itself, on the
// demo's server. What must come out is told by a model that knows the switches' words and the
// mails, and nothing of the program.

#include <map>
#include <set>
#include <utility>

#include "tests/app/removal_fixture.h"
#include "tests/mail/point/json_schema.h"

namespace program {

namespace {

struct Switches {
    bool may_delete = false;      ///< allow deleting from the list and the mailbox
    bool after_document = false;  ///< after generating the document delete from the mailbox
    bool ocr_path = false;        ///< use the path of an OCR point
    bool set_path = false;        ///< set the path while the point works
    bool only_graphic = false;    ///< copy only graphic attachments
};

Switches switches_of(int combination) {
    const auto is_on = [&](int bit) { return (combination & (1 << bit)) != 0; };
    return {is_on(0), is_on(1), is_on(2), is_on(3), is_on(4)};
}

std::string name_of(int combination) {
    const Switches on = switches_of(combination);
    std::string name;
    for (const auto& [is_on, word] :
         std::vector<std::pair<bool, std::string>>{{on.may_delete, "may_delete"},
                                                   {on.after_document, "after_document"},
                                                   {on.ocr_path, "ocr_path"},
                                                   {on.set_path, "set_path"},
                                                   {on.only_graphic, "only_graphic"}})
        if (is_on)
            name += (name.empty() ? "" : "_and_") + word;
    return name.empty() ? "none" : name;
}

/// What a part of a mail is by its octets, whatever its name says.
enum class Kind { graphic, other, program };

struct Attachment {
    std::string name, type, content;
    Kind kind = Kind::graphic;
    bool comes = true;  ///< false: it is listed whole, and breaks off
};

struct Sample {
    std::uint32_t uid = 0;
    std::vector<Attachment> attachments;
};

std::string pdf(const std::string& text) {
    return "%PDF-1.4\r\n" + text + "\r\n%%EOF\r\n";
}

std::string zip(const std::string& text) {
    return std::string("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0", 14) + text;
}

std::string windows_program() {
    std::string octets(128, '\0');
    octets.replace(0, 2, "MZ");
    octets[60] = 64;
    octets.replace(64, 4, std::string("PE\0\0", 4));
    return octets;
}

constexpr std::uint32_t without_attachments = 5, half_failing = 7;

std::vector<Sample> samples() {
    return {
        {1, {{"faktura.pdf", "application/pdf", pdf("one")}}},
        {2,
         {{"notatka.txt", "text/plain", "do zaplaty\r\n", Kind::other},
          {"archiwum.zip", "application/zip", zip("two"), Kind::other}}},
        {3, {{"skan.dat", "application/octet-stream", pdf("three")}}},
        {4, {{"rachunek.pdf", "application/pdf", windows_program(), Kind::program}}},
        {without_attachments, {}},
        {6,
         {{"umowa.pdf", "application/pdf", pdf("six")},
          {"wykaz.zip", "application/zip", zip("six"), Kind::other},
          {"zdjecie.pdf", "application/pdf", zip("not what it is called"), Kind::other}}},
        {half_failing,
         {{"pierwsza.pdf", "application/pdf", pdf("seven")},
          {"druga.pdf", "application/pdf", pdf("never comes"), Kind::graphic, false}}},
    };
}

mail::demo::Mail mail_of(const Sample& sample) {
    const std::string number = std::to_string(sample.uid);
    std::string raw = "From: Ala <ala@firma.example>\r\nSubject: Mail " + number +
                      "\r\nMessage-ID: <s" + number +
                      "@firma.example>\r\nMIME-Version: 1.0\r\n"
                      "Content-Type: multipart/mixed; boundary=\"b-o\"\r\n\r\n"
                      "--b-o\r\nContent-Type: text/plain\r\n\r\ntext of " +
                      number + "\r\n";
    for (const Attachment& one : sample.attachments)
        raw += "--b-o\r\nContent-Type: " + one.type + "; name=\"" + one.name +
               "\"\r\nContent-Disposition: attachment; filename=\"" + one.name +
               "\"\r\nContent-Transfer-Encoding: binary\r\n\r\n" + one.content + "\r\n";
    raw += "--b-o--\r\n";
    return {raw, std::chrono::sys_seconds(std::chrono::seconds(1'780'000'000 + sample.uid))};
}

/// Its last attachment breaks off.
mail::demo::Mail cut(mail::demo::Mail whole) {
    whole.raw.resize(whole.raw.rfind("\r\n--b-o--") - 20);
    return whole;
}

/// What the switches promise.
struct Model {
    Switches on;

    [[nodiscard]] bool wants(const Attachment& one) const {
        return one.kind == Kind::graphic || (one.kind == Kind::other && !on.only_graphic);
    }
    [[nodiscard]] std::map<std::string, std::string> files_of(const Sample& sample) const {
        std::map<std::string, std::string> files;
        for (const Attachment& one : sample.attachments)
            if (wants(one) && one.comes)
                files[one.name] = one.content;
        return files;
    }
    [[nodiscard]] std::string verdict_of(const Attachment& one) const {
        if (one.kind == Kind::program || (wants(one) && !one.comes))
            return "needs_you";
        return wants(one) ? "taken" : "skipped";
    }
    [[nodiscard]] std::string status_of(const Sample& sample) const {
        std::set<std::string> verdicts;
        for (const Attachment& one : sample.attachments)
            verdicts.insert(verdict_of(one));
        if (sample.uid == half_failing)
            return "partial";
        if (verdicts.contains("needs_you"))
            return "check";
        return verdicts.contains("taken") ? "taken" : "none";
    }
    /// Nothing goes with less than all that was wanted of it on disk, or without a document.
    [[nodiscard]] bool leaves(const Sample& sample) const {
        return on.after_document && status_of(sample) == "taken";
    }
};

}  // namespace

class FiveSwitches : public Removal, public testing::WithParamInterface<int> {
protected:
    FiveSwitches() : Removal(Medium::memory), model_{switches_of(GetParam())} {
        std::vector<mail::demo::Mail> mails;
        for (const Sample& sample : samples_) {
            add(sample);
            mails.push_back(mail_of(sample));
        }
        mail::demo::Options options;
        options.password = password;
        // Asked for the second attachment of that message, the server has half of it.
        options.manner = [this](const std::string& command) {
            if (command.find("FETCH 7 ") != std::string::npos &&
                command.find("[3]") != std::string::npos)
                server_->replace_message(half_failing, cut(mail_of(samples_.back())));
            return mail::demo::Manner::honest;
        };
        server_ = std::move(*mail::demo::Server::start(std::move(mails), options));
        fs::create_directories(points());
        write_points();
    }
    [[nodiscard]] fs::path points() const { return folder_ / "w/points"; }
    [[nodiscard]] fs::path own() const { return folder_ / "own"; }
    [[nodiscard]] fs::path ocr() const { return folder_ / "ocr"; }
    [[nodiscard]] fs::path given() const { return folder_ / "given"; }
    [[nodiscard]] fs::path expected_folder() const { return model_.on.ocr_path ? ocr() : own(); }

    void write_points(const std::string& own_folder = "own") const {
        const std::string ocr_id = "5d0c1e9e-0000-4000-8000-0000000000cc";
        const Switches& on = model_.on;
        const Json point = {{"version", 1},
                            {"type", "mailbox"},
                            {"id", "5d0c1e9e-0000-4000-8000-000000000001"},
                            {"name", "Faktury"},
                            {"connection",
                             {{"server", "127.0.0.1"},
                              {"encryption", "none"},
                              {"login", "demo"},
                              {"port", server_->endpoint().port}}},
                            {"general",
                             {{"allow_delete_from_mailbox", on.may_delete},
                              {"delete_after_document", on.after_document},
                              {"ocr_point", on.ocr_path ? Json(ocr_id) : Json(nullptr)},
                              {"set_folder_while_working", on.set_path},
                              {"only_graphic_attachments", on.only_graphic},
                              {"folder", own_folder.empty() ? "" : folder_ / own_folder}}}};
        const Json ocr_point = {{"version", 1},
                                {"type", "ocr"},
                                {"id", ocr_id},
                                {"name", "OCR"},
                                {"general", {{"folder", ocr()}}}};
        std::ofstream(points() / "faktury.json") << point;
        std::ofstream(points() / "ocr.json") << ocr_point;
    }
    [[nodiscard]] Outcome on_point(Words some) const {
        some.insert(some.end(),
                    {"--point", "Faktury", "--workspace", folder_ / "w", "--lang", "en"});
        return run(some, environment_);
    }
    static std::map<std::string, std::string> files_in(const fs::path& folder) {
        std::map<std::string, std::string> files;
        if (fs::exists(folder))
            for (const auto& entry : fs::directory_iterator(folder))
                files[entry.path().filename()] = content_of(entry.path());
        return files;
    }
    [[nodiscard]] std::multiset<std::string> mails_in_quarantine() const {
        std::multiset<std::string> mails;
        for (const fs::path& copy : copies())
            mails.insert(content_of(copy));
        return mails;
    }
    [[nodiscard]] std::set<std::uint32_t> uids_on_server() const {
        const Uids uids = on_server();
        return {uids.begin(), uids.end()};
    }
    /// What `run` has done with these: told, on disk in `folder` and nowhere else, and in the
    /// mailbox or in the quarantine.
    void expect_taken(const Outcome& run, const std::vector<Sample>& samples,
                      const fs::path& folder) {
        const Json result = Json::parse(run.out);
        std::ifstream schema(MAILPOINT_SOURCE_DIR "/docs/output.schema.json");
        EXPECT_EQ(mail::point::faults_against_schema(result, Json::parse(schema)), Words());
        EXPECT_EQ(result.at("folder"), folder.string());
        std::set<std::uint32_t> left, should_leave;
        for (const Json& uid : result.at("removed"))
            left.insert(uid.get<std::uint32_t>());
        for (const Sample& sample : samples)
            if (model_.leaves(sample))
                should_leave.insert(sample.uid);
        EXPECT_EQ(left, should_leave);
        std::map<std::uint32_t, Json> told;
        for (const Json& message : result.at("messages"))
            told[message.at("uid").get<std::uint32_t>()] = message;
        for (const Sample& sample : samples) {
            // Nobody has to be told of a mail in which nothing is wanted.
            if (model_.status_of(sample) != "none" || told.contains(sample.uid))
                expect_told(told[sample.uid], sample, folder);
            for (const auto& [name, content] : model_.files_of(sample))
                expected_files_[folder][name] = content;
            if (model_.leaves(sample))
                expect_left(sample.uid);
        }
        expect_all_as_expected();
    }
    void expect_told(const Json& message, const Sample& sample, const fs::path& folder) const {
        ASSERT_TRUE(message.is_object()) << sample.uid;
        EXPECT_EQ(message.at("status"),
                  model_.leaves(sample) ? "quarantined" : model_.status_of(sample))
            << sample.uid;
        ASSERT_EQ(message.at("attachments").size(), sample.attachments.size()) << message;
        for (std::size_t i = 0; i < sample.attachments.size(); ++i) {
            const Json& part = message.at("attachments").at(i);
            const Attachment& one = sample.attachments[i];
            EXPECT_EQ(part.at("name"), one.name);
            EXPECT_EQ(part.at("verdict"), model_.verdict_of(one)) << one.name;
            const bool is_saved = model_.files_of(sample).contains(one.name);
            EXPECT_EQ(part.at("file"),
                      is_saved ? Json((folder / one.name).string()) : Json(nullptr));
            const bool is_refused = is_saved && folder == ocr() && one.kind != Kind::graphic;
            EXPECT_EQ(part.value("ocr_refuses", ""), is_refused ? "wrong_type" : "") << one.name;
        }
    }
    void expect_left(std::uint32_t uid) {
        expected_on_server_.erase(uid);
        expected_in_quarantine_.insert(uid);
    }
    void expect_all_as_expected() const {
        for (const fs::path& folder : {own(), ocr(), given()}) {
            const auto files = expected_files_.find(folder);
            const auto none = std::map<std::string, std::string>();
            EXPECT_EQ(files_in(folder), files == expected_files_.end() ? none : files->second)
                << folder;
        }
        EXPECT_EQ(uids_on_server(), expected_on_server_);
        std::multiset<std::string> mails;
        for (const std::uint32_t uid : expected_in_quarantine_)
            mails.insert(raw_.at(uid));
        EXPECT_EQ(mails_in_quarantine(), mails);
    }
    void expect_told_in_quarantine() const {
        std::set<std::uint32_t> told;
        const Json listed = Json::parse(on_point({"restore", "--json"}).out);
        for (const Json& one : listed.at("quarantine"))
            told.insert(one.at("uid").get<std::uint32_t>());
        EXPECT_EQ(told, expected_in_quarantine_);
    }
    /// Another mail with one PDF.
    Sample arrive(std::uint32_t uid) {
        const std::string number = std::to_string(uid);
        Sample sample{uid, {{"nowa" + number + ".pdf", "application/pdf", pdf(number)}}};
        add(sample);
        server_->add_message(mail_of(sample));
        return sample;
    }
    void add(const Sample& sample) {
        raw_[sample.uid] = mail_of(sample).raw;
        expected_on_server_.insert(sample.uid);
    }

    const std::vector<Sample> samples_ = samples();
    const Model model_;
    std::map<std::uint32_t, std::string> raw_;  ///< the mails
    std::set<std::uint32_t> expected_on_server_, expected_in_quarantine_;
    std::map<fs::path, std::map<std::string, std::string>> expected_files_;
};

TEST_P(FiveSwitches, decide_what_is_taken_where_it_lies_and_what_leaves) {
    const Outcome taken = on_point({"run", "--json"});
    EXPECT_EQ(taken.exit_code, 5) << "one could not be taken whole: " << taken.error;
    expect_taken(taken, samples_, expected_folder());
    expect_told_in_quarantine();

    // Whatever left by itself: what somebody may remove is another switch.
    const Words words{"remove", "--mailbox", "--json", "--uid",
                      std::to_string(without_attachments)};
    const bool may = model_.on.may_delete;
    const Outcome held_back = on_point(words);
    EXPECT_EQ(held_back.exit_code, may ? 1 : 6) << held_back.error;
    const Json said = Json::parse(held_back.out);
    EXPECT_EQ(may ? said.at("kept").at(0).at("error").at("facts").at("lock")
                  : said.at("error").at("cause"),
              may ? "no_attachments" : "removal_not_allowed");
    expect_all_as_expected();

    Words despite_gate = words;
    despite_gate.emplace_back("--anyway");
    EXPECT_EQ(on_point(despite_gate).exit_code, may ? 0 : 6);
    if (may)
        expect_left(without_attachments);
    expect_all_as_expected();

    const Outcome off_the_list = on_point({"remove", "--uid", std::to_string(half_failing)});
    EXPECT_EQ(off_the_list.exit_code, 0) << "the list is everybody's: " << off_the_list.error;
    expect_all_as_expected();
}

TEST_P(FiveSwitches, give_way_to_a_folder_that_is_named_and_to_a_point_that_is_gone) {
    const Sample eighth = arrive(8);
    const Outcome out = on_point({"run", "--json", "--uid", "8", "--out", given()});
    EXPECT_EQ(out.exit_code, 0) << out.error;
    expect_taken(out, {eighth}, given());

    fs::remove(points() / "ocr.json");
    const Sample ninth = arrive(9);
    const Outcome without = on_point({"run", "--json", "--uid", "9"});
    EXPECT_EQ(without.exit_code, 0) << without.error;
    expect_taken(without, {ninth}, own());

    write_points("");
    fs::remove(points() / "ocr.json");
    arrive(10);
    const Outcome nowhere = on_point({"run", "--json", "--uid", "10"});
    EXPECT_EQ(nowhere.exit_code, 1) << nowhere.out;
    EXPECT_EQ(Json::parse(nowhere.out).at("error").at("cause"), "no_target_folder");
    expect_all_as_expected();
}

INSTANTIATE_TEST_SUITE_P(All, FiveSwitches, testing::Range(0, 32),
                         [](const auto& combination) { return name_of(combination.param); });

}  // namespace program
