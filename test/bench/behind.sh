#!/bin/sh
# PROGRAM behind everything else on this machine, in a session of its own. It would have a machine of
# its own: here it must not take the one's away who is measured.
# Where Linux groups processes by session, one's niceness counts in the group, and the group's outside.
if [ -w /proc/self/autogroup ]; then echo 15 > /proc/self/autogroup; fi
exec nice -n 15 "$PROGRAM" "$@"
