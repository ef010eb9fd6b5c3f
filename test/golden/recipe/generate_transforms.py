#!/usr/bin/env python3
"""Writes transforms.json: made-up columns, and what scikit-learn (1.2.1 when this was last run) makes of them.

    python3 test/golden/recipe/generate_transforms.py > test/golden/recipe/transforms.json
"""
import json
import warnings

import numpy as np
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.feature_selection import chi2, f_classif, f_regression
from sklearn.preprocessing import PowerTransformer, QuantileTransformer

warnings.filterwarnings('ignore')
rng = np.random.RandomState(5)
listed = lambda cells: [None if c is None or c != c else float(c) for c in cells]
out = {}

# Yeo-Johnson: skewed, of both signs, large, with gaps.
skewed = {
    'lognormal': np.round(rng.lognormal(2, 1, 200), 4),
    'both signs': np.round(rng.gamma(2, 3, 200) - 4, 4),
    'negative': -np.round(rng.lognormal(1, .7, 200), 4),
    'large': np.round(rng.lognormal(9, 1.5, 200), 1),
}
skewed['lognormal'][::17] = np.nan
power = PowerTransformer(standardize=False)
out['yeoJohnson'] = []
for name, cells in skewed.items():
    made = power.fit_transform(cells.reshape(-1, 1))[:, 0]
    out['yeoJohnson'].append({'name': name, 'cells': listed(cells), 'lambda': float(power.lambdas_[0]), 'made': listed(made)})

# Ranks: fewer quantiles than rows, equal cells, cells outside the training range.
cells = np.round(rng.exponential(2, 120), 1)
new = np.array([-1, 0, .1, .5, 1.05, 3, 100])
ranks = QuantileTransformer(n_quantiles=40, subsample=10**6).fit(cells.reshape(-1, 1))
out['quantile'] = {'cells': listed(cells), 'new': listed(new), 'made': listed(ranks.transform(new.reshape(-1, 1))[:, 0])}

# TF-IDF.
texts = ['Free entry in 2 a wkly comp to win FA Cup!', "I don't think he goes to usf, he lives around here though", 'Ok lar... joking wif u oni_oni',
         'free FREE free call 0800-123 now now', 'a', '', 'He goes to the cup; the cup goes to him.', 'U dun say so early hor... U c already then say...']
cases = [dict(ngram_range=(1, 2)), dict(ngram_range=(1, 1), min_df=2, sublinear_tf=True), dict(analyzer='char_wb', ngram_range=(2, 5)),
         dict(analyzer='char_wb', ngram_range=(3, 3), max_df=.5), dict(ngram_range=(1, 1), stop_words=['the', 'to'])]
out['tfIdf'] = {'texts': texts, 'cases': []}
for kw in cases:
    made = TfidfVectorizer(**kw)
    weights = made.fit_transform(texts).toarray()
    out['tfIdf']['cases'].append({'params': {k: v for k, v in kw.items()}, 'terms': list(made.get_feature_names_out()), 'weights': [listed(row) for row in weights.T]})

# Target encoding by its formulas, with pandas-like grouping (this scikit-learn has no TargetEncoder yet).
levels = rng.choice(list('abcdefg'), 80, p=[.3, .2, .2, .1, .1, .05, .05])
y = np.round(rng.normal(0, 1, 80) + (levels == 'b') * 2, 3)
means = {}
for level in sorted(set(levels)):
    own = y[levels == level]
    share = len(own) * y.var() / (len(own) * y.var() + own.var())
    means[level] = {'auto': share * own.mean() + (1 - share) * y.mean(), 'ten': (own.sum() + 10 * y.mean()) / (len(own) + 10)}
out['targetEncode'] = {'levels': list(levels), 'target': listed(y), 'mean': float(y.mean()), 'means': means}

# Matrices: principal components, univariate scores.
x = rng.normal(size=(50, 5)) @ rng.normal(size=(5, 5)) + rng.normal(size=5)
pca = PCA().fit(x)
out['pca'] = {'rows': [listed(r) for r in x], 'shares': listed(pca.explained_variance_ratio_), 'made': [listed(r) for r in pca.transform(x)]}
codes = rng.randint(0, 3, 50)
number = x[:, 0] * .5 + rng.normal(size=50)
counts = rng.poisson(1 + codes[:, None] * np.array([0, .5, 1, 0, .1]), (50, 5)).astype(float)
out['scores'] = {'codes': codes.tolist(), 'number': listed(number), 'counts': [listed(r) for r in counts], 'fClasses': listed(f_classif(x, codes)[0]),
                 'fNumbers': listed(f_regression(x, number)[0]), 'chiSquared': listed(chi2(counts, codes)[0])}
svd = TruncatedSVD(3, algorithm='arpack').fit(counts)
out['svd'] = {'singular': listed(svd.singular_values_), 'made': [listed(r) for r in np.abs(svd.transform(counts))]}
print(json.dumps(out, separators=(',', ':')))
