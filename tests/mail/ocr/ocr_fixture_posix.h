#pragma once
// An OCR point's folder with files that look like pictures, and a ledger; commands are scripts.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "mail/base/hash.h"
#include "mail/ocr/queue.h"
#include "mail/store/database.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::ocr {

inline std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class OcrFixture : public testing::Test {
protected:
    OcrFixture() {
        std::filesystem::create_directories(folder());
        std::filesystem::create_directories(scratch());
    }
    std::string folder() const { return root_ / "ocr point"; }
    std::string scratch() const { return root_ / "scratch"; }
    std::string in(const std::string& name) const { return folder() + "/" + name; }
    std::string done(const std::string& name) const { return in("done/" + name); }
    std::string log() const { return content_of(root_ / "log"); }

    void put(const std::string& name, const std::string& words = "words") {
        std::ofstream(in(name), std::ios::binary) << "\x89PNG\r\n\x1A\n" << words;
    }
    /// A command line for a script, which gets {in} as $1 and {out} as $2, and the name of a log as
    /// $LOG.
    std::string script(const std::string& text) {
        const std::string path = root_ / ("script-" + random_uuid());
        std::ofstream(path) << "LOG='" << root_ / "log"
                            << "'\n"
                            << text << "\n";
        return "sh '" + path + "' {in} {out}";
    }
    std::unique_ptr<store::Ledger> open_ledger() const {
        return store::Ledger::open(root_ / "state.db").value();
    }
    store::Database raw() const { return store::Database::open(root_ / "state.db").value(); }
    bool scratch_is_empty() const { return std::filesystem::is_empty(scratch()); }

    QueueSettings settings(const std::string& command) const {
        QueueSettings made;
        made.point = "ocr-1";
        made.folder = folder();
        made.scratch = scratch();
        made.ocr.command = command;
        made.look_every = std::chrono::milliseconds(10);
        made.settles_in = std::chrono::milliseconds(0);
        return made;
    }

    fakes::ScratchFolder root_;
};

}  // namespace mail::ocr
