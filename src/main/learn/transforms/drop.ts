import { z } from 'zod'
import { defineTransform } from '../transform.ts'

const params = z.strictObject({})
const fitted = z.object({})

/** Leaves the column out. */
export const drop = defineTransform<z.infer<typeof params>, z.infer<typeof fitted>>({
  id: 'drop',
  version: 1,
  label: 'Leave out',
  help: 'The column does not enter the model.',
  takes: 'any',
  params,
  fitted,
  fit: () => ({}),
  apply: () => [],
  describe: () => 'left out',
})
