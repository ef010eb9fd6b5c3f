import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut, nodeSize, type LaidStep } from '../../../../src/renderer/screens/pipeline/graph/lanes.ts'
import { neighbour } from '../../../../src/renderer/screens/pipeline/graph/neighbour.ts'
import { stepNote } from '../../../../src/renderer/screens/pipeline/graph/step-note.ts'

const step = (key: string, stage: string, ...needs: string[]): LaidStep => ({ key, stage, needs })

const churn = [
  step('ingest', 'ingest'),
  step('clean', 'prepare', 'ingest'),
  step('split', 'prepare', 'clean'),
  step('features', 'features', 'split'),
  step('logistic', 'train', 'split', 'features'),
  step('boosting', 'train', 'split', 'features'),
  step('network', 'train', 'split', 'features'),
  step('evaluate', 'evaluate', 'boosting', 'split'),
]

describe('layout of the graph', () => {
  it('stands a chain in one column and alternatives beside each other', () => {
    const { places, lanes, width } = layOut(churn)
    const x = (key: string) => places.get(key)?.x ?? Number.NaN
    expect(new Set(['ingest', 'clean', 'split', 'features'].map(x))).toEqual(new Set([(width - nodeSize.width) / 2]))
    expect([x('boosting') - x('logistic'), x('network') - x('boosting')]).toEqual([170, 170])
    expect(lanes.map(({ stage }) => stage)).toEqual(['ingest', 'prepare', 'features', 'train', 'evaluate'])
    expect(lanes.map(({ height }) => height)).toEqual([82, 170, 82, 82, 82])
  })

  it('never overlaps steps, and keeps each in the lane of its stage', () => {
    const stage = fc.constantFrom('ingest', 'prepare', 'features', 'train', 'evaluate', 'deploy', 'other', '')
    const graph = fc.array(fc.record({ stage, needs: fc.array(fc.nat(40), { maxLength: 3 }) }), { maxLength: 40 }).map((steps) => steps.map(({ stage: own, needs }, index) => step(String(index), own, ...needs.map(String))))
    fc.assert(
      fc.property(graph, (steps) => {
        const { places, lanes, width, height } = layOut(steps)
        expect(places.size).toBe(steps.length)
        const boxes = steps.map(({ key, stage: own }) => ({ own, ...(places.get(key) ?? { x: Number.NaN, y: Number.NaN }) }))
        for (const [index, { x, y, own }] of boxes.entries()) {
          const lane = lanes.find((candidate) => candidate.stage === own)
          expect(y >= (lane?.top ?? 0) && y + nodeSize.height <= (lane?.top ?? 0) + (lane?.height ?? 0)).toBe(true)
          expect(x >= 0 && x + nodeSize.width <= width && y + nodeSize.height <= height).toBe(true)
          for (const other of boxes.slice(index + 1)) expect(Math.abs(other.x - x) >= nodeSize.width || Math.abs(other.y - y) >= nodeSize.height).toBe(true)
        }
        for (const [index, lane] of lanes.entries()) if (index > 0) expect(lane.top).toBeGreaterThanOrEqual((lanes[index - 1]?.top ?? 0) + (lanes[index - 1]?.height ?? 0))
      }),
    )
  })

  it('stands what waits below what it waits for, within a lane', () => {
    const { places } = layOut([step('c', 'prepare', 'b'), step('b', 'prepare', 'a'), step('a', 'prepare')])
    expect(['a', 'b', 'c'].map((key) => places.get(key)?.y)).toEqual([12, 100, 188])
  })

  it('takes 2,000 steps, in one chain and side by side, and circles', () => {
    const chain = Array.from({ length: 2000 }, (_, index) => step(String(index), 'prepare', ...(index === 0 ? [] : [String(index - 1)])))
    expect(layOut(chain).places.size).toBe(2000)
    const fan = [step('root', 'features'), ...Array.from({ length: 2000 }, (_, index) => step(String(index), 'train', 'root'))]
    expect(layOut(fan).width).toBeLessThan(2400)
    expect(layOut([step('a', 'prepare', 'b'), step('b', 'prepare', 'a', 'b')]).places.size).toBe(2)
    expect(layOut([])).toMatchObject({ lanes: [] })
  })
})

describe('arrows in the graph', () => {
  const { places } = layOut(churn)

  it('lead to the nearest step', () => {
    expect(neighbour('ingest', 'down', places)).toBe('clean')
    expect(neighbour('features', 'down', places)).toBe('boosting')
    expect(neighbour('boosting', 'left', places)).toBe('logistic')
    expect(neighbour('boosting', 'right', places)).toBe('network')
    expect(neighbour('logistic', 'up', places)).toBe('features')
    expect(neighbour('ingest', 'up', places)).toBeUndefined()
    expect(neighbour('ingest', 'left', places)).toBeUndefined()
    expect(neighbour('gone', 'left', places)).toBe('ingest')
  })
})

describe('note of a step', () => {
  it.each([
    [{ path: 'data/customers.csv' }, 'customers.csv'],
    [{ path: ['a/b.csv'] }, 'b.csv'],
    [{ path: ['a', 'b'] }, 'path 2'],
    [{ test: 0.25, stratify: true }, 'test 0.25 · stratify'],
    [{ preset: 'auto', drop: ['a', 'b'] }, 'auto · drop 2'],
    [{ budget: '30s' }, 'budget 30s'],
    [{ query: '\nSELECT *\nFROM x' }, 'SELECT *'],
    [{ stratify: false, rules: { a: 1 }, more: null }, 'no stratify · rules 1'],
    [{ name: 'x'.repeat(99) }, `${'x'.repeat(39)}…`],
    [{}, ''],
  ])('%j is "%s"', (params, note) => {
    expect(stepNote(params)).toBe(note)
  })
})
