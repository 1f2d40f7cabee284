#!/bin/sh
# A Chromium behind everything else on this machine. Each of its people would have a machine of their
# own: here they must not take the one's away who is measured. CHROMIUM says which.
# Where Linux groups processes by session, one's niceness counts in the group, and the group's outside.
if [ -w /proc/self/autogroup ]; then echo 15 > /proc/self/autogroup; fi
exec nice -n 15 "$CHROMIUM" "$@"
