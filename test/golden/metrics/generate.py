#!/usr/bin/env python3
"""Writes cases.json: made-up truths and predictions, and what scikit-learn (1.2.1 when this was last run) makes of them.

    python3 test/golden/metrics/generate.py > test/golden/metrics/cases.json
"""
import json
import warnings

import numpy as np
from sklearn import metrics as m

warnings.filterwarnings('ignore')
rng = np.random.RandomState(20240229)


def binary(name, y, p):
    g = (p > .5).astype(int)
    two = np.column_stack([1 - p, p])
    return {'name': name, 'task': 'binary-classification', 'classes': ['no', 'yes'], 'truth': y.tolist(), 'probabilities': two.ravel().tolist(), 'metrics': {
        'roc_auc': m.roc_auc_score(y, p), 'accuracy': m.accuracy_score(y, g), 'log_loss': m.log_loss(y, two, eps=1e-15, labels=[0, 1]),
        'balanced_accuracy': m.balanced_accuracy_score(y, g), 'average_precision': m.average_precision_score(y, p),
        'precision': m.precision_score(y, g, zero_division=0), 'recall': m.recall_score(y, g), 'f1': m.f1_score(y, g),
        'specificity': m.recall_score(y, g, pos_label=0), 'cohen_kappa': m.cohen_kappa_score(y, g),
        'matthews_corrcoef': m.matthews_corrcoef(y, g), 'brier_score': m.brier_score_loss(y, p)}}


def multiclass(name, y, p, k):
    g = p.argmax(1)
    values = {'accuracy': m.accuracy_score(y, g), 'log_loss': m.log_loss(y, p, eps=1e-15, labels=list(range(k))),
              'balanced_accuracy': m.balanced_accuracy_score(y, g), 'macro_f1': m.f1_score(y, g, average='macro', zero_division=0),
              'matthews_corrcoef': m.matthews_corrcoef(y, g), 'cohen_kappa': m.cohen_kappa_score(y, g),
              'weighted_f1': m.f1_score(y, g, average='weighted', zero_division=0)}
    present = [c for c in range(k) if 0 < (y == c).sum() < len(y)]
    values['roc_auc'] = float(np.mean([m.roc_auc_score(y == c, p[:, c]) for c in present]))
    if len(present) == k:
        assert abs(values['roc_auc'] - m.roc_auc_score(y, p, multi_class='ovr', average='macro')) < 1e-12
    return {'name': name, 'task': 'multiclass-classification', 'classes': [f'class {c}' for c in range(k)], 'truth': y.tolist(),
            'probabilities': p.ravel().tolist(), 'metrics': values}


def regression(name, y, p):
    values = {'rmse': m.mean_squared_error(y, p, squared=False), 'mae': m.mean_absolute_error(y, p), 'r2': m.r2_score(y, p),
              'median_absolute_error': m.median_absolute_error(y, p), 'max_error': m.max_error(y, p),
              'explained_variance': m.explained_variance_score(y, p)}
    if (y >= 0).all() and (p > 0).all():
        values['mean_poisson_deviance'] = m.mean_poisson_deviance(y, p)
    if (y != 0).all():
        values['mape'] = m.mean_absolute_percentage_error(y, p)
    return {'name': name, 'task': 'regression', 'truth': y.tolist(), 'predictions': p.tolist(), 'metrics': values}


def drawn(p):
    return (rng.uniform(size=len(p)) < p).astype(int)


p = rng.beta(.8, 1.6, 80)
tied = np.round(rng.beta(1, 2, 90), 1)
rare = np.clip(rng.beta(.3, 6, 120), 0, 1)
rare_truth = drawn(rare)
rare_truth[0] = 1
sure = rng.randint(0, 2, 40)
sure_p = sure.astype(float)
sure_p[:3] = 1 - sure_p[:3]
k4 = rng.dirichlet([.7] * 4, 100)
y4 = np.array([rng.choice(4, p=row) for row in k4])
k3 = rng.dirichlet([.5] * 5, 60)
y3 = np.array([rng.choice(3) for _ in k3])
equal = np.round(rng.dirichlet([2] * 3, 50) * 4) / 4 + 1e-9
equal = equal / equal.sum(1, keepdims=True)
truth = rng.normal(50, 12, 70)
cases = [
    binary('binary', drawn(p), p),
    binary('binary with ties', drawn(tied), tied),
    binary('binary, rare class, rarely called', rare_truth, rare),
    binary('binary, sure and sometimes wrong', sure, sure_p),
    binary('binary, one probability for all', drawn(np.full(30, .4)), np.full(30, .4)),
    multiclass('four classes', y4, k4, 4),
    multiclass('five classes, two of them absent', y3, k3, 5),
    multiclass('three classes with equal probabilities', rng.randint(0, 3, 50), equal, 3),
    regression('regression', truth, truth + rng.normal(0, 4, 70)),
    regression('regression, even rows, worse than the mean', rng.normal(0, 1, 40), rng.normal(0, 3, 40)),
    regression('regression with a zero', np.arange(25.) - 5, np.arange(25.) * 1.1 - 5),
    regression('regression of counts', rng.poisson(3, 45).astype(float), rng.gamma(9, 1 / 3, 45)),
    regression('regression, large numbers', rng.normal(2e5, 8e4, 33), rng.normal(2e5, 8e4, 33)),
]
print(json.dumps(cases, separators=(',', ':')))
