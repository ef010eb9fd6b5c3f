import { deployLocal } from './deploy/local.ts'
import { report } from './evaluate/report.ts'
import { recipe } from './features/recipe.ts'
import type { StepKind } from './step-kind.ts'

/** Every step kind that pipelines can use; adding one is one file and one line here. */
export const stepKinds: readonly StepKind[] = [recipe, report, deployLocal]
