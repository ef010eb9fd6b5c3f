"""The peer of bench/ingest.ts: pandas reads a CSV and describes all its columns, kept alive and driven by lines of JSON on stdin."""
import json, sys, time
import pandas as pd

print(json.dumps({'version': pd.__version__}), flush=True)
for line in sys.stdin:
    ask = json.loads(line)
    start, used = time.perf_counter(), time.process_time()
    frame = pd.read_csv(ask['file'])
    read = time.perf_counter() - start
    described = frame.describe(include='all')
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    facts = {name: {key: float(described.at[key, name]) for key in ('count', 'mean', 'std', 'min', '25%', '50%', '75%', 'max')} for name in frame.select_dtypes('number').columns}
    print(json.dumps({'seconds': seconds, 'read': read, 'cpu': cpu, 'rows': len(frame), 'columns': described.shape[1], 'facts': facts}), flush=True)
    del frame, described
