"""What is known of the machine and of this process on it."""

import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path


def name():
    """The processor as its maker calls it, with its family and the instructions that matter here, and how many cores."""
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return f"{platform.machine()} ({platform.processor()}), {os.cpu_count()} cores"
    fields = dict(re.findall(r"^(.+?)\s*:\s*(.*)$", text, re.MULTILINE))
    flags = set(fields.get("flags", "").split())
    known = [flag for flag in ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "avx_vnni", "amx_int8") if flag in flags]
    kind = f"family {fields.get('cpu family')} model {fields.get('model')}"
    return f"{fields.get('model name', platform.machine())} ({kind}; {' '.join(known)}), {os.cpu_count()} cores"


def peak_bytes(process="self"):
    """The most memory that was resident at a time in a process so far; 0 when it has ended."""
    return memory("VmHWM", process)


def memory(field, process="self"):
    """Bytes of one of the kernel's counts: VmRSS (resident), RssAnon (of it, not backed by files), VmHWM (the most that was resident)."""
    try:
        found = re.search(rf"^{field}:\s*(\d+)", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
        return int(found[1]) * 1024 if found else 0
    except OSError:
        return 0


class OtherLoad:
    """How many cores other processes kept busy since this was made: figures of a busy machine are worth little."""

    def __init__(self):
        self.start = (time.perf_counter(), *self.busy())

    @staticmethod
    def busy():
        """Seconds that all cores were busy, and that this process was."""
        try:
            user, nice, system, _, _, interrupts, soft = map(int, Path("/proc/stat").read_text().split(maxsplit=8)[1:8])
        except OSError:
            return 0, 0
        return (user + nice + system + interrupts + soft) / os.sysconf("SC_CLK_TCK"), time.process_time()

    def cores(self):
        began, all_before, own_before = self.start
        all_now, own_now = self.busy()
        return round(max(0, all_now - all_before - (own_now - own_before)) / (time.perf_counter() - began), 2)


def peak_bytes_of(command, source, variables):
    """The same of a command that reads a file, looked at every few milliseconds until it ends."""
    peak = 0
    with subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL, env=variables) as child:
        while child.poll() is None:
            peak = max(peak, peak_bytes(child.pid))
            time.sleep(0.005)
    if child.returncode:
        sys.exit(f"{command} ended with {child.returncode}")
    return peak


def environment(threads=None, kernels=None):
    """Variables for a process that is to compute with so many threads, without those that would make a library slower.

    `kernels` names the table of processor kernels Akin is to use; None leaves it the best.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENBLAS_", "OMP_", "MKL_", "AKIN_KERNELS"))}
    if kernels:
        kept["AKIN_KERNELS"] = kernels
    threads = threads or os.cpu_count()
    return kept | {
        "OMP_NUM_THREADS": str(threads),
        "RAYON_NUM_THREADS": str(threads),
        "TOKENIZERS_PARALLELISM": "true",
        "HF_HUB_OFFLINE": "1",
    }
