import { z } from 'zod'
import { defineTransform } from '../transform.ts'
import { asNumbers } from './as-kind.ts'

const params = z.strictObject({
  method: z
    .enum(['signed', 'log1p'])
    .default('signed')
    .describe('signed: sign(x) · ln(1 + |x|), for any number; log1p: ln(1 + x), and numbers of −1 or less become missing'),
})

/** The logarithm of one more than each number; with its sign kept, or for numbers above −1 alone. Missing stays missing. */
export const log = defineTransform<z.infer<typeof params>, object>({
  id: 'log',
  version: 1,
  label: 'Logarithm',
  help: 'Brings numbers of very different size together: the logarithm of one more than the number. Zero stays zero.',
  takes: 'number',
  params,
  fitted: z.object({}),
  fit: () => ({}),
  apply(column, { method }) {
    const source = asNumbers(column).values
    const values = new Float64Array(source.length)
    for (let i = 0; i < values.length; i++) {
      const value = source[i] as number
      values[i] = method === 'signed' ? Math.sign(value) * Math.log1p(Math.abs(value)) : value > -1 ? Math.log1p(value) : Number.NaN
    }
    return [{ kind: 'number', name: column.name, values }]
  },
  describe: (_name, { method }) => (method === 'signed' ? 'logarithm of one more than its size, with its sign' : 'logarithm of one more'),
})
