import { defineForest } from '../trees/define-forest.ts'
import { forestParams } from '../trees/forest-params.ts'
import { forestSearchSpace, worthGrowing } from '../trees/forest-search-space.ts'

/** Averages deep trees, each grown from rows drawn with replacement (Breiman 2001). */
export const randomForest = defineForest({
  id: 'random-forest',
  label: 'Random forest',
  help: 'Averages many deep trees, each grown from other rows and looking at other columns. Needs no tuning, and rows that a tree did not see tell how good it is.',
  params: forestParams({ bootstrap: true, trees: 300 }),
  randomCuts: false,
  searchSpace: forestSearchSpace,
  worthTrying: worthGrowing,
})
