"""The peer of bench/forest.ts: scikit-learn's RandomForest and ExtraTrees, kept alive and driven by lines of JSON on stdin."""
import json, os, sys, time
import numpy as np
import sklearn
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier

KINDS = {'random-forest': RandomForestClassifier, 'extra-trees': ExtraTreesClassifier}


def say(**reply):
    print(json.dumps(reply), flush=True)


def load(path, rows, columns):
    return np.ascontiguousarray(np.fromfile(path, np.float32).reshape(columns, rows).T)


state = {}
say(version=sklearn.__version__)
for line in sys.stdin:
    ask = json.loads(line)
    if ask['do'] == 'load':
        state['X'] = load(ask['values'], ask['rows'], ask['columns'])
        state['y'] = np.fromfile(ask['labels'], np.int32)
        state['T'] = load(ask['testValues'], ask['testRows'], ask['columns'])
        say(ok=True)
    elif ask['do'] == 'fit':
        start = time.perf_counter()
        state['model'] = KINDS[ask['kind']](ask['trees'], min_samples_leaf=ask['leaf'], n_jobs=int(os.environ['OMP_NUM_THREADS']), random_state=0).fit(state['X'], state['y'])
        say(seconds=time.perf_counter() - start)
    elif ask['do'] == 'predict':
        start = time.perf_counter()
        p = state['model'].predict_proba(state['T'])[:, 1]
        seconds = time.perf_counter() - start
        p.astype(np.float64).tofile(ask['output'])
        say(seconds=seconds)
