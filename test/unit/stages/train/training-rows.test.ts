import { describe, expect, test } from 'vitest'
import type { Artifact } from '../../../../src/shared/domain/artifact.ts'
import type { StageContext } from '../../../../src/main/stages/step-kind.ts'
import { sampleFor, trainingMemory } from '../../../../src/main/stages/train/training-rows.ts'
import { schemaOf } from '../../learn/columns.ts'

const columns = [schemaOf('a', 'decimal'), schemaOf('b', 'category'), schemaOf('words', 'text'), schemaOf('y', 'boolean')]
const train: Artifact<'dataset'> = { kind: 'dataset', hash: 'rows', path: '', bytes: 1, meta: { rows: 4_000_000, schema: { columns } } }

function context(memoryBytes: number, warned: string[]): StageContext {
  return { memoryBytes, seed: 11, log: { warn: (message: string) => warned.push(message) } } as unknown as StageContext
}

describe('training rows', () => {
  test('all, where the memory holds them', () => {
    expect(sampleFor('auto', train, context(16e9, []))).toBeUndefined()
    expect(sampleFor('all', train, context(1e9, []))).toBeUndefined()
  })

  test('as many as fit where it does not, and the log says so', () => {
    const warned: string[] = []
    const sample = sampleFor('auto', train, context(1e9, warned))
    expect(sample?.seed).toBe(11)
    expect(sample?.wanted).toBeGreaterThan(200_000)
    expect(trainingMemory(sample?.wanted ?? 0, train.meta)).toBeLessThan(1e9)
    expect(warned[0]).toMatch(/^Learns from a sample of [\d,]+ of the 4,000,000 training rows, spread evenly: all would take about 5/)
  })

  test('a number of rows, as asked', () => {
    const warned: string[] = []
    expect(sampleFor(500, train, context(16e9, warned))).toEqual({ wanted: 500, seed: 11 })
    expect(warned[0]).toContain('`rows` asks for it')
    expect(sampleFor(5_000_000, train, context(16e9, warned))).toBeUndefined()
  })

  test('what is asked for is what is estimated: `all` may be refused, `auto` takes what there is', () => {
    expect(trainingMemory('all', train.meta)).toBeGreaterThan(5e9)
    expect(trainingMemory('auto', train.meta)).toBeLessThan(2e8)
  })
})
