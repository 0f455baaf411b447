"""Asks akin-reader for a file, as Akin does."""

import json
import os
import struct
import subprocess
import tempfile

LIMITS = dict(
    processorSeconds=60, seconds=120, memory=3 << 30, output=512 << 20, depth=4, files=100_000, unpacked=4 << 30, ratio=200
)


class Reader:
    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [os.path.abspath(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=self.folder.name
        )

    def records(self, path):
        request = json.dumps(dict(path=str(path), id=path.name, source=str(path), converters={}, limits=LIMITS)).encode()
        self.process.stdin.write(struct.pack("<I", len(request)) + request)
        self.process.stdin.flush()
        records = []
        while True:
            (count,) = struct.unpack("<I", self.process.stdout.read(4))
            reply = json.loads(self.process.stdout.read(count))
            if "record" in reply:
                records.append(reply["record"]["_0"])
            elif "end" in reply:
                return records
            elif "refused" in reply or "missing" in reply:
                raise RuntimeError(f"{path}: {reply}")

    def close(self):
        self.process.stdin.close()
        self.process.wait()
