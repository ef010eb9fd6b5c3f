#!/usr/bin/env python3
"""Writes lines.json: made-up training and new rows, and what scikit-learn's transformers (1.2.1 when this was last run) make of them.

    python3 test/golden/recipe/generate.py > test/golden/recipe/lines.json
"""
import json

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

rng = np.random.RandomState(11)
TRAIN, NEW = 60, 12
rows = TRAIN + NEW
size = np.round(rng.lognormal(1, 1, rows), 3)
size[rng.uniform(size=rows) < .15] = np.nan
weight = np.round(rng.normal(-3e5, 40, rows), 2)
colour = rng.choice(['red', 'blue', 'green', 'a, "b"', 'rare one'], rows, p=[.4, .3, .2, .08, .02]).astype(object)
colour[3], colour[TRAIN + 2] = 'rare one', 'never seen'
colour[rng.uniform(size=rows) < .1] = None

expected = {}
for name, cells in (('size', size), ('weight', weight)):
    column = cells.reshape(-1, 1)
    filled = SimpleImputer(strategy='median').fit(column[:TRAIN])
    scaled = StandardScaler().fit(filled.transform(column[:TRAIN]))
    expected[name] = scaled.transform(filled.transform(column[TRAIN:]))[:, 0]
    if np.isnan(cells[:TRAIN]).any():
        expected[f'{name} (missing)'] = np.isnan(cells[TRAIN:]).astype(float)

# Levels with fewer than 3 training rows are pooled; unseen ones join them.
text = np.array(['(missing)' if c is None else c for c in colour], dtype=object).reshape(-1, 1)
encoder = OneHotEncoder(min_frequency=3, handle_unknown='infrequent_if_exist', sparse_output=False).fit(text[:TRAIN])
encoded = encoder.transform(text[TRAIN:])
for name, cells in zip(encoder.get_feature_names_out(['']), encoded.T):
    level = name[1:]
    expected['colour (rare)' if level == 'infrequent_sklearn' else 'colour (missing)' if level == '(missing)' else f'colour = {level}'] = cells

listed = lambda cells: [None if c is None or c != c else c for c in cells]
table = lambda part: {'size': listed(size[part].tolist()), 'weight': listed(weight[part].tolist()), 'colour': listed(colour[part].tolist())}
print(json.dumps({'training': table(slice(TRAIN)), 'rows': table(slice(TRAIN, None)), 'matrix': {k: v.tolist() for k, v in expected.items()}},
                 separators=(',', ':')))
