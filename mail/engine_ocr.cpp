// OCR points: each has a worker of its own while its queue runs.

#include "mail/engine_state.h"

namespace mail {

OcrWork& Engine::State::ocr_work(const std::string& point) {
    const std::scoped_lock lock(mutex);
    auto& work = ocr_works[point];
    if (!work) {
        const std::string own =
            setup.own_folder.empty() ? setup.workspace.folder() : setup.own_folder;
        work = std::make_unique<OcrWork>(OcrDesk::Setup{
            board, setup.workspace.disk(), *ledger, point, absolute_path(join_path(own, "ocr")),
            setup.operator_name, setup.folder_answers_in, [this] {
                // As long as nobody can tell for how long, it is kept.
                const auto retention = definitions.retention();
                return retention ? std::chrono::days(retention->log_days)
                                 : std::chrono::days(point::Retention::most_log_days);
            }});
    }
    return *work;
}

Result<OcrDesk::Place> Engine::State::ocr_place(const std::string& point) const {
    const auto view = board.point(point);
    if (!view)
        return fail(Cause::point_not_found, Layer::workspace, Reach::point, {{"name", point}});
    const point::Point& definition = *view->definition;
    if (definition.type != point::Type::ocr)
        return fail(Cause::not_an_ocr_point, Layer::workspace, Reach::point,
                    {{"name", definition.name}});
    return OcrDesk::Place{given_folder_or(point, absolute_in_workspace(definition.general.folder)),
                          definition.ocr};
}

Result<void> Engine::State::run(const RunOcr& command, JobId /*job*/, const StopToken& stop) {
    const auto place = ocr_place(command.point);
    if (!place)
        return tl::unexpected(place.error());
    const std::string& program = place->ocr.command;
    if (!program.empty() && !allowed_commands.has(command.point, program))
        return fail(Cause::command_not_allowed, Layer::point, Reach::point,
                    {{"name", name_of_point(command.point)}, {"command", program}});
    return ocr_work(command.point).work.run(*place, command, stop);
}

Result<void> Engine::State::run(const WatchOcr& command, JobId /*job*/, const StopToken& stop) {
    return ocr_place(command.point).and_then([&](const OcrDesk::Place& place) {
        return ocr_work(command.point).work.watch(place, stop);
    });
}

Result<void> Engine::State::run(const LookAtOcr& command, JobId /*job*/,
                                const StopToken& /*stop*/) {
    return ocr_place(command.point).and_then([&](const OcrDesk::Place& place) {
        return ocr_work(command.point).work.look(place);
    });
}

Result<void> Engine::State::run(const AllowOcrCommand& command, JobId /*job*/,
                                const StopToken& /*stop*/) {
    const auto place = ocr_place(command.point);
    if (!place)
        return tl::unexpected(place.error());
    if (place->ocr.command != command.command)
        return fail(Cause::point_changed, Layer::workspace, Reach::point,
                    {{"name", name_of_point(command.point)}});
    return allowed_commands.add(command.point, command.command);
}

Result<void> Engine::State::run(const RetryOcr& command, JobId /*job*/, const StopToken& /*stop*/) {
    return ocr_place(command.point).and_then([&](const OcrDesk::Place& place) {
        return ocr_work(command.point).work.retry(place, command.files);
    });
}

Result<void> Engine::State::run(const StopOcrFile& command, JobId /*job*/,
                                const StopToken& /*stop*/) {
    return ocr_place(command.point).map([&](const OcrDesk::Place&) {
        ocr_work(command.point).work.stop(command.file);
    });
}

}  // namespace mail
