"""The peer of bench/text.ts: scikit-learn's TfidfVectorizer and LogisticRegression, kept alive and driven by lines of JSON on stdin."""
import json, sys, time
import numpy as np
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression


def say(**reply):
    print(json.dumps(reply), flush=True)


state = {}
say(version=sklearn.__version__)
for line in sys.stdin:
    ask = json.loads(line)
    if ask['do'] == 'load':
        state = {part: json.load(open(ask[part])) for part in ('train', 'test')}
        state['y'] = np.fromfile(ask['labels'], np.int32)
        say(ok=True)
    elif ask['do'] == 'run':
        start = time.perf_counter()
        vectorizer = TfidfVectorizer(ngram_range=(1, 2))
        X = vectorizer.fit_transform(state['train'])
        middle = time.perf_counter()
        model = LogisticRegression(C=1 / ask['penalty'], max_iter=1000).fit(X, state['y'])
        p = model.predict_proba(vectorizer.transform(state['test']))[:, 1]
        seconds = time.perf_counter() - start
        p.astype(np.float64).tofile(ask['output'])
        say(seconds=seconds, vectorising=middle - start, columns=X.shape[1])
