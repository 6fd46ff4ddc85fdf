#include "tests/gui/ocr_samples.h"

#include "tests/gui/samples.h"

namespace gui::test {

using mail::store::OcrJob;

namespace {

constexpr const char* folder = "/home/biuro/Faktury/OCR";

}  // namespace

mail::OcrView::File ocr_file(const std::string& name, OcrJob::State state, int minutes_ago) {
    OcrJob job;
    job.point = "ocr";
    job.folder = folder;
    job.file = name;
    job.size_octets = 184'320 + 7'000 * name.size();
    job.state = state;
    job.since = sample_now() - std::chrono::minutes(minutes_ago);
    job.when = job.since + std::chrono::seconds(20);
    if (state == OcrJob::State::done)
        job.result = std::string(folder) + "/done/" + name.substr(0, name.rfind('.')) + ".pdf";
    return {std::move(job), false};
}

mail::Snapshot ocr_snapshot_with(const mail::OcrView& queue) {
    mail::Snapshot snapshot = office_snapshot();
    auto point = sample_point("ocr", "Faktury – OCR", mail::PointHealth::never);
    auto definition = std::make_shared<mail::point::Point>(*point->definition);
    definition->type = mail::point::Type::ocr;
    definition->general.folder = folder;
    definition->ocr.command = "ocrmypdf -l pol --skip-text {in} {out}";
    point->definition = std::move(definition);
    point->target_folder = point->defined_folder = folder;
    point->ocr = std::make_shared<const mail::OcrView>(queue);
    snapshot.points.push_back(std::move(point));
    return snapshot;
}

mail::Snapshot ocr_snapshot() {
    using State = OcrJob::State;
    mail::OcrView queue;
    queue.is_running = true;
    queue.files = {
        ocr_file("FV_2026_10_0998.pdf", State::done, 1500),
        ocr_file("Zażółć gęślą jaźń – skan umowy najmu lokalu.pdf", State::failed, 610),
        ocr_file("wyciąg_bankowy.xlsx", State::failed, 300),
        ocr_file("FV_2026_11_0398.pdf", State::queued, 95),
        ocr_file("FV_2026_11_0410.pdf", State::done, 40),
        ocr_file("FV_2026_11_0411.tif", State::running, 6),
        ocr_file("FV_2026_11_0412.pdf", State::running, 5),
        ocr_file("FV_2026_11_0413.pdf", State::queued, 4),
    };
    queue.files[1].job.reason = OcrJob::Reason::command_failed;
    queue.files[1].job.code = 8;
    queue.files[1].job.words = "InputFileError: the file is encrypted and needs a password";
    queue.files[2].job.reason = OcrJob::Reason::wrong_type;
    queue.files[3].lies_long = true;
    queue.files[6].job.host = "biuro-pc-2";
    return ocr_snapshot_with(queue);
}

mail::Snapshot ocr_not_allowed(mail::JobId first_job) {
    mail::OcrView queue;
    queue.files = {ocr_file("FV_2026_11_0412.pdf", OcrJob::State::queued, 5),
                   ocr_file("FV_2026_11_0413.pdf", OcrJob::State::queued, 4)};
    mail::Snapshot snapshot = ocr_snapshot_with(queue);
    auto job = std::make_shared<mail::JobView>();
    job->id = first_job;
    job->kind = mail::JobView::Kind::ocr;
    job->point = "ocr";
    job->state = mail::JobView::State::failed;
    job->error = mail::Error{
        mail::Cause::command_not_allowed,
        mail::Layer::point,
        mail::Reach::point,
        {{"name", "Faktury – OCR"}, {"command", snapshot.points.back()->definition->ocr.command}}};
    snapshot.jobs = {job};
    return snapshot;
}

mail::Snapshot ocr_handed_over() {
    using State = OcrJob::State;
    mail::OcrView queue;
    const auto add = [&](const char* name, std::uint64_t size, State state) {
        queue.files.push_back(ocr_file(name, state, 50));
        queue.files.back().job.folder = "/home/biuro/Faktury/2026-11";
        queue.files.back().job.size_octets = size;
    };
    add("FV_2026_11_414.pdf", 94'208 / 2, State::failed);
    queue.files[0].job.reason = OcrJob::Reason::timed_out;
    add("FV_2026_11_418.pdf", 226'304 / 2, State::done);
    add("FV_2026_11_421.pdf", 1'992'294 / 2, State::queued);
    mail::Snapshot snapshot = ocr_snapshot_with(queue);
    auto costs = std::make_shared<mail::PointView>(*snapshot.points.front());
    auto definition = std::make_shared<mail::point::Point>(*costs->definition);
    definition->general.ocr_point = "ocr";
    costs->definition = std::move(definition);
    snapshot.points.front() = std::move(costs);
    auto ocr = std::make_shared<mail::PointView>(*snapshot.points.back());
    auto limits = std::make_shared<mail::point::Point>(*ocr->definition);
    limits->ocr.types = {"tif", "png"};
    ocr->definition = std::move(limits);
    snapshot.points.back() = std::move(ocr);
    return snapshot;
}

mail::Snapshot ocr_fault() {
    mail::Snapshot snapshot = ocr_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points.back());
    auto queue = std::make_shared<mail::OcrView>(*point->ocr);
    queue->fault = mail::Error{
        mail::Cause::folder_not_found, mail::Layer::target, mail::Reach::point, {{"path", folder}}};
    point->ocr = std::move(queue);
    snapshot.points.back() = std::move(point);
    return snapshot;
}

}  // namespace gui::test
