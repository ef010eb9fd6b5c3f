import { defineForest } from '../trees/define-forest.ts'
import { forestParams } from '../trees/forest-params.ts'
import { forestSearchSpace, worthGrowing } from '../trees/forest-search-space.ts'

/** Averages deep trees whose thresholds are drawn at random (Geurts, Ernst and Wehenkel 2006). */
export const extraTrees = defineForest({
  id: 'extra-trees',
  label: 'Extra trees',
  help: 'Averages many deep trees that split at random thresholds, the best of a few columns each. Smoother than a random forest; often best where every column says a little.',
  params: forestParams({ bootstrap: false, trees: 300 }),
  randomCuts: true,
  searchSpace: forestSearchSpace,
  worthTrying: worthGrowing,
})
