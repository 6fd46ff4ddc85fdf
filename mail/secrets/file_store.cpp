#include "mail/secrets/file_store.h"

#include <utility>

#include "mail/base/file_lock.h"
#include "mail/base/hash.h"
#include "mail/base/master_password.h"

namespace mail {

namespace {

// Where there is little memory a quicker key is better than none; never below that.
constexpr std::uint32_t least_scrypt_work = 14;

tl::unexpected<Error> failure(Cause cause, const std::string& path, Facts more = {}) {
    Facts facts{{"path", path}};
    facts.insert(facts.end(), more.begin(), more.end());
    return fail(cause, Layer::workspace, Reach::point, std::move(facts));
}

enum class From { user, environment };

Result<void> check_new(const Secret& master_password, From from, const std::string& path) {
    const auto fault = fault_of_master_password(master_password.reveal());
    if (!fault)
        return {};
    Facts facts = facts_of(*fault);
    if (from == From::environment)
        facts.emplace_back("given", "yes");
    return failure(Cause::master_password_needed, path, std::move(facts));
}

}  // namespace

FileStore::FileStore(Setup setup)
    : setup_(std::move(setup)),
      master_password_(std::exchange(setup_.master_password, std::nullopt)) {}

SecretStore::Access FileStore::access() const {
    const std::scoped_lock lock(mutex_);
    const bool there = setup_.disk.look(setup_.path).has_value();
    if (!master_password_ || refused_)
        return there ? Access::master_password : Access::new_master_password;
    // Given by the environment, it has met no check.
    const auto fault = fault_of_master_password(master_password_->reveal());
    const bool useless = !there && (fault == MasterPasswordFault::too_short ||
                                    fault == MasterPasswordFault::only_blanks);
    return useless ? Access::longer_master_password : Access::open;
}

Result<std::optional<SealedFile>> FileStore::read() const {
    const auto raw = read_file(setup_.disk, setup_.path, largest_sealed_file);
    if (!raw && raw.error().cause == Cause::file_not_found)
        return std::nullopt;
    if (!raw && raw.error().cause == Cause::part_too_large)
        return failure(Cause::secrets_damaged, setup_.path);
    if (!raw)
        return fail(raw.error().cause, Layer::workspace, Reach::point, raw.error().facts);
    auto file = parse_sealed_file(*raw);
    if (!file)
        return failure(file.error().cause, setup_.path, std::move(file.error().facts));
    if (!sealing::can_use(file->cost.method))
        return failure(Cause::secrets_other_system, setup_.path);
    return std::optional(std::move(*file));
}

Result<FileStore::Opened> FileStore::open(const Secret& master_password) {
    auto file = read();
    if (!file)
        return tl::unexpected(std::move(file.error()));
    if (!*file)
        return Opened{};
    const SealedFile& found = **file;
    // Each write takes a new salt, so the same salt is the same key.
    const bool known = made_key_ && made_key_->raw_salt == found.raw_salt;
    auto key = known ? std::optional(made_key_->key)
                     : sealing::key_of(master_password, found.raw_salt, found.cost);
    if (!key)
        return failure(Cause::internal, setup_.path,
                       {{"reason", "no memory for the key of the master password"}});
    const auto packed = sealing::unseal(*key, found.raw_nonce, found.head(), found.raw_sealed);
    if (!packed)
        return failure(known ? Cause::secrets_damaged : Cause::master_password_wrong, setup_.path);
    auto secrets = unpack(*packed);
    if (!secrets)
        return failure(secrets.error().cause, setup_.path, std::move(secrets.error().facts));
    made_key_ = MadeKey{found.raw_salt, std::move(*key)};
    return Opened{std::move(*secrets), std::move(*file)};
}

Result<FileStore::Opened> FileStore::open_unlocked() {
    if (refused_)
        return failure(Cause::master_password_wrong, setup_.path);
    if (!master_password_) {
        const bool there = setup_.disk.look(setup_.path).has_value();
        return failure(Cause::master_password_needed, setup_.path,
                       there ? Facts{} : Facts{{"new", "yes"}});
    }
    auto opened = open(*master_password_);
    refused_ = !opened && opened.error().cause == Cause::master_password_wrong;
    return opened;
}

Result<void> FileStore::unlock(const Secret& master_password, const Wait& wait) {
    if (auto waited = wait.check(Layer::workspace, Reach::point); !waited)
        return waited;
    if (master_password.empty())
        return failure(Cause::master_password_wrong, setup_.path);
    const std::scoped_lock lock(mutex_);
    // The key of the one before must not open it for this one.
    auto key_before = std::exchange(made_key_, std::nullopt);
    auto opened = open(master_password);
    const auto checked = opened && !opened->file
                             ? check_new(master_password, From::user, setup_.path)
                             : Result<void>();
    if (!opened || !checked) {
        made_key_ = std::move(key_before);
        return tl::unexpected(opened ? checked.error() : opened.error());
    }
    master_password_ = master_password;
    refused_ = false;
    return {};
}

Result<std::optional<Secret>> FileStore::get(const std::string& key, const Wait& wait) {
    if (auto checked = wait.check(Layer::workspace, Reach::point); !checked)
        return tl::unexpected(std::move(checked.error()));
    const std::scoped_lock lock(mutex_);
    const auto there = setup_.disk.look(setup_.path);
    if (!there && there.error().cause == Cause::file_not_found)
        return std::nullopt;
    auto opened = open_unlocked();
    if (!opened)
        return tl::unexpected(std::move(opened.error()));
    const auto found = opened->secrets.find(key);
    if (found == opened->secrets.end())
        return std::nullopt;
    return std::optional(std::move(found->second));
}

Result<void> FileStore::put(const std::string& key, const Secret& secret, const Wait& wait) {
    return change([&](Secrets& secrets) { secrets.insert_or_assign(key, secret); }, nullptr, wait);
}

Result<void> FileStore::remove(const std::string& key, const Wait& wait) {
    const auto there = get(key, wait);
    if (!there)
        return tl::unexpected(there.error());
    if (!*there)
        return {};
    return change([&](Secrets& secrets) { secrets.erase(key); }, nullptr, wait);
}

Result<void> FileStore::change_master_password(const Secret& now, const Wait& wait) {
    return change([](Secrets&) {}, &now, wait);
}

Result<void> FileStore::change(const std::function<void(Secrets&)>& edit,
                               const Secret* new_master_password, const Wait& wait) {
    // Before our own lock: who only reads must not wait for another process.
    const auto turn = FileLock::take(setup_.path + ".lock", wait);
    if (!turn && turn.error().cause == Cause::deadline)
        return failure(Cause::busy_elsewhere, setup_.path);
    if (!turn && turn.error().cause == Cause::cancelled)
        return tl::unexpected(turn.error());
    // Where nothing can be locked, writing says itself whether it can be done.
    const std::scoped_lock lock(mutex_);
    auto opened = open_unlocked();
    if (!opened)
        return tl::unexpected(std::move(opened.error()));
    edit(opened->secrets);
    const Secret master_password =
        new_master_password != nullptr ? *new_master_password : *master_password_;
    // Given by the environment, it has met no check; unlock() has made one.
    const From from = new_master_password != nullptr ? From::user : From::environment;
    if (!opened->file || new_master_password != nullptr)
        if (auto checked = check_new(master_password, from, setup_.path); !checked)
            return checked;
    // One that another system wrote stays one that it can read.
    const bool others = opened->file && opened->file->cost.method != setup_.cost.method;
    auto written =
        write(opened->secrets, others ? opened->file->cost : setup_.cost, master_password);
    if (written)
        master_password_ = master_password;
    return written;
}

Result<void> FileStore::write(const Secrets& secrets, sealing::Cost cost,
                              const Secret& master_password) {
    SealedFile file{
        cost, random_octets(sealing::salt_size), random_octets(sealing::nonce_size), {}};
    auto key = sealing::key_of(master_password, file.raw_salt, file.cost);
    while (!key && file.cost.method == sealing::Method::scrypt &&
           file.cost.work > least_scrypt_work) {
        --file.cost.work;
        key = sealing::key_of(master_password, file.raw_salt, file.cost);
    }
    if (!key)
        return failure(Cause::internal, setup_.path,
                       {{"reason", "no memory for the key of the master password"}});
    file.raw_sealed = sealing::seal(*key, file.raw_nonce, file.head(), pack(secrets));
    const std::string text = file.text();
    if (text.size() > largest_sealed_file)
        return failure(Cause::bad_credentials_text, setup_.path);
    auto replaced = replace_private_file(setup_.disk, setup_.path, text);
    if (!replaced)
        return fail(replaced.error().cause, Layer::workspace, Reach::point, replaced.error().facts);
    made_key_ = MadeKey{file.raw_salt, std::move(*key)};
    return {};
}

}  // namespace mail
