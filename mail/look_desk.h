#pragma once
// Looks at the messages of one point, and messages saved as files: nothing of it takes a message or
// changes the mailbox. By a session of its own with the folder opened read-only, so that a taking
// under way is not disturbed; one for all looks, so that a point has four at most. Everything here
// runs on one thread.

#include <functional>
#include <string>

#include "mail/board.h"
#include "mail/point_desk.h"
#include "mail/point_session.h"
#include "mail/preview/preview.h"
#include "mail/work/peek.h"

namespace mail {

class LookDesk {
public:
    explicit LookDesk(PointDesk::Setup setup);

    [[nodiscard]] Result<preview::Preview> preview(JobId job, const Preview& command,
                                                   const StopToken& stop);
    [[nodiscard]] Result<void> save(JobId job, const SaveMessage& command, const StopToken& stop);

    /// For sign-ins from now on, instead of the stored one.
    void use_password(const Secret& password);
    void forget_typed_password() { session_.forget_typed_password(); }
    void sign_out() { session_.sign_out(); }

private:
    /// A message as it is listed, and its parts as they are known now.
    struct Listed {
        MessageRow row;
        Parts parts;
        std::uint32_t uid_validity = 0;
    };
    [[nodiscard]] Result<Listed> listed(std::uint32_t uid, std::uint32_t uid_validity) const;
    using Look = std::function<Result<void>(work::Peek&)>;
    /// With the folder opened; again where the connection was lost.
    [[nodiscard]] Result<void> peek(std::uint32_t uid_validity, const Wait& wait, const Look& look);
    [[nodiscard]] Result<void> look_once(const point::Point& point, std::uint32_t uid_validity,
                                         const Wait& wait, const Look& look);
    [[nodiscard]] Result<void> keep_sign_ins_apart(const Wait& wait);

    Board& board_;
    Disk& disk_;
    const std::string point_;
    PointSession session_;
    Clock::time_point next_sign_in_{};
};

}  // namespace mail
