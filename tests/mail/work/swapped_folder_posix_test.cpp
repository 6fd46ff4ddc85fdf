// Somebody who can write beside the target folder swaps it for a link to elsewhere, or puts links
// under the names of files, while the program writes: nothing lands there.

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/mail/work/taking.h"

namespace mail::work {

namespace {

namespace fs = std::filesystem;

constexpr int swaps = 10'000;

/// Does something `swaps` times on a thread of its own, or until it goes.
class Meanwhile {
public:
    template <class Act>
    explicit Meanwhile(Act act)
        : thread_([this, act](const std::stop_token& stop) mutable {
              for (int swap = 0; swap < swaps && !stop.stop_requested(); ++swap)
                  act();
              over_ = true;
          }) {}
    [[nodiscard]] bool over() const { return over_; }

private:
    std::atomic<bool> over_ = false;
    std::jthread thread_;
};

/// `target` is away for a moment, and a link to `outside` in its place.
void swap_for_link(const fs::path& target, const fs::path& outside) {
    const fs::path aside = target.string() + "-aside";
    fs::rename(target, aside);
    fs::create_directory_symlink(outside, target);
    fs::remove(target);
    fs::rename(aside, target);
}

std::string content_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

class SwappedFolder : public Taking {
protected:
    void SetUp() override {
        Taking::SetUp();
        fs::create_directory(outside());
    }
    [[nodiscard]] std::string outside() const { return folder_ / "outside"; }

    /// Files numbered ones until `swapping` is over; their number.
    static int file_until_over(TargetFolder& folder, const Meanwhile& swapping) {
        int filed = 0;
        for (; !swapping.over(); ++filed) {
            const std::string text = std::to_string(filed);
            auto incoming = Incoming::create(folder.disk(), temporary_path(folder.path()));
            if (!incoming || !incoming->write(text))
                break;
            const auto arrival = incoming->finish_unsynced().value().arrival;
            const auto name = folder.name_for("faktura-" + text + ".pdf", arrival);
            if (!name || !folder.place(arrival, name->path))
                break;
        }
        return filed;
    }
    void changed(std::uint32_t uid, const MessageState& state) override {
        Taking::changed(uid, state);
        // The folder is open by then, and nothing written.
        if (!std::exchange(was_swapped_, was_swapped_ || state.status == Status::taking) &&
            was_swapped_)
            swapping_.emplace([this] { swap_for_link(target(), outside()); });
    }

    /// Where nothing waits for a disk.
    const fakes::ScratchFolder memory_{fakes::ScratchFolder::Medium::memory};
    std::optional<Meanwhile> swapping_;
    bool was_swapped_ = false;
};

}  // namespace

TEST_F(SwappedFolder, gets_all_that_is_written_and_the_link_in_its_place_nothing) {
    const std::string target = memory_ / "target", outside = memory_ / "outside";
    fs::create_directory(target);
    fs::create_directory(outside);
    auto folder = TargetFolder::open(real_disk(), target).value();
    int filed = 0;
    {
        const Meanwhile swapping([&] { swap_for_link(target, outside); });
        filed = file_until_over(folder, swapping);
        EXPECT_TRUE(swapping.over()) << "nothing that is written fails";
    }
    EXPECT_GT(filed, 100);
    EXPECT_EQ(entries(outside), 0U);
    EXPECT_EQ(entries(target), static_cast<std::size_t>(filed));
    for (int number = 0; number < filed; ++number)
        EXPECT_EQ(content_of(target + "/faktura-" + std::to_string(number) + ".pdf"),
                  std::to_string(number));
}

TEST_F(SwappedFolder, a_run_writes_nothing_elsewhere_and_the_next_one_finishes) {
    std::vector<demo::Mail> mails;
    std::set<std::string> wanted;
    for (int number = 0; number < 200; ++number) {
        const std::string content = "%PDF-1.4 " + std::to_string(number);
        wanted.insert(sha256_hex(content));
        mails.push_back(mail_with("faktura-" + std::to_string(number) + ".pdf", content,
                                  std::chrono::sys_days{std::chrono::year{2026} / 11 / 3}));
    }
    serve(std::move(mails));
    if (!run()) {
        EXPECT_EQ(last_error_.cause, Cause::folder_not_found);
    }
    ASSERT_TRUE(was_swapped_);
    swapping_.reset();
    EXPECT_EQ(entries(outside()), 0U);
    EXPECT_TRUE(run()) << name_of(last_error_.cause);
    const auto found = hashes();
    EXPECT_EQ(std::set<std::string>(found.begin(), found.end()), wanted);
    EXPECT_EQ(found.size(), wanted.size()) << "each once";
}

TEST_F(SwappedFolder, links_under_the_names_of_files_are_neither_followed_nor_replaced) {
    const std::string wanted = memory_ / "faktura.pdf";
    std::ofstream(memory_ / "victim") << "of somebody else";
    auto folder = TargetFolder::open(real_disk(), memory_.path()).value();
    // The name itself, though a link may have it: what comes behind the look.
    const auto place = [&](const std::string& content) {
        auto incoming = Incoming::create(folder.disk(), temporary_path(folder.path()));
        EXPECT_TRUE(incoming && incoming->write(content));
        const auto placed = folder.place(incoming->finish_unsynced().value().arrival, wanted);
        EXPECT_TRUE(placed);
        const std::string path = placed ? placed->path : "";
        EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(path)));
        EXPECT_EQ(content_of(path), content);
        fs::remove(path);
        return path;
    };
    const auto put_link = [&](int turn) {
        std::error_code there;
        if (turn % 2 == 0)
            fs::create_symlink(memory_ / "victim", wanted, there);
        else
            fs::create_hard_link(memory_ / "victim", wanted, there);
        return !there;
    };
    for (const int turn : {0, 1}) {
        ASSERT_TRUE(put_link(turn));
        EXPECT_NE(place("ours"), wanted);
        fs::remove(wanted);
    }
    const Meanwhile linking([&, turn = 0]() mutable {
        if (put_link(++turn))
            fs::remove(wanted);
    });
    for (int number = 0; !linking.over(); ++number)
        place(std::to_string(number));
    EXPECT_EQ(content_of(memory_ / "victim"), "of somebody else");
}

}  // namespace mail::work
