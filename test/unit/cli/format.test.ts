import { describe, expect, it } from 'vitest'
import { formatError, publicError } from '../../../src/main/hosts/cli/format/error.ts'
import { createPaint } from '../../../src/main/hosts/cli/format/paint.ts'
import { countOf, formatScore, formatSeconds } from '../../../src/main/hosts/cli/format/quantity.ts'
import { formatPairs, formatTable } from '../../../src/main/hosts/cli/format/table.ts'

describe('tables', () => {
  it('align text left and numbers right, and end no line in spaces', () => {
    const text = formatTable([{ title: 'metric' }, { title: 'model', align: 'right' }], [['roc_auc', '0.842'], ['log_loss', '12.100']])
    expect(text).toBe('metric     model\nroc_auc    0.842\nlog_loss  12.100\n')
  })

  it('count what is seen, not the colour codes', () => {
    const paint = createPaint(true)
    const [first = '', second = ''] = formatTable([{ title: 'a' }, { title: 'b' }], [[paint.bad('failed'), 'x']]).split('\n')
    expect(first).toBe('a       b')
    expect(second).toBe(`${paint.bad('failed')}  x`)
    expect(second).toContain('\u001b[31m')
  })

  it('keep names with line ends on one line', () => {
    expect(formatTable([{ title: 'column' }], [['two\nlines\tand a tab']])).toBe('column\ntwo\\nlines\\tand a tab\n')
  })

  it('align pairs', () => {
    expect(formatPairs([['model', 'churn 1'], ['deployment', 'churn']])).toBe('model       churn 1\ndeployment  churn\n')
  })
})

describe('quantities', () => {
  it.each([[0.84212, '0.842'], [0, '0.000'], [-0.1134, '−0.113'], [0.00001, '1.000e−5'], [12345.6789, '12345.679'], [2.5e9, '2.500e9']])('score %d is %s', (value, text) => {
    expect(formatScore(value)).toBe(text)
  })

  it.each([[0.04, '0.0 s'], [9.94, '9.9 s'], [9.96, '10 s'], [99.4, '99 s'], [125, '2 min 5 s'], [7500, '2 h 5 min']])('%d seconds are %s', (value, text) => {
    expect(formatSeconds(value)).toBe(text)
  })

  it('give counts their noun', () => {
    expect([countOf(1, 'row'), countOf(6000, 'row')]).toEqual(['1 row', '6,000 rows'])
  })
})

describe('errors', () => {
  const error = {
    code: 'invalid-data',
    headline: 'The file is empty',
    message: 'data.csv has no bytes.\nNothing was imported.',
    nextStep: 'Choose another file.',
    retryable: false,
    details: { file: 'data.csv', stack: 'at foo.ts:1' },
  } as const

  it('say what happened, what it means and what to do, without a stack trace', () => {
    expect(formatError(error, createPaint(false), false)).toBe(
      'Error: The file is empty\n  data.csv has no bytes.\n  Nothing was imported.\n  Next: Choose another file.\n',
    )
  })

  it('do not call a failure what the user stopped', () => {
    expect(formatError({ ...error, code: 'cancelled', headline: 'Cancelled', message: 'Cancelled' }, createPaint(false), false)).toBe('Cancelled\n  Next: Choose another file.\n')
  })

  it('keep the stack trace for developers', () => {
    expect(publicError(error, false).details).toEqual({ file: 'data.csv' })
    expect(publicError(error, true).details).toEqual({ file: 'data.csv', stack: 'at foo.ts:1' })
    expect(formatError(error, createPaint(false), true)).toContain('at foo.ts:1')
  })
})
