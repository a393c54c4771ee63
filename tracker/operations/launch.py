"""Run a module as a child that never outlives its supervisor.

`python -m tracker.operations.launch FD MODULE ARGUMENT…`: FD is the reading end of a pipe whose
other end only the supervisor holds. However the supervisor ends, even by kill -9, the pipe
closes, and this whole process group goes: first asked, then made to.
"""

import os
import runpy
import signal
import sys
import threading
import time

PATIENCE = 10  # seconds between asking and making


def follow_to_the_end(pipe: int) -> None:
    """Wait until nobody holds the other end; then end this process group."""
    os.read(pipe, 1)
    os.killpg(os.getpgrp(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    pipe, module, *arguments = sys.argv[1:]
    threading.Thread(target=follow_to_the_end, args=[int(pipe)], daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
