#include <gtest/gtest.h>

#include "mail/mime/inflate.h"
#include "mail/mime/pkcs7.h"
#include "mail/mime/tnef.h"
#include "tests/mail/mime/mail_text.h"

namespace mail::mime {
namespace {

using std::string_literals::operator""s;

// ---- winmail.dat

std::string little_endian(std::uint32_t value, std::size_t octets) {
    std::string raw;
    for (std::size_t i = 0; i < octets; ++i)
        raw += static_cast<char>(value >> (8 * i));
    return raw;
}

std::string attribute(std::uint32_t id, const std::string& data) {
    return "\2" + little_endian(id, 4) + little_endian(static_cast<std::uint32_t>(data.size()), 4) +
           data + "\0\0"s;
}

std::string variable_property(std::uint16_t id, std::uint16_t type, const std::string& value) {
    std::string padding((4 - value.size() % 4) % 4, '\0');
    return little_endian(type, 2) + little_endian(id, 2) + little_endian(1, 4) +
           little_endian(static_cast<std::uint32_t>(value.size()), 4) + value + padding;
}

std::string wide(std::string_view ascii) {
    std::string raw;
    for (const char octet : ascii)
        raw += {octet, '\0'};
    return raw + "\0\0"s;
}

std::string properties(std::initializer_list<std::string> all) {
    std::string raw = little_endian(static_cast<std::uint32_t>(all.size()), 4);
    for (const std::string& property : all)
        raw += property;
    return attribute(0x00069005, raw);
}

const std::string tnef_begin = little_endian(0x223E9F78, 4) + "\1\0"s;
const std::string next_file = attribute(0x00069002, std::string(14, '\0'));

std::string two_files() {
    return tnef_begin + attribute(0x00069007, little_endian(1250, 4) + "\0\0\0\0"s) + next_file +
           attribute(0x00018010, "ZA\xA3.PDF\0"s) + attribute(0x0006800F, "%PDF") + next_file +
           attribute(0x00018010, "LONGNA~1.XML\0"s) + attribute(0x0006800F, "<xml/>") +
           properties({little_endian(0x0003, 2) + little_endian(0x3705, 2) + little_endian(1, 4),
                       variable_property(0x3707, 0x001F, wide("Long name.xml")),
                       variable_property(0x370E, 0x001E, "application/xml\0"s),
                       variable_property(0x3712, 0x001E, "c1\0"s)});
}

TEST(Tnef, files_come_with_their_long_names_in_the_code_page_of_the_stream) {
    const std::string raw = two_files();
    const std::vector<TnefFile> files = read_tnef(raw);
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].name, "ZAŁ.PDF");
    EXPECT_EQ(raw.substr(files[0].begin, files[0].octets), "%PDF");
    EXPECT_EQ(files[1].name, "Long name.xml");
    EXPECT_EQ(files[1].type, "application/xml");
    EXPECT_EQ(files[1].content_id, "c1");
}

TEST(Tnef, any_cut_or_wrong_octet_leaves_ranges_inside_the_stream) {
    const std::string raw = two_files();
    EXPECT_TRUE(read_tnef("no TNEF at all").empty());
    for (std::size_t at = 0; at < raw.size(); ++at) {
        std::string wrong = raw;
        wrong[at] = '\xFF';
        for (const std::string& damaged : {raw.substr(0, at), wrong})
            for (const TnefFile& file : read_tnef(damaged))
                EXPECT_LE(file.begin + file.octets, damaged.size());
    }
}

std::string tnef_mail(const std::string& raw) {
    return "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\n"
           "Content-Type: application/ms-tnef; name=winmail.dat\n"
           "Content-Transfer-Encoding: base64\n\n" +
           base64_of(raw) + "\n--b--\n";
}

TEST(Tnef, its_files_stand_in_place_of_the_container) {
    const MailReading mail = reading_of(tnef_mail(two_files()));
    EXPECT_EQ(mail.parts, (Strings{" multipart/mixed", "1 text/plain [text]",
                                   "2 application/ms-tnef winmail.dat",
                                   "2/1 application/octet-stream ZAŁ.PDF [%PDF]",
                                   "2/2 application/xml Long name.xml [<xml/>]"}));
    EXPECT_EQ(mail.files, (Strings{"ZAŁ.PDF [%PDF]", "Long name.xml [<xml/>]"}));
    EXPECT_EQ(mail.structure.parts[3].repaired, std::vector<Repair>{Repair::tnef});
}

TEST(Tnef, messages_in_it_are_opened_as_well_and_ole_objects_are_no_files) {
    const auto object = [](std::uint32_t method, const std::string& value) {
        return next_file + properties({little_endian(0x0003, 2) + little_endian(0x3705, 2) +
                                           little_endian(method, 4),
                                       variable_property(0x3701, 0x000D, value)});
    };
    const std::string class_id(16, 'i');
    EXPECT_EQ(
        reading_of(tnef_mail(tnef_begin + object(5, class_id + two_files()) +
                             object(6, class_id + "drawing")))
            .parts,
        (Strings{" multipart/mixed", "1 text/plain [text]", "2 application/ms-tnef winmail.dat",
                 "2/1 application/ms-tnef", "2/1/1 application/octet-stream ZAŁ.PDF [%PDF]",
                 "2/1/2 application/xml Long name.xml [<xml/>]"}));
}

TEST(Tnef, a_container_of_that_type_with_something_else_in_it_is_the_attachment) {
    EXPECT_EQ(reading_of(tnef_mail("something")).files, Strings{"winmail.dat [something]"});
}

// ---- opaque S/MIME

std::string element(std::string_view tag, const std::string& content) {
    std::string raw(tag);
    if (content.size() < 128)
        raw += static_cast<char>(content.size());
    else
        raw += "\x82"s + static_cast<char>(content.size() >> 8) + static_cast<char>(content.size());
    return raw + content;
}

std::string endless(std::string_view tag, const std::string& content) {
    return std::string(tag) + "\x80" + content + "\0\0"s;
}

const std::string oid_data = element("\x06", "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01");
const std::string oid_signed = element("\x06", "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02");
const std::string oid_enveloped = element("\x06", "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03");
const std::string oid_compressed = element("\x06", "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x09");
const std::string version = element("\x02", "\x01");
const std::string mail_text = "Content-Type: image/png\n\nPNG";

std::string signed_data(const std::string& octets, const std::string& kind = oid_signed) {
    const std::string content = element("\x30", oid_data + element("\xA0", octets));
    const std::string algorithms = element(kind == oid_compressed ? "\x30" : "\x31", "");
    return element("\x30", kind + element("\xA0", element("\x30", version + algorithms + content)));
}

std::string p7m_mail(const std::string& raw) {
    return "Content-Type: application/pkcs7-mime; name=smime.p7m\n"
           "Content-Transfer-Encoding: base64\n\n" +
           base64_of(raw);
}

TEST(Pkcs7, the_content_is_read_in_one_piece_and_in_many) {
    const std::string whole = element("\x04", "abc");
    const std::string pieces = endless("\x24", element("\x04", "ab") + element("\x04", "c"));
    const std::string nested = endless("\x24", element("\x24", element("\x04", "ab")) +
                                                   endless("\x24", element("\x04", "c")));
    for (const std::string& octets : {whole, pieces, nested})
        EXPECT_EQ(pkcs7_content(signed_data(octets), 100), "abc");
    const std::string all_endless = endless(
        "\x30",
        oid_signed +
            endless("\xA0",
                    endless("\x30", version + endless("\x31", endless("\x30", "")) +
                                        endless("\x30", oid_data + endless("\xA0", pieces)))));
    EXPECT_EQ(pkcs7_content(all_endless, 100), "abc");
    EXPECT_TRUE(may_be_pkcs7_content(all_endless.substr(0, 20)));
}

TEST(Pkcs7, what_has_no_content_or_too_much_gives_none) {
    EXPECT_FALSE(pkcs7_content(signed_data(element("\x04", "abc")), 2));
    EXPECT_FALSE(pkcs7_content(signed_data(element("\x04", "abc"), oid_enveloped), 100));
    EXPECT_FALSE(pkcs7_content(element("\x30", oid_signed), 100));
    EXPECT_FALSE(pkcs7_content("", 100));
    const std::string raw = signed_data(endless("\x24", element("\x04", "abc")));
    for (std::size_t at = 0; at < raw.size(); ++at) {
        std::string wrong = raw;
        wrong[at] = '\xFF';
        for (const std::string& damaged : {raw.substr(0, at), wrong})
            EXPECT_LE(pkcs7_content(damaged, 100).value_or("").size(), 100U);
    }
}

TEST(Pkcs7, a_signed_mail_is_opened_however_often_it_is_wrapped) {
    const std::string once = p7m_mail(signed_data(element("\x04", mail_text)));
    const MailReading mail = reading_of(once);
    EXPECT_EQ(mail.parts, (Strings{"1 application/pkcs7-mime smime.p7m", "1/1 image/png [PNG]"}));
    EXPECT_EQ(mail.files, Strings{" [PNG]"});
    EXPECT_EQ(mail.structure.parts[1].repaired, std::vector<Repair>{Repair::signed_envelope});
    EXPECT_EQ(reading_of(p7m_mail(signed_data(element("\x04", once)))).files, Strings{" [PNG]"});
}

TEST(Pkcs7, what_holds_no_mail_stays_the_attachment) {
    for (const std::string& raw :
         {signed_data(element("\x04", "<Faktura/>")),
          signed_data(element("\x04", mail_text), oid_enveloped), "garbage"s})
        EXPECT_EQ(reading_of(p7m_mail(raw)).files, Strings{"smime.p7m [" + raw + "]"});
}

// ---- zlib

const std::string fixed_block =
    "\170\001\163\316\317\053\111\315\053\321\015\251\054\110\265\122\310\314\115\114\117"
    "\325\057\310\113\347\342\012\360\163\007\000\223\072\011\165"s;
const std::string stored_block =
    "\170\001\001\034\000\343\377\103\157\156\164\145\156\164\055\124\171\160\145\072\040"
    "\151\155\141\147\145\057\160\156\147\012\012\120\116\107\223\072\011\165"s;

TEST(Inflate, stored_and_fixed_blocks) {
    EXPECT_EQ(inflate_zlib(fixed_block, 100), mail_text);
    EXPECT_EQ(inflate_zlib(stored_block, 100), mail_text);
    EXPECT_EQ(reading_of(p7m_mail(signed_data(element("\x04", fixed_block), oid_compressed))).files,
              Strings{" [PNG]"});
}

TEST(Inflate, a_block_with_a_code_of_its_own) {
    std::string expected;
    for (int i = 0; i < 60; ++i) {
        const std::string cents = std::to_string(i % 100);
        expected += "Pozycja " + std::to_string(i) + ": faktura VAT za usluge nr " +
                    std::to_string(i * 7) + ", kwota " + std::to_string(i * i * 13) + "," +
                    (cents.size() < 2 ? "0" : "") + cents + " zl\n";
    }
    const std::string raw =
        "\170\332\175\326\113\156\024\061\020\006\340\075\247\350\003\170\121\117\077\330\161"
        "\203\054\020\373\021\002\044\022\021\051\144\024\221\323\123\215\150\333\265\371\227"
        "\043\315\057\267\355\317\125\365\360\374\376\347\353\317\333\101\037\217\357\267\307"
        "\327\373\313\355\370\362\351\363\361\176\073\356\277\237\356\077\276\035\277\136\016"
        "\052\307\343\333\363\153\374\251\020\035\357\117\037\036\376\207\030\204\332\025\142"
        "\055\304\173\112\100\212\355\212\271\024\222\075\246\040\046\074\127\343\126\110\367"
        "\234\241\134\277\162\102\275\220\355\071\007\071\365\053\247\342\205\174\317\125\220"
        "\063\271\162\126\143\275\272\347\032\312\215\053\127\065\366\327\366\134\007\071\257"
        "\127\256\153\234\147\337\163\003\344\252\316\363\044\217\373\033\351\326\221\225\106"
        "\353\336\211\012\147\057\020\314\022\343\115\013\047\063\214\320\364\211\206\173\223"
        "\302\211\015\043\067\143\272\021\036\255\160\202\303\110\316\130\162\334\172\341\104"
        "\207\221\235\070\321\031\035\241\207\223\036\106\174\230\247\037\325\260\313\011\020"
        "\067\030\235\204\264\171\154\065\031\142\204\210\145\052\062\211\057\340\304\210\221"
        "\043\126\135\340\107\134\152\202\044\004\053\001\255\122\020\222\044\111\022\206\321"
        "\111\051\044\151\221\134\176\140\375\361\151\251\306\355\024\111\226\004\131\342\072"
        "\061\325\036\230\045\141\022\203\321\251\251\131\357\105\222\046\201\232\332\324\324"
        "\071\064\111\322\044\120\123\237\232\172\073\127\115\232\004\152\352\123\323\260\163"
        "\257\111\223\100\115\243\256\332\302\347\021\047\116\202\070\011\155\165\151\234\067"
        "\233\074\051\301\026\101\133\217\010\120\232\100\051\303\354\252\115\142\341\130\223"
        "\050\105\242\104\126\165\122\215\347\243\271\253\301\266\246\253\257\131\124\305\242"
        "\311\224\302\326\246\175\325\123\212\142\241\011\225\042\124\142\276\262\147\215\322"
        "\244\112\221\052\361\251\052\130\107\151\324\304\112\033\314\116\126\334\132\024\144"
        "\115\256\024\271\222\132\267\056\020\155\100\223\053\205\256\332\162\065\132\374\320"
        "\344\312\240\253\116\333\014\021\256\054\271\062\350\252\267\325\177\172\064\132\113"
        "\256\014\272\032\323\225\310\210\356\156\311\225\041\127\112\253\357\031\305\104\141"
        "\171\142\062\230\335\072\337\131\270\054\271\062\070\066\361\152\175\365\234\234\054"
        "\271\062\344\112\145\272\222\346\361\021\226\134\131\203\331\351\052\216\074\036\263"
        "\045\127\206\134\251\326\325\256\107\340\266\344\312\220\053\265\351\052\136\176\014"
        "\302\226\134\071\301\021\223\266\031\063\134\171\162\345\014\263\155\315\011\075\326"
        "\365\344\312\221\053\255\323\225\072\307\176\075\271\162\350\252\115\127\132\075\316"
        "\331\223\053\207\256\132\137\003\312\210\373\365\074\215\103\127\175\315\343\343\164"
        "\345\311\225\103\127\143\315\344\324\302\263\047\127\016\135\215\261\046\043\211\167"
        "\344\311\225\043\127\106\153\252\322\026\357\327\223\053\107\256\214\327\130\345\022"
        "\165\303\377\271\372\013\071\157\100\314"s;
    EXPECT_EQ(inflate_zlib(raw, 10'000), expected);
    EXPECT_FALSE(inflate_zlib(raw, 1000));
}

TEST(Inflate, damage_gives_nothing_and_never_more_than_the_limit) {
    for (const std::string& raw : {fixed_block, stored_block}) {
        for (std::size_t at = 0; at < raw.size(); ++at) {
            for (const char octet : {'\0', '\xFF', '\x55'}) {
                std::string wrong = raw;
                wrong[at] = octet;
                EXPECT_LE(inflate_zlib(wrong, 500).value_or("").size(), 500U);
            }
            if (at + 4 < raw.size()) {
                EXPECT_FALSE(inflate_zlib(raw.substr(0, at), 500));
            }
        }
    }
}

}  // namespace
}  // namespace mail::mime
