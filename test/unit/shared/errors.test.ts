import { describe, expect, it } from 'vitest'
import { MillraceError, fromErrorData, toErrorData } from '#shared/errors.ts'

describe('MillraceError', () => {
  const error = new MillraceError({
    code: 'invalid-data',
    headline: 'A number is not a number',
    message: 'people.csv, row 12, column "age": "abc" is not a number.',
    nextStep: 'Correct the cell, or read the column as text.',
    details: { file: 'people.csv', row: 12, column: 'age', value: 'abc' },
  })

  it('survives the way through JSON, as it takes it between threads', () => {
    const back = fromErrorData(JSON.parse(JSON.stringify(toErrorData(error))) as ReturnType<typeof toErrorData>)
    expect(back.data).toEqual(error.data)
    expect(back.message).toBe(error.message)
  })

  it('turns what nobody expected into an internal error that keeps the stack for the log', () => {
    const data = toErrorData(new TypeError('x is undefined'))
    expect(data).toMatchObject({ code: 'internal', message: 'x is undefined', retryable: true })
    expect(data.details['stack']).toContain('TypeError')
  })
})
