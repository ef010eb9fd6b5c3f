import { z } from 'zod'
import { defineStep } from '../step-kind.ts'

const params = z.strictObject({
  name: z.string().min(1).describe('Name of a dataset of the project'),
  version: z.int().positive().optional().describe('Its version; the newest if not said'),
})

const common = {
  version: 1,
  params,
  inputs: {},
  usesGoal: false,
  usesSeed: false,
  stored: (given: z.infer<typeof params>) => given,
  estimate: () => ({ memoryBytes: 0, diskBytes: 0 }),
  run(): never {
    throw new Error('A dataset of the project is handed on by the runner; nothing runs')
  },
} as const

/** Begins a pipeline with a dataset version that the project has already. */
export const datasetStep = defineStep({
  ...common,
  id: 'ingest/dataset',
  label: 'Take a dataset',
  help: 'Takes a dataset version that was imported before; nothing is copied.',
  outputs: { data: 'dataset' },
})

/** The same as rows held out for testing. */
export const testSetStep = defineStep({
  ...common,
  id: 'ingest/test-set',
  label: 'Take a test set',
  help: 'Takes a dataset version that was imported before as the rows held out for testing; nothing is copied.',
  outputs: { test: 'dataset' },
})
