// Looks at messages, which take nothing: parts for a preview, messages saved as files, mails in
// files.

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "mail/base/base64.h"
#include "mail/demo/server.h"
#include "mail/engine.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/skipped_time.h"
#include "tests/fakes/waited_engine.h"

namespace mail {

namespace {

constexpr std::size_t mib = 1 << 20;

void put_32(std::string& to, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8)
        to += static_cast<char>((value >> shift) & 0xFFU);
}

/// 24 bits a pixel, all of one colour; of `width` x `height` as its header says, with the octets of
/// two by two.
std::string bmp(std::uint32_t width = 2, std::uint32_t height = 2) {
    std::string raw = "BM";
    put_32(raw, 70);
    put_32(raw, 0);
    put_32(raw, 54);
    put_32(raw, 40);
    put_32(raw, width);
    put_32(raw, height);
    put_32(raw, (24U << 16U) | 1U);
    for (int i = 0; i < 6; ++i)
        put_32(raw, 0);
    for (int row = 0; row < 2; ++row)
        raw += std::string("\x00\x00\xFF\x00\x00\xFF", 6) + std::string(2, '\0');
    return raw;
}

std::string part(const std::string& type, const std::string& name, const std::string& content) {
    std::string encoded = to_base64(content);
    std::string lines;
    for (std::size_t at = 0; at < encoded.size(); at += 76)
        lines += encoded.substr(at, 76) + "\r\n";
    return "--x\r\nContent-Type: " + type +
           "\r\nContent-Disposition: attachment; filename=" + name +
           "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + lines;
}

demo::Mail mail_of(const std::string& parts, const std::string& subject = "Faktura") {
    return {"Subject: " + subject + "\r\nMessage-ID: <" + subject +
                "@example>\r\nMIME-Version: 1.0\r\n"
                "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
                "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDzień dobry, " +
                subject + "\r\n" + parts + "--x--\r\n",
            {}};
}

demo::Mail with_picture() {
    return mail_of(part("image/bmp", "skan.bmp", bmp()) +
                   part("application/pdf", "f.pdf", "%PDF-1.4 "));
}

/// Holds the server at commands that have this in them, until it is let go on. Copies are one gate:
/// the server's threads outlive the test's body.
class Gate {
public:
    explicit Gate(std::string at) : state_(std::make_shared<State>(std::move(at))) {}
    [[nodiscard]] demo::Manner pass(const std::string& command) const {
        std::unique_lock lock(state_->mutex);
        if (command.find(state_->at) == std::string::npos)
            return demo::Manner::honest;
        ++state_->came;
        state_->changed.notify_all();
        state_->changed.wait_for(lock, std::chrono::seconds(60),
                                 [this] { return state_->is_open; });
        return demo::Manner::honest;
    }
    void wait_for(int count) const {
        std::unique_lock lock(state_->mutex);
        EXPECT_TRUE(state_->changed.wait_for(lock, std::chrono::seconds(60),
                                             [&] { return state_->came >= count; }));
    }
    void open() const {
        const std::scoped_lock lock(state_->mutex);
        state_->is_open = true;
        state_->changed.notify_all();
    }

private:
    struct State {
        explicit State(std::string words) : at(std::move(words)) {}
        const std::string at;
        std::mutex mutex;
        std::condition_variable changed;
        int came = 0;
        bool is_open = false;
    };
    std::shared_ptr<State> state_;
};

class EngineLooks : public testing::Test {
protected:
    void serve(std::vector<demo::Mail> mails,
               std::function<demo::Manner(const std::string&)> manner = {}) {
        demo::Options options;
        options.manner = std::move(manner);
        server_ = std::move(*demo::Server::start(std::move(mails), options));
    }
    void start(std::optional<Secret> password = Secret("demo")) {
        point::Point point;
        point.id = "demo";
        const net::Endpoint endpoint = server_->endpoint();
        point.connection.server = endpoint.host;
        point.connection.port = endpoint.port;
        point.connection.encryption = endpoint.encryption;
        point.connection.login = "demo";
        auto workspace = point::Workspace::open(real_disk(), folder_ / "workspace");
        ASSERT_TRUE(workspace);
        Engine::Setup setup{std::move(*workspace),
                            memory_secret_store(),
                            {{point, "", true, std::move(password), folder_ / "target"}},
                            "tester"};
        setup.time = &time_;
        engine_.start(std::move(setup));
    }
    void open(std::vector<demo::Mail> mails,
              std::function<demo::Manner(const std::string&)> manner = {}) {
        serve(std::move(mails), std::move(manner));
        start();
        ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    }
    std::shared_ptr<const Snapshot> wait_until(const std::function<bool(const Snapshot&)>& holds) {
        return engine_.wait_until(holds);
    }
    JobView ended(JobId id) { return engine_.ended(id); }
    JobView do_job(Command command) { return engine_.do_job(std::move(command)); }
    /// Of the last job that asked for one.
    std::shared_ptr<const PreviewView> shown() { return engine_->snapshot()->preview; }
    std::shared_ptr<const PreviewView> look(const std::string& part, std::uint32_t uid = 1) {
        do_job(Preview{"demo", uid, 0, part});
        return shown();
    }
    template <class T>
    const T* content() {
        const auto view = shown();
        kept_.push_back(view);
        return view && view->content ? std::get_if<T>(&*view->content) : nullptr;
    }
    std::string_view why_none() {
        const auto* none = content<NoPreview>();
        return none == nullptr ? "" : name_of(*none);
    }
    static std::string_view cause_of(const std::optional<Error>& error) {
        return error ? name_of(error->cause) : "";
    }
    static std::string content_of(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::size_t asked_for(const std::string& what) {
        std::size_t count = 0;
        for (const std::string& command : server_->commands())
            count += command.find(what) != std::string::npos ? 1U : 0U;
        return count;
    }

    fakes::ScratchFolder folder_;
    fakes::SkippedTime time_;
    std::unique_ptr<demo::Server> server_;
    std::vector<std::shared_ptr<const PreviewView>> kept_;
    fakes::WaitedEngine engine_;
};

}  // namespace

TEST_F(EngineLooks, the_text_of_a_message_and_its_picture_are_shown) {
    open({with_picture()});
    const JobView job = do_job(Preview{"demo", 1, 20261101, ""});
    EXPECT_EQ(job.state, JobView::State::done);
    EXPECT_EQ(job.kind, JobView::Kind::preview);
    ASSERT_TRUE(content<Text>());
    EXPECT_EQ(content<Text>()->text, "Dzień dobry, Faktura");
    EXPECT_EQ(shown()->job, job.id);
    EXPECT_EQ(shown()->uid, 1U);
    look("2");
    const auto* picture = content<Picture>();
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->width, 2U);
    EXPECT_EQ(picture->rgba.size(), 16U);
    EXPECT_EQ(picture->rgba.at(0), 0xFF) << "red";
    look("3");
    EXPECT_EQ(why_none(), "other_type");
    EXPECT_EQ(cause_of(look("7")->error), "part_missing");
}

TEST_F(EngineLooks, nothing_of_the_mailbox_is_changed_and_one_session_is_enough) {
    open({with_picture(), mail_of("", "Druga")});
    const auto logins = server_->counts().logins;
    for (const std::uint32_t uid : {1U, 2U, 1U, 2U})
        look("", uid);
    EXPECT_EQ(server_->counts().logins, logins + 1);
    for (const char* change : {"SELECT", "STORE", "EXPUNGE", " BODY[", " BINARY["})
        EXPECT_EQ(asked_for(change), 0U) << change;
}

TEST_F(EngineLooks, html_is_shown_where_the_plain_text_is_empty) {
    open({{"Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; "
           "boundary=x\r\n\r\n"
           "--x\r\nContent-Type: text/plain\r\n\r\n\r\n"
           "--x\r\nContent-Type: text/html\r\n\r\n<p>Faktura <img src=http://127.0.0.1:9/a></p>\r\n"
           "--x--\r\n",
           {}}});
    look("");
    ASSERT_TRUE(content<Text>());
    EXPECT_NE(content<Text>()->text.find("Faktura"), std::string::npos);
}

TEST_F(EngineLooks, a_text_without_end_is_cut_and_its_end_is_not_waited_for) {
    open({mail_of(part("text/plain", "dziennik.txt", std::string(40 * mib, 'x'))), with_picture()});
    const auto before = server_->counts().octets_sent;
    look("2");
    ASSERT_TRUE(content<Text>());
    EXPECT_TRUE(content<Text>()->cut);
    EXPECT_LT(server_->counts().octets_sent - before, 30 * mib);
    look("", 2);
    EXPECT_TRUE(content<Text>()) << "the next look has a session";
}

TEST_F(EngineLooks, a_picture_of_more_octets_than_are_decoded_is_not_asked_for) {
    open({mail_of(part("image/png", "a.png", std::string(33 * mib, 'x')))});
    look("2");
    EXPECT_EQ(why_none(), "too_large");
    EXPECT_EQ(asked_for("PEEK[2]"), 0U);
}

TEST_F(EngineLooks, a_picture_with_more_pixels_than_memory_is_told) {
    open({mail_of(part("image/bmp", "bomba.bmp", bmp(1U << 20U, 1U << 20U)))});
    look("2");
    EXPECT_EQ(why_none(), "too_large");
}

TEST_F(EngineLooks, pictures_are_known_by_name_and_by_content) {
    open({mail_of(part("application/octet-stream", "skan.bin", bmp()) +
                  part("application/octet-stream", "skan.BMP", bmp() + std::string(2 * mib, '\0')) +
                  part("application/octet-stream", "dane.bin", std::string(2 * mib, '\0')))});
    look("2");
    EXPECT_TRUE(content<Picture>());
    look("3");
    EXPECT_TRUE(content<Picture>());
    look("4");
    EXPECT_EQ(why_none(), "other_type");
    EXPECT_EQ(asked_for("PEEK[4]"), 0U) << "megabytes of no known kind";
}

TEST_F(EngineLooks, a_message_that_has_gone_or_was_never_listed_is_told) {
    open({with_picture(), mail_of("", "Druga")});
    server_->remove_message(1);
    EXPECT_EQ(cause_of(look("2", 1)->error), "message_gone");
    EXPECT_EQ(cause_of(look("2", 9)->error), "message_gone");
    const JobView other = do_job(Preview{"demo", 2, 7, ""});
    EXPECT_EQ(cause_of(other.error), "uidvalidity_changed");
    EXPECT_EQ(cause_of(shown()->error), "uidvalidity_changed");
}

TEST_F(EngineLooks, a_look_that_is_stopped_while_it_loads_says_so_and_the_next_one_works) {
    const Gate gate("PEEK[2]");
    open({with_picture()}, [gate](const std::string& command) { return gate.pass(command); });
    const JobId job = engine_->post(Preview{"demo", 1, 0, "2"});
    gate.wait_for(1);
    const auto loading =
        wait_until([&](const Snapshot& now) { return now.preview && now.preview->job == job; });
    EXPECT_FALSE(loading->preview->content || loading->preview->error);
    engine_->cancel(job);
    EXPECT_EQ(ended(job).state, JobView::State::cancelled);
    EXPECT_EQ(cause_of(shown()->error), "cancelled");
    gate.open();
    look("2");
    EXPECT_TRUE(content<Picture>());
}

TEST_F(EngineLooks, the_next_look_stops_the_one_before_and_what_came_of_that_is_never_shown) {
    const Gate gate("PEEK[2]");
    open({with_picture()}, [gate](const std::string& command) { return gate.pass(command); });
    const JobId first = engine_->post(Preview{"demo", 1, 0, "2"});
    gate.wait_for(1);
    const JobId second = engine_->post(Preview{"demo", 1, 0, ""});
    EXPECT_EQ(ended(first).state, JobView::State::cancelled);
    EXPECT_EQ(ended(second).state, JobView::State::done);
    EXPECT_EQ(shown()->job, second);
    EXPECT_TRUE(content<Text>());
    gate.open();
}

TEST_F(EngineLooks, who_stops_many_looks_signs_in_again_after_a_pause_only) {
    const Gate gate("PEEK[2]");
    open({with_picture()}, [gate](const std::string& command) { return gate.pass(command); });
    for (int i = 1; i <= 3; ++i) {
        const JobId job = engine_->post(Preview{"demo", 1, 0, "2"});
        gate.wait_for(i);
        engine_->cancel(job);
        ASSERT_EQ(ended(job).state, JobView::State::cancelled);
    }
    gate.open();
    EXPECT_EQ(time_.pauses().size(), 2U) << "in front of each sign-in but the first";
}

TEST_F(EngineLooks, a_taking_and_a_look_do_not_wait_for_each_other) {
    const Gate gate("PEEK[3]");
    open({with_picture()}, [gate](const std::string& command) { return gate.pass(command); });
    const JobId take = engine_->post(Take{"demo", {}, false});
    gate.wait_for(1);
    look("");
    EXPECT_TRUE(content<Text>());
    EXPECT_FALSE(engine_->snapshot()->job(take)->has_ended());
    gate.open();
    const JobView taken = ended(take);
    EXPECT_EQ(taken.state, JobView::State::done);
    EXPECT_EQ(taken.documents, 1U);
    EXPECT_EQ(engine_->snapshot()->point("demo")->mailbox->count_of(Status::taken), 1U);
}

TEST_F(EngineLooks, the_password_that_was_typed_is_enough_for_a_look) {
    serve({with_picture()});
    start(std::nullopt);
    ASSERT_EQ(do_job(GivePassword{"demo", Secret("demo"), false}).state, JobView::State::done);
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    look("");
    EXPECT_TRUE(content<Text>());
}

TEST_F(EngineLooks, a_message_is_saved_whole_and_replaces_nothing_unasked) {
    open({with_picture()});
    const std::string path = folder_ / "a.eml";
    const JobView saved = do_job(SaveMessage{"demo", 1, 20261101, path});
    EXPECT_EQ(saved.state, JobView::State::done);
    EXPECT_EQ(saved.kind, JobView::Kind::save_message);
    EXPECT_EQ(saved.saved_path, path);
    EXPECT_FALSE(saved.doubt);
    EXPECT_EQ(saved.octets_done, with_picture().raw.size());
    EXPECT_EQ(saved.octets_total, with_picture().raw.size());
    EXPECT_EQ(content_of(path), with_picture().raw);
    std::ofstream(path) << "mine";
    EXPECT_EQ(cause_of(do_job(SaveMessage{"demo", 1, 0, path}).error), "file_exists");
    EXPECT_EQ(content_of(path), "mine");
    EXPECT_EQ(do_job(SaveMessage{"demo", 1, 0, path, true}).state, JobView::State::done);
    EXPECT_EQ(content_of(path), with_picture().raw);
    EXPECT_EQ(cause_of(do_job(SaveMessage{"demo", 1, 0, folder_ / "no/a.eml"}).error),
              "folder_not_found");
    server_->remove_message(1);
    EXPECT_EQ(cause_of(do_job(SaveMessage{"demo", 1, 0, folder_ / "b.eml"}).error), "message_gone");
    EXPECT_FALSE(std::filesystem::exists(folder_ / "b.eml"));
}

TEST_F(EngineLooks, saving_that_is_stopped_leaves_no_file) {
    const Gate gate("PEEK[]");
    open({with_picture()}, [gate](const std::string& command) { return gate.pass(command); });
    std::filesystem::create_directory(folder_ / "out");
    const JobId job = engine_->post(SaveMessage{"demo", 1, 0, folder_ / "out/a.eml"});
    gate.wait_for(1);
    engine_->cancel(job);
    EXPECT_EQ(ended(job).state, JobView::State::cancelled);
    EXPECT_TRUE(std::filesystem::is_empty(folder_ / "out"));
    gate.open();
}

TEST_F(EngineLooks, a_mail_in_a_file_shows_what_extract_sees) {
    open({});
    const std::string path = folder_ / "list.eml";
    std::ofstream(path, std::ios::binary) << with_picture().raw;
    const JobView job = do_job(LookInto{path});
    ASSERT_TRUE(job.letter) << cause_of(job.error);
    EXPECT_EQ(job.letter->subject, "Faktura");
    ASSERT_EQ(job.letter->parts.size(), 4U);
    EXPECT_EQ(job.letter->parts[2].verdict, Verdict::will_be_taken);
    EXPECT_EQ(job.letter->parts[2].part.name, "skan.bmp");
    EXPECT_EQ(job.letter->parts[2].size_octets, bmp().size());
    EXPECT_EQ(do_job(PreviewInFile{path, ""}).state, JobView::State::done);
    ASSERT_TRUE(content<Text>());
    EXPECT_EQ(shown()->path, path);
    do_job(PreviewInFile{path, "2"});
    EXPECT_TRUE(content<Picture>());
    EXPECT_EQ(cause_of(do_job(LookInto{folder_ / "none.eml"}).error), "file_not_found");
    EXPECT_TRUE(do_job(LookInto{folder_.path()}).error) << "a folder";
    EXPECT_EQ(cause_of(do_job(PreviewInFile{folder_ / "none.eml", ""}).error), "file_not_found");
    EXPECT_EQ(cause_of(shown()->error), "file_not_found");
}

TEST_F(EngineLooks, the_files_of_a_mail_in_a_file_are_saved_none_over_another_and_none_twice) {
    open({});
    const std::string path = folder_ / "list.eml", out = folder_ / "out";
    std::ofstream(path, std::ios::binary)
        << mail_of(part("image/bmp", "skan.bmp", bmp()) +
                   part("application/pdf", "f.pdf", "%PDF-1.4 one"))
               .raw;
    const JobView saved = do_job(SaveFiles{path, out});
    ASSERT_EQ(saved.state, JobView::State::done) << cause_of(saved.error);
    EXPECT_EQ(saved.files, 2U);
    EXPECT_EQ(saved.files_there, 0U);
    EXPECT_EQ(saved.saved_path, out);
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(out))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    EXPECT_EQ(names.size(), 2U);
    const JobView again = do_job(SaveFiles{path, out});
    EXPECT_EQ(again.files, 0U);
    EXPECT_EQ(again.files_there, 2U);
    std::ofstream(saved.letter->parts.back().file) << "somebody's";
    EXPECT_EQ(do_job(SaveFiles{path, out}).files, 1U);
    EXPECT_EQ(read_file(real_disk(), saved.letter->parts.back().file, 100).value(), "somebody's");
    EXPECT_TRUE(do_job(SaveFiles{path, path}).error) << "no folder";
    EXPECT_EQ(cause_of(do_job(SaveFiles{folder_ / "none.eml", out}).error), "file_not_found");
}

}  // namespace mail
