"""Writes cases.json: what scikit-learn (1.2.1 when this was last run) makes of small seeded data.

    cd test/golden/estimators && python3 generate.py
"""
import json
import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge
from sklearn.naive_bayes import CategoricalNB, ComplementNB, GaussianNB, MultinomialNB

rng = np.random.default_rng(7)
n, p = 120, 6
X = rng.normal(size=(n, p)).astype(np.float32).astype(float)
X[:, 5] = (X[:, 0] * .9 + .3 * X[:, 5]).astype(np.float32)  # two columns that say nearly the same
signal = 1.5 * X[:, 0] - X[:, 1] + .5 * X[:, 2]
y = signal + rng.normal(size=n)
y = (y - y.mean()) / y.std()
two = (signal + rng.normal(size=n) > .6).astype(int)
three = np.digitize(signal + rng.normal(size=n), [-1, 1])
S = (rng.random((n, 9)) * (rng.random((n, 9)) < .25)).astype(np.float32).astype(float)
S[:, 0] += (.7 * two * (rng.random(n) < .6)).astype(np.float32)
S = S.astype(np.float32).astype(float)
C = np.stack([rng.integers(0, 3, n), (two + rng.integers(0, 3, n)) % 4], axis=1)
C[:3, 0], C[:4, 1] = [0, 1, 2], [0, 1, 2, 3]


def lists(a):
    return np.asarray(a).tolist()


def least(scores, t):
    """Least log loss over the intercepts: saga stops before they have settled where no coefficient moves any more."""
    def loss(b):
        f = scores + b
        return (np.log(np.exp(f).sum(1)) - f[np.arange(n), t]).sum()
    return minimize(loss, np.zeros(scores.shape[1]), method='BFGS', options=dict(gtol=1e-9)).fun


def elastic():
    cases = []
    for lam in (1., 10., 40.):
        for ratio in (.3, 1.):
            m = ElasticNet(alpha=lam / n, l1_ratio=ratio, tol=1e-14, max_iter=1000000).fit(X, y)
            r = y - m.predict(X)
            o = .5 * (r @ r) + lam * (ratio * abs(m.coef_).sum() + (1 - ratio) / 2 * (m.coef_ ** 2).sum())
            cases.append(dict(target='numbers', penalty=lam, l1Ratio=ratio, coefficients=[lists(m.coef_)], objective=o))
            for name, t in (('two', two), ('three', three)):
                m = LogisticRegression(C=1 / lam, penalty='elasticnet', l1_ratio=ratio, solver='saga', tol=1e-13, max_iter=1000000, multi_class='multinomial' if name == 'three' else 'auto').fit(X, t)
                f = X @ m.coef_.T
                o = least(f if f.shape[1] > 1 else np.hstack([0 * f, f]), t) + lam * (ratio * abs(m.coef_).sum() + (1 - ratio) / 2 * (m.coef_ ** 2).sum())
                cases.append(dict(target=name, penalty=lam, l1Ratio=ratio, coefficients=lists(m.coef_), objective=o))
    return cases


def ridge():
    cases = []
    for weight in (None, 'balanced'):
        for name, t in (('two', two), ('three', three)):
            m = LogisticRegression(C=.5, class_weight=weight, tol=1e-12, max_iter=100000).fit(X, t)
            cases.append(dict(target=name, columns='X', penalty=2, classWeight=weight or 'none', coefficients=lists(m.coef_)))
    m = LogisticRegression(C=2, tol=1e-12, max_iter=100000).fit(S, two)
    cases.append(dict(target='two', columns='S', penalty=.5, classWeight='none', coefficients=lists(m.coef_)))
    m = Ridge(alpha=3).fit(S, y)
    cases.append(dict(target='numbers', columns='S', penalty=3, classWeight='none', coefficients=[lists(m.coef_)]))
    return cases


def bayes():
    return [
        dict(columns='X', target='three', params=dict(alpha=1), probabilities=lists(GaussianNB().fit(X, three).predict_proba(X)[:20])),
        dict(columns='C', target='two', params=dict(alpha=.7), probabilities=lists(CategoricalNB(alpha=.7).fit(C, two).predict_proba(C)[:20])),
        dict(columns='S', target='three', params=dict(alpha=.3), probabilities=lists(MultinomialNB(alpha=.3).fit(S, three).predict_proba(S)[:20])),
        dict(columns='S', target='three', params=dict(alpha=.3, text='complement'), probabilities=lists(ComplementNB(alpha=.3).fit(S, three).predict_proba(S)[:20])),
        dict(columns='S', target='three', params=dict(alpha=.3, text='complement', normalise=True),
             probabilities=lists(ComplementNB(alpha=.3, norm=True).fit(S, three).predict_proba(S)[:20])),
    ]


json.dump(dict(X=lists(X.T), S=lists(S.T), C=lists(C.T), numbers=lists(y), two=lists(two), three=lists(three), elastic=elastic(), ridge=ridge(), bayes=bayes()),
          open('cases.json', 'w'))
