import { deployLocal } from './deploy/local.ts'
import { report } from './evaluate/report.ts'
import { recipe } from './features/recipe.ts'
import { datasetStep, testSetStep } from './ingest/dataset.ts'
import { ingestFileStep } from './ingest/file.ts'
import { cleanStep } from './prepare/clean.ts'
import { profileStep } from './prepare/profile.ts'
import { splitStep } from './prepare/split.ts'
import { sqlStep } from './prepare/sql.ts'
import { trainModel } from './train/model.ts'
import type { StepKind } from './step-kind.ts'

/** Every step kind that pipelines can use; adding one is one file and one line here. */
export const stepKinds: readonly StepKind[] = [ingestFileStep, datasetStep, testSetStep, profileStep, cleanStep, sqlStep, splitStep, recipe, trainModel, report, deployLocal]
