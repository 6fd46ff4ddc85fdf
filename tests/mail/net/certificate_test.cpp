#include "mail/net/certificate.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "mail/base/hash.h"
#include "mail/net/trust.h"

namespace mail::net {
namespace {

// The PEM form is only armour here: base64 of "hello world", in two lines.
const std::string pem =
    "-----BEGIN CERTIFICATE-----\naGVsbG8g\nd29ybGQ=\n-----END CERTIFICATE-----\n";

TEST(Certificate, lines_as_libcurl_over_openssl_gives_them) {
    const Certificate certificate = certificate_of(
        {"Subject:CN = imap.firma.example, O = Firma: dwa", "Issuer:CN = Authority", "Version:2",
         "Start date:Nov  1 00:00:00 2026 GMT", "Expire date:Nov  1 00:00:00 2027 GMT",
         "X509v3 Subject Alternative Name:DNS:imap.firma.example, DNS:*.firma.example, "
         "IP Address:127.0.0.1, email:ala@firma.example",
         "Cert:" + pem});
    EXPECT_EQ(certificate.subject, "CN = imap.firma.example, O = Firma: dwa");
    EXPECT_EQ(certificate.issuer, "CN = Authority");
    EXPECT_EQ(certificate.valid_from, "Nov  1 00:00:00 2026 GMT");
    EXPECT_EQ(certificate.valid_until, "Nov  1 00:00:00 2027 GMT");
    EXPECT_EQ(certificate.names,
              (std::vector<std::string>{"imap.firma.example", "*.firma.example", "127.0.0.1",
                                        "email:ala@firma.example"}));
    EXPECT_EQ(certificate.sha256, sha256_hex("hello world"));
}

TEST(Certificate, lines_as_libcurl_over_schannel_gives_them) {
    const Certificate certificate = certificate_of(
        {"Subject:CN=imap", "Issuer:CN=Authority", "Start Date:2026-11-01 00:00:00 GMT",
         "Expire Date:2027-11-01 00:00:00 GMT", "Cert:" + pem});
    EXPECT_EQ(certificate.valid_from, "2026-11-01 00:00:00 GMT");
    EXPECT_EQ(certificate.valid_until, "2027-11-01 00:00:00 GMT");
    EXPECT_TRUE(certificate.names.empty());
}

TEST(Certificate, odd_lines_do_no_harm) {
    const Certificate certificate =
        certificate_of({"", ":", "Subject", "Subject:", "Cert:", "Cert:-----BEGIN X",
                        "X509v3 Subject Alternative Name:, ,DNS:"});
    EXPECT_EQ(certificate.subject, "");
    EXPECT_EQ(certificate.sha256, sha256_hex(""));
}

TEST(Certificate, der_is_what_stands_between_the_first_borders) {
    EXPECT_EQ(der_of_pem(pem), "hello world");
    EXPECT_EQ(der_of_pem("before\n" + pem + pem), "hello world");
    EXPECT_EQ(der_of_pem(""), "");
    EXPECT_EQ(der_of_pem("-----BEGIN CERTIFICATE-----\naGVs"), "");
    EXPECT_EQ(der_of_pem("-----END X-----BEGIN "), "");
}

TEST(Trust, a_ca_file_is_read_whole_and_named) {
    const std::string file = testing::TempDir() + "trust-zażółć.pem";
    std::ofstream(file) << pem;
    const auto trust = trust_in_file(file);
    ASSERT_TRUE(trust);
    EXPECT_EQ((*trust)->pem, pem);
    EXPECT_EQ((*trust)->source, file);
}

TEST(Trust, a_folder_is_no_ca_file) {
    const auto trust = trust_in_file(testing::TempDir());
    ASSERT_FALSE(trust);
    EXPECT_EQ(trust.error().cause, Cause::ca_file_unreadable);
}

TEST(Trust, the_systems_certificates_are_found_once_and_named_or_their_lack_is) {
    const auto trust = system_trust();
    if (!trust) {
        EXPECT_EQ(trust.error().cause, Cause::no_system_certificates);
        EXPECT_NE(trust.error().fact("looked_in"), "");
        return;
    }
    EXPECT_NE((*trust)->source, "");
    EXPECT_EQ(system_trust()->get(), trust->get());
}

}  // namespace
}  // namespace mail::net
