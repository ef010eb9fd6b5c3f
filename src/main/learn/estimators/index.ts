import type { Estimator } from '../estimator.ts'
import { baseline } from './baseline.ts'
import { convnet } from './convnet/convnet.ts'
import { extraTrees } from './extra-trees/extra-trees.ts'
import { gradientBoosting } from './gradient-boosting/gradient-boosting.ts'
import { linear } from './linear/linear.ts'
import { mlp } from './mlp/mlp.ts'
import { naiveBayes } from './naive-bayes/naive-bayes.ts'
import { nearestNeighbours } from './nearest-neighbours/nearest-neighbours.ts'
import { randomForest } from './random-forest/random-forest.ts'
import { recurrent } from './recurrent/recurrent.ts'

/** Every estimator that `train/model` can use, the simplest first; adding one is one file and one line here. */
export const estimators: readonly Estimator[] = [
  ...[baseline, linear, naiveBayes, nearestNeighbours, extraTrees, randomForest, gradientBoosting, mlp],
  // Only where a pipeline names them: nothing in a project says yet that columns are pixels or moments.
  ...[convnet, recurrent],
]
