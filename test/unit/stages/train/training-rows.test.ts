import { describe, expect, test } from 'vitest'
import type { Artifact } from '../../../../src/shared/domain/artifact.ts'
import type { StageContext } from '../../../../src/main/stages/step-kind.ts'
import { samplesFor, trainingMemory } from '../../../../src/main/stages/train/training-rows.ts'
import { schemaOf } from '../../learn/columns.ts'

const columns = [schemaOf('a', 'decimal'), schemaOf('b', 'category'), schemaOf('words', 'text'), schemaOf('y', 'boolean')]
const train: Artifact<'dataset'> = { kind: 'dataset', hash: 'rows', path: '', bytes: 1, meta: { rows: 4_000_000, schema: { columns } } }

function context(memoryBytes: number, warned: string[]): StageContext {
  return { memoryBytes, seed: 11, log: { warn: (message: string) => warned.push(message) } } as unknown as StageContext
}

describe('training rows', () => {
  test('all, where the memory holds them', () => {
    expect(samplesFor('auto', { train, validation: undefined }, context(16e9, [])).train).toBeUndefined()
    expect(samplesFor('all', { train, validation: undefined }, context(1e9, [])).train).toBeUndefined()
  })

  test('as many as fit where it does not, and the log says so', () => {
    const warned: string[] = []
    const sample = samplesFor('auto', { train, validation: undefined }, context(1e9, warned)).train
    expect(sample?.seed).toBe(11)
    expect(sample?.wanted).toBeGreaterThan(200_000)
    expect(trainingMemory(sample?.wanted ?? 0, train.meta)).toBeLessThan(1e9)
    expect(warned[0]).toMatch(/^Learns from a sample of [\d,]+ of the 4,000,000 training rows, spread evenly: all would take about 5/)
  })

  test('a number of rows, as asked', () => {
    const warned: string[] = []
    expect(samplesFor(500, { train, validation: undefined }, context(16e9, warned)).train).toEqual({ wanted: 500, seed: 11 })
    expect(warned[0]).toContain('`rows` asks for it')
    expect(samplesFor(5_000_000, { train, validation: undefined }, context(16e9, warned)).train).toBeUndefined()
  })

  test('validation rows beside them, each its share of the memory', () => {
    const warned: string[] = []
    const validation = { ...train, meta: { ...train.meta, rows: 1_000_000 } }
    const alone = samplesFor('auto', { train, validation: undefined }, context(1e9, [])).train?.wanted ?? 0
    const both = samplesFor('auto', { train, validation }, context(1e9, warned))
    expect((both.train?.wanted ?? 0) / (both.validation?.wanted ?? 0)).toBeCloseTo(4, 3)
    expect(Math.abs((both.train?.wanted ?? 0) + (both.validation?.wanted ?? 0) - alone)).toBeLessThan(3)
    expect(warned[1]).toMatch(/^Judges by a sample of [\d,]+ of the 1,000,000 validation rows/)
    expect(samplesFor(500, { train, validation }, context(1e9, [])).validation).toBeUndefined()
    expect(trainingMemory('all', train.meta, validation.meta)).toBeCloseTo(trainingMemory('all', { ...train.meta, rows: 5_000_000 }), -3)
  })

  test('what is asked for is what is estimated: `all` may be refused, `auto` takes what there is', () => {
    expect(trainingMemory('all', train.meta)).toBeGreaterThan(5e9)
    expect(trainingMemory('auto', train.meta)).toBeLessThan(2e8)
  })
})
