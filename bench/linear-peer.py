"""The peer of bench/linear.ts: scikit-learn's LogisticRegression (lbfgs) and Ridge, kept alive and driven by lines of JSON on stdin."""
import json, sys, time, warnings
import numpy as np
import scipy.sparse as sp
import sklearn
from sklearn.linear_model import LogisticRegression, Ridge

warnings.filterwarnings('ignore')


def say(**reply):
    print(json.dumps(reply), flush=True)


def load(part):
    """float64, as pandas hands it over; sparse columns as CSR, which scikit-learn prefers."""
    if 'starts' in part:
        read = lambda name, kind: np.fromfile(part[name], kind)
        return sp.csc_matrix((read('values', np.float32).astype(float), read('rows', np.int32), read('starts', np.int32)), shape=(part['count'], part['columns'])).tocsr()
    return np.ascontiguousarray(np.fromfile(part['values'], np.float32).reshape(part['columns'], part['count']).T).astype(float)


state = {}
say(version=sklearn.__version__)
for line in sys.stdin:
    ask = json.loads(line)
    if ask['do'] == 'load':
        state = dict(X=load(ask['train']), T=load(ask['test']), kind=ask['kind'],
                     y=np.fromfile(ask['labels'], np.float64 if ask['kind'] == 'ridge' else np.int32))
        say(ok=True)
    elif ask['do'] == 'fit':
        model = Ridge(alpha=ask['penalty']) if state['kind'] == 'ridge' else LogisticRegression(C=1 / ask['penalty'], max_iter=1000)
        start = time.perf_counter()
        state['model'] = model.fit(state['X'], state['y'])
        say(seconds=time.perf_counter() - start)
    elif ask['do'] == 'predict':
        m = state['model']
        p = m.predict(state['T']) if state['kind'] == 'ridge' else m.predict_proba(state['T'])
        np.ascontiguousarray(p, np.float64).tofile(ask['output'])
        say(ok=True)
