"""The peer of bench/boosting.ts: scikit-learn's HistGradientBoostingClassifier, kept alive and driven by lines of JSON on stdin."""
import json, sys, time
import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier


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
        state['model'] = HistGradientBoostingClassifier(max_iter=ask['trees'], max_leaf_nodes=31, learning_rate=.1, max_bins=255,
                                                        early_stopping=False).fit(state['X'], state['y'])
        say(seconds=time.perf_counter() - start)
    elif ask['do'] == 'predict':
        start = time.perf_counter()
        p = state['model'].predict_proba(state['T'])[:, 1]
        seconds = time.perf_counter() - start
        p.astype(np.float64).tofile(ask['output'])
        say(seconds=seconds)
