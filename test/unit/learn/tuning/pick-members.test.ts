import { describe, expect, test } from 'vitest'
import { selectionMetric } from '../../../../src/main/learn/metrics/index.ts'
import { findBlend } from '../../../../src/main/learn/tuning/blend.ts'
import { pickMembers } from '../../../../src/main/learn/tuning/pick-members.ts'
import { byMerit, meanOf, type Entry, type Race } from '../../../../src/main/learn/tuning/race.ts'
import { madeRace } from './made-race.ts'

const metric = selectionMetric('binary-classification')

function leaderOf(race: Race): Entry {
  const [leader] = byMerit(race.entries)
  if (leader === undefined) throw new Error('nobody finished')
  return leader
}

const alike = [
  { label: 'trees', estimator: 'gradient-boosting', noise: 1.5 },
  { label: 'other trees', estimator: 'gradient-boosting', noise: 1.5 },
  { label: 'third trees', estimator: 'gradient-boosting', noise: 1.6 },
  { label: 'forest', estimator: 'extra-trees', noise: 1.55 },
  { label: 'line', estimator: 'linear', noise: 1.6 },
]

describe('a blend', () => {
  test('has the best of each estimator that is near, at most two of one, and shares that sum to 1', () => {
    const race = madeRace(alike)
    const blend = findBlend(race, leaderOf(race), metric)
    const ids = (blend?.shares ?? []).map(({ part }) => part.contender.estimator.id)
    expect(new Set(ids)).toEqual(new Set(['gradient-boosting', 'extra-trees', 'linear']))
    expect(ids.filter((id) => id === 'gradient-boosting').length).toBeLessThanOrEqual(2)
    expect(blend?.shares.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
    for (const { part, weight } of blend?.shares ?? []) if (part.contender.label !== 'other trees') expect(weight).toBeGreaterThan(0.1)
    expect(meanOf(blend?.merits ?? [])).toBeGreaterThan(meanOf(leaderOf(race).merits))
  })

  test('leaves out who is clearly behind or did not finish', () => {
    const race = madeRace([...alike, { label: 'poor', estimator: 'nearest-neighbours', noise: 8 }, { label: 'late', estimator: 'random-forest', noise: 1.2, status: 'dropped' }])
    const labels = findBlend(race, leaderOf(race), metric)?.shares.map(({ part }) => part.contender.label) ?? []
    expect(labels.length).toBeGreaterThan(1)
    expect(labels).not.toContain('poor')
    expect(labels).not.toContain('late')
  })

  test('is none where one contender is far ahead', () => {
    const race = madeRace([{ label: 'good', estimator: 'linear', noise: 0.3 }, { label: 'poor', estimator: 'extra-trees', noise: 5 }])
    expect(findBlend(race, leaderOf(race), metric)).toBeUndefined()
  })
})

describe('what is picked', () => {
  test('is one contender where no blend is wanted, with its own merits', () => {
    const race = madeRace(alike)
    const picked = pickMembers(race, metric, false)
    expect(picked?.shares).toHaveLength(1)
    expect(picked?.merits).toEqual(picked?.shares[0]?.part.merits)
  })

  test('is nothing where nobody finished', () => {
    expect(pickMembers(madeRace([{ label: 'late', estimator: 'linear', noise: 1, status: 'out of time' }]), metric, true)).toBeUndefined()
  })

  test('blends are scored by folds that had no part in their weights: on noise, lower than by their own', () => {
    const noise = Array.from({ length: 6 }, (_, place) => ({ label: `noise ${place}`, estimator: ['linear', 'extra-trees', 'gradient-boosting'][place % 3] ?? '', noise: 100 }))
    const gaps = Array.from({ length: 40 }, (_, seed) => {
      const race = madeRace(noise, { rows: 40, repeats: 1, seed: seed + 1 })
      const own = findBlend(race, leaderOf(race), metric)
      const picked = pickMembers(race, metric, true)
      return own === undefined || (picked?.shares.length ?? 0) < 2 ? [] : [meanOf(own.merits) - meanOf(picked?.merits ?? [])]
    }).flat()
    expect(gaps.length).toBeGreaterThan(2)
    expect(meanOf(gaps)).toBeGreaterThan(0.01)
  })
})
