#pragma once
// The real disk, on which the n-th call is where the program is killed, before it does anything.

#include <csignal>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mail/base/disk.h"

namespace mail::faults {

class KillingDisk final : public Disk {
public:
    /// Calls are those of Disk, NewFile::write and sync, numbered from 1; 0: none kills.
    explicit KillingDisk(unsigned kills_at) : left_(kills_at) {}

    Result<std::unique_ptr<NewFile>> create(const std::string& path, Access access) override {
        call();
        return real_.create(path, access).map([this](std::unique_ptr<NewFile> file) {
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
        return real_.open(path);
    }
    Result<void> rename_new(const std::string& from, const std::string& to) override {
        call();
        return real_.rename_new(from, to);
    }
    Result<void> rename_over(const std::string& from, const std::string& to) override {
        call();
        return real_.rename_over(from, to);
    }
    Result<void> sync_folder(const std::string& folder) override {
        call();
        return real_.sync_folder(folder);
    }
    Result<void> remove(const std::string& path) override {
        call();
        return real_.remove(path);
    }
    Result<void> make_folder(const std::string& path, Access access) override {
        call();
        return real_.make_folder(path, access);
    }
    Result<std::vector<Entry>> list(const std::string& folder) override {
        call();
        return real_.list(folder);
    }
    Result<Entry> look(const std::string& path) override {
        call();
        return real_.look(path);
    }
    Result<std::uint64_t> free_octets(const std::string& folder) override {
        call();
        return real_.free_octets(folder);
    }

private:
    class File final : public NewFile {
    public:
        File(KillingDisk& disk, std::unique_ptr<NewFile> file)
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
        KillingDisk& disk_;
        std::unique_ptr<NewFile> file_;
    };

    void call() {
        if (left_ != 0 && --left_ == 0)
            static_cast<void>(std::raise(SIGKILL));
    }

    Disk& real_ = real_disk();
    unsigned left_;
};

}  // namespace mail::faults
