#pragma once
// Plays a fixed script to a client: the tests' dishonest server.

#include <memory>
#include <vector>

#include "mail/demo/server.h"
#include "mail/demo/traffic.h"
#include "mail/net/stream.h"

namespace mail::demo {

/// Until the script closes, or the client has gone after its last step, or `stop`.
void play(const std::vector<Step>& script, std::unique_ptr<net::Stream> stream,
          const StopToken& stop, Traffic& traffic);

}  // namespace mail::demo
