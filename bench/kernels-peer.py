"""The peer of bench/kernels.ts: torch.mm, or numpy's product where torch is not installed, kept alive and driven by lines of JSON on stdin."""
import json, os, sys, time

# An OpenBLAS older than the processor takes it for one without FMA: name the widest kernels that it can run.
if 'OPENBLAS_CORETYPE' not in os.environ and os.path.exists('/proc/cpuinfo'):
    flags = open('/proc/cpuinfo').read().split()
    core = 'SkylakeX' if 'avx512f' in flags else 'Haswell' if 'avx2' in flags else None
    if core:
        os.environ['OPENBLAS_CORETYPE'] = core
import numpy as np

try:
    import torch
    torch.set_num_threads(int(os.environ['OMP_NUM_THREADS']))
except ImportError:
    torch = None


def say(**reply):
    print(json.dumps(reply), flush=True)


def draw(rows, columns, transposed):
    values = np.random.default_rng(1).standard_normal((columns, rows) if transposed else (rows, columns), np.float32)
    values = torch.from_numpy(values) if torch else values
    return values.T if transposed else values


core = os.environ.get('OPENBLAS_CORETYPE')
say(name=f'torch {torch.__version__}' if torch else f'numpy {np.__version__}' + (f' ({core} kernels if OpenBLAS)' if core else ''))
for line in sys.stdin:
    ask = json.loads(line)
    a, b = draw(ask['rows'], ask['depth'], ask['transposeA']), draw(ask['depth'], ask['columns'], ask['transposeB'])
    multiply = torch.mm if torch else np.dot
    multiply(a, b)
    start, processor = time.perf_counter(), time.process_time()
    for _ in range(ask['repeats']):
        multiply(a, b)
    say(seconds=time.perf_counter() - start, processor=time.process_time() - processor)
