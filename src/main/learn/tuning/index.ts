export { chooseModel, type CandidateRecord, type Choice } from './choose.ts'
export { contendersOf, type Contender, type Shape } from './contender.ts'
export { createFolds, type Fold } from './folds.ts'
export { prepare, type TrainingSet } from './training-set.ts'
