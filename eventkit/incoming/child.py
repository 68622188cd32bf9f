"""The child process that reads one file: it limits itself first, and imports what can be attacked afterwards.

Started by `confined`, as `python -m eventkit.incoming.child LANGUAGE MODULE:FUNCTION PATH`; answers one line of JSON.
"""

import contextlib
import importlib
import os
import sys
from operator import attrgetter
from pathlib import Path

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 9


def main(language: str, function: str, path: str) -> None:
    """Prints what the function found in the file, or the sentence that it refused it with."""
    _limit()
    from eventkit.errors import EventkitError  # noqa: PLC0415 -- after the limits
    from eventkit.incoming import wire  # noqa: PLC0415
    from eventkit.web.language import speaking  # noqa: PLC0415

    module, _separator, name = function.partition(":")
    try:
        with speaking(language):
            found = attrgetter(name)(importlib.import_module(module))(Path(path))
        answer = wire.dump({"found": found})
    except EventkitError as refusal:
        answer = wire.dump({"refused": refusal.sentence})
    sys.stdout.write(answer)


def _limit() -> None:
    """Memory, processor time, no files written; only POSIX has such limits, the parent's clock works everywhere."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 -- POSIX alone has it

        for limit, most in (
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_AS, MEMORY),
        ):
            resource.setrlimit(limit, (most, most))
        # Votes come first: whoever reads a file waits.
        os.nice(5)


if __name__ == "__main__":
    main(*sys.argv[1:])
