#include "mail/base/master_password.h"

#include <string>

#include <gtest/gtest.h>

namespace mail {

TEST(MasterPasswordRule, counts_letters_of_any_script) {
    EXPECT_EQ(fault_of_master_password("cztery zwykłe słowa"), std::nullopt);
    EXPECT_EQ(fault_of_master_password("zażółć gęślą"), std::nullopt);
    EXPECT_EQ(fault_of_master_password("zażółć gęśl"), MasterPasswordFault::too_short);
    EXPECT_EQ(fault_of_master_password(""), MasterPasswordFault::too_short);
}

TEST(MasterPasswordRule, takes_no_blanks_only_of_whatever_kind) {
    const std::string no_break = "\xC2\xA0", wide = "\xE3\x80\x80", zero_width = "\xE2\x80\x8B";
    EXPECT_EQ(fault_of_master_password(std::string(20, ' ')), MasterPasswordFault::only_blanks);
    EXPECT_EQ(fault_of_master_password(std::string(12, '\t')), MasterPasswordFault::only_blanks);
    std::string mixed;
    for (int i = 0; i < 5; ++i)
        mixed += no_break + wide + zero_width;
    EXPECT_EQ(fault_of_master_password(mixed), MasterPasswordFault::only_blanks);
    EXPECT_EQ(fault_of_master_password(std::string(20, ' ') + "x"), std::nullopt);
}

TEST(MasterPasswordRule, takes_only_what_can_be_typed_again_elsewhere) {
    EXPECT_EQ(fault_of_master_password("za\xBF\xF3\xB3\xE6 g\xEA\xB6l\xB1 ja\xBC\xF1"),
              MasterPasswordFault::not_utf8);
    EXPECT_EQ(fault_of_master_password(std::string(20, '\xFF')), MasterPasswordFault::not_utf8);
}

}  // namespace mail
