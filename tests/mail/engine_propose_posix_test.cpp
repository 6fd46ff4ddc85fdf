#include <functional>

#include <gtest/gtest.h>

#include "mail/engine.h"
#include "mail/secrets/secret_store.h"
#include "tests/fakes/dns_server.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

using fakes::DnsServer;

struct EngineThatAsks : testing::Test {
    void start(const DnsServer& dns) {
        auto workspace = point::Workspace::open(real_disk(), folder / "workspace");
        ASSERT_TRUE(workspace);
        Engine::Setup setup{std::move(*workspace), memory_secret_store()};
        setup.proposals = {dns.address(), {}, std::nullopt};
        engine.start(std::move(setup));
    }
    JobView when(JobId id, const std::function<bool(const JobView&)>& holds) {
        const auto snapshot = engine.wait_until([&](const Snapshot& now) {
            const JobView* job = now.job(id);
            return job != nullptr && holds(*job);
        });
        return *snapshot->job(id);
    }
    JobView ended(JobId id) { return engine.ended(id); }

    fakes::ScratchFolder folder;
    fakes::WaitedEngine engine;
};

TEST_F(EngineThatAsks, what_dns_proposes_is_in_the_job) {
    DnsServer dns;
    dns.add_srv("_imap._tcp.firma.example", "imap.firma.example", 143);
    start(dns);
    const JobView job = ended(engine->post(Propose{"ala@firma.example"}));
    EXPECT_EQ(job.kind, JobView::Kind::propose);
    EXPECT_EQ(job.state, JobView::State::done);
    ASSERT_TRUE(job.proposal);
    EXPECT_EQ(job.proposal->source, proposal::Source::srv);
    EXPECT_EQ(job.proposal->settings.encryption, net::Encryption::starttls);
}

TEST_F(EngineThatAsks, what_is_no_address_fails_with_the_field) {
    DnsServer dns;
    start(dns);
    const JobView job = ended(engine->post(Propose{"ala"}));
    EXPECT_EQ(job.state, JobView::State::failed);
    ASSERT_TRUE(job.error);
    EXPECT_EQ(job.error->cause, Cause::point_invalid);
    EXPECT_FALSE(job.proposal);
}

TEST_F(EngineThatAsks, an_enquiry_without_an_answer_keeps_no_definition_waiting_and_is_cancelled) {
    DnsServer dns(DnsServer::Manner::silent);
    start(dns);
    const JobId enquiry = engine->post(Propose{"ala@firma.example"});
    when(enquiry, [&](const JobView&) { return !dns.asked().empty(); });
    point::Point form;
    form.name = "A";
    form.connection.server = "imap.firma.example";
    form.connection.login = "ala@firma.example";
    EXPECT_EQ(ended(engine->post(SavePoint{form, std::nullopt})).state, JobView::State::done);
    EXPECT_FALSE(engine->snapshot()->job(enquiry)->has_ended());
    engine->cancel(enquiry);
    EXPECT_EQ(ended(enquiry).state, JobView::State::cancelled);
}

}  // namespace
}  // namespace mail
