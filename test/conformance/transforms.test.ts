import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MillraceError } from '../../src/shared/errors.ts'
import { applyChain, emptyColumn, readAs } from '../../src/main/learn/recipe/chain.ts'
import { findTransform, transforms } from '../../src/main/learn/transforms/index.ts'
import type { Column, SparseColumns } from '../../src/main/table/column.ts'
import { aboutNumbers, categories, madeCells, numbers } from '../unit/learn/columns.ts'

const numberCells = fc.array(fc.oneof(fc.constant(null), fc.double({ noNaN: true }), fc.integer({ min: 0, max: 5 }), fc.constantFrom(1e308, -0, Infinity)), { maxLength: 30 })
const textCells = fc.array(fc.oneof(fc.constant(null), fc.constantFrom('a', 'b', '1', '2.5', 'constructor', '__proto__', ''), fc.string()), { maxLength: 30 })
const column = fc.oneof(
  numberCells.map((cells): Column => numbers('x', cells)),
  textCells.map((cells): Column => categories('x', cells)),
)

function rowsOf(column: Column | SparseColumns): number {
  if (column.kind === 'sparse') return column.rows
  return column.kind === 'number' ? column.values.length : column.codes.length
}

/** Names and kind, which must not depend on cells. */
function shapeOf(made: Column | SparseColumns): unknown {
  return made.kind === 'sparse' ? { kind: made.kind, names: made.names } : { kind: made.kind, names: [made.name] }
}

test('ids are unique and found', () => {
  expect(new Set(transforms.map(({ id }) => id)).size).toBe(transforms.length)
  for (const transform of transforms) expect(findTransform(transform.id)).toBe(transform)
})

describe.each(transforms.map((transform) => [transform.id, transform] as const))('%s', (_id, transform) => {
  const params = transform.params.parse({})

  /** What is learnt from the column; undefined where the transform refuses it with an error that a user can act on. */
  function fit(training: Column): unknown {
    try {
      return transform.fit(readAs(training, transform.takes), params, aboutNumbers(rowsOf(training)))
    } catch (error) {
      expect(error).toBeInstanceOf(MillraceError)
      return undefined
    }
  }

  test('has an id, words and defaults', () => {
    expect(transform.id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(transform.label).not.toBe('')
    expect(transform.help).toMatch(/\.$/)
    expect(transform.version).toBeGreaterThan(0)
    expect(transform.params.safeParse({ nonsense: 1 }).success).toBe(false)
  })

  test('what it learns is plain JSON that its own schema accepts, and comes back the same', () => {
    fc.assert(
      fc.property(column, (training) => {
        const fitted = fit(training)
        if (fitted === undefined) return
        expect(transform.fitted.parse(JSON.parse(JSON.stringify(fitted)))).toEqual(fitted)
        expect(transform.describe('x', params, fitted)).not.toBe('')
      }),
    )
  })

  test('applies to unseen cells without throwing, changes nothing, keeps rows, names and kinds', () => {
    fc.assert(
      fc.property(column, column, (training, other) => {
        const fitted = fit(training)
        if (fitted === undefined) return
        const before = structuredClone(other)
        const made = [...transform.apply(readAs(other, transform.takes), params, fitted)]
        expect(other).toEqual(before)
        for (const column of made) expect(rowsOf(column)).toBe(rowsOf(other))
        const kind = transform.takes === 'any' ? other.kind : transform.takes
        const empty = [...applyChain(emptyColumn('x', kind), [{ transform, params, fitted: [fitted] }])]
        expect(made.map(shapeOf)).toEqual(empty.map(shapeOf))
      }),
    )
  })

  test('gives the same for the same rows, and row by row what it gives for all', () => {
    fc.assert(
      fc.property(column, (training) => {
        const fitted = fit(training)
        if (fitted === undefined || rowsOf(training) === 0) return
        expect(fit(structuredClone(training))).toEqual(fitted)
        const whole = madeCells(transform.apply(readAs(training, transform.takes), params, fitted))
        const first: Column =
          training.kind === 'number' ? { ...training, values: training.values.slice(0, 1) } : { ...training, codes: training.codes.slice(0, 1) }
        const alone = madeCells(transform.apply(readAs(first, transform.takes), params, fitted))
        expect(alone).toEqual(Object.fromEntries(Object.entries(whole).map(([name, cells]) => [name, cells.slice(0, 1)])))
      }),
    )
  })

  test('gives training rows what it gives any rows, in columns of the same names; out-of-fold the same every time', () => {
    fc.assert(
      fc.property(column, (training) => {
        const fitted = fit(training)
        if (fitted === undefined) return
        const taken = readAs(training, transform.takes)
        const use = { transform, params, fitted: [fitted] }
        const about = aboutNumbers(rowsOf(training))
        const asTraining = madeCells(applyChain(taken, [use], about))
        const asAny = madeCells(applyChain(taken, [use]))
        if (transform.applyToTraining === undefined) expect(asTraining).toEqual(asAny)
        else {
          expect(Object.keys(asTraining)).toEqual(Object.keys(asAny))
          expect(madeCells(applyChain(taken, [use], about))).toEqual(asTraining)
        }
      }),
    )
  })

  test('keeps a constant column, one row and no row apart from errors', () => {
    for (const training of [numbers('x', [7, 7, 7]), numbers('x', [7]), numbers('x', []), numbers('x', [null, null]), categories('x', ['a', 'a']), categories('x', ['a']), categories('x', [null]), categories('x', [])]) {
      const fitted = fit(training)
      if (fitted === undefined) continue
      for (const cells of Object.values(madeCells(transform.apply(readAs(training, transform.takes), params, fitted)))) expect(cells).toHaveLength(rowsOf(training))
    }
  })
})
