#pragma once
// A disk on which something happens at the n-th call, before the disk does anything: the program is
// killed, or the power fails.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mail/base/disk.h"

namespace mail::fakes {

class InterruptedDisk : public Disk {
public:
    /// Calls are those of Disk, NewFile::write and sync, numbered from 1; 0: nothing happens.
    InterruptedDisk(Disk& below, unsigned at, std::function<void()> happens)
        : below_(below), left_(at), happens_(std::move(happens)) {}

    Result<std::unique_ptr<NewFile>> create(const std::string& path, Access access) override {
        call();
        return below_.create(path, access).map([this](std::unique_ptr<NewFile> file) {
            return std::unique_ptr<NewFile>(std::make_unique<File>(*this, std::move(file)));
        });
    }
    std::vector<Result<void>> sync_all(const std::vector<NewFile*>& files) override {
        std::vector<Result<void>> all;
        for (NewFile* file : files)
            all.push_back(file->sync());
        return all;
    }
    Result<std::unique_ptr<OldFile>> open(const std::string& path) override {
        call();
        return below_.open(path);
    }
    Result<void> rename_new(const std::string& from, const std::string& to) override {
        call();
        return below_.rename_new(from, to);
    }
    Result<void> rename_over(const std::string& from, const std::string& to) override {
        call();
        return below_.rename_over(from, to);
    }
    Result<void> sync_folder(const std::string& folder) override {
        call();
        return below_.sync_folder(folder);
    }
    Result<void> remove(const std::string& path) override {
        call();
        return below_.remove(path);
    }
    Result<void> make_folder(const std::string& path, Access access) override {
        call();
        return below_.make_folder(path, access);
    }
    Result<std::vector<Entry>> list(const std::string& folder) override {
        call();
        return below_.list(folder);
    }
    Result<Entry> look(const std::string& path) override {
        call();
        return below_.look(path);
    }
    Result<std::uint64_t> free_octets(const std::string& folder) override {
        call();
        return below_.free_octets(folder);
    }

private:
    class File final : public NewFile {
    public:
        File(InterruptedDisk& disk, std::unique_ptr<NewFile> file)
            : disk_(disk), file_(std::move(file)) {}
        Result<void> write(std::string_view raw) override {
            disk_.call();
            return file_->write(raw);
        }
        Result<void> sync() override {
            disk_.call();
            return file_->sync();
        }

    private:
        InterruptedDisk& disk_;
        std::unique_ptr<NewFile> file_;
    };

    void call() {
        if (left_ != 0 && --left_ == 0)
            happens_();
    }

    Disk& below_;
    unsigned left_;
    std::function<void()> happens_;
};

}  // namespace mail::fakes
