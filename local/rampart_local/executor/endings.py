"""How AWS words that a function's process ended, or answered too much."""

import signal

from rampart_local.executor.functions import Outcome, failure

MOST_ANSWERED_BYTES = 6_291_556
"""Longest answer of a synchronous invocation, 6 MB and 100 bytes.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html; the exact number is that of
AWS's Lambda runtime interface emulator.
"""

# As Go's `syscall.Signal` names them: the emulator, and Lambda, are written in it.
_SIGNALS = {
    signal.SIGABRT: "aborted",
    signal.SIGALRM: "alarm clock",
    signal.SIGBUS: "bus error",
    signal.SIGFPE: "floating point exception",
    signal.SIGHUP: "hangup",
    signal.SIGILL: "illegal instruction",
    signal.SIGINT: "interrupt",
    signal.SIGKILL: "killed",
    signal.SIGPIPE: "broken pipe",
    signal.SIGQUIT: "quit",
    signal.SIGSEGV: "segmentation fault",
    signal.SIGTERM: "terminated",
    signal.SIGTRAP: "trace/breakpoint trap",
    signal.SIGUSR1: "user defined signal 1",
    signal.SIGUSR2: "user defined signal 2",
}


def ended(status: int, invocation_id: str, log: str) -> Outcome:
    """Say that the process ended before it answered.

    Args:
        status: of the process; a signal's number, negative, if one ended it.
        invocation_id: whose answer did not come.
        log: what it printed.
    """
    if status == 0:
        reason = "Runtime exited without providing a reason"
    elif status > 0:
        reason = f"Runtime exited with error: exit status {status}"
    else:
        name = _SIGNALS.get(signal.Signals(-status), f"signal {-status}")
        reason = f"Runtime exited with error: signal: {name}"
    return failure("Runtime.ExitError", f"RequestId: {invocation_id} Error: {reason}", log)


def too_large(size: int, log: str) -> Outcome:
    """Say that an answer is larger than Lambda hands on."""
    message = (
        f"Response payload size ({size} bytes) exceeded maximum allowed payload size "
        f"({MOST_ANSWERED_BYTES} bytes)."
    )
    return failure("Function.ResponseSizeTooLarge", message, log)
