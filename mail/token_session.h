#pragma once
// A mailbox opened with an access token that is kept and renewed (oauth/keeper.h).

#include <memory>

#include "mail/imap/session.h"
#include "mail/oauth/keeper.h"
#include "mail/point/point.h"

namespace mail {

/// The token is for the one who signed in; the mailbox that it opens may be a shared one, whose
/// name stands in the place of the login then.
[[nodiscard]] imap::Credentials token_credentials(const point::Connection& connection,
                                                  Secret token);

/// A token that the mailbox refuses is renewed once, whatever its age, and tried again. Errors:
/// those of Keeper::access_token and of imap::Session::open.
[[nodiscard]] Result<std::unique_ptr<imap::Session>>
open_with_token(oauth::Keeper& keeper, const point::Connection& connection,
                const imap::TranscriptObserver& transcript, const Wait& wait);

/// With the fact "fresh" where the mailbox refused a token that has just come: signing in anew
/// would bring the same.
[[nodiscard]] Error of_fresh_token(Error error);

}  // namespace mail
