import { describe, expect, it } from 'vitest'
import { mergeRecipes } from '../../../../../src/renderer/screens/features/merge-recipe.ts'

const base = { preset: 'auto', drop: ['id'], columns: { age: ['scale'] }, formulas: { f: 'a + b' } }

describe('two changes of one recipe', () => {
  it('that are about other columns are both kept', () => {
    const mine = { ...base, columns: { age: ['scale'], size: ['log'] }, drop: ['id', 'x'] }
    const theirs = { ...base, columns: {}, formulas: { f: 'a + b', g: 'a' }, drop: [] }
    expect(mergeRecipes(base, mine, theirs)).toEqual({ params: { preset: 'auto', drop: ['x'], columns: { size: ['log'] }, formulas: { f: 'a + b', g: 'a' } }, disputed: [] })
  })

  it('that say the same are no dispute', () => {
    const changed = { ...base, formulas: { f: 'a - b' } }
    expect(mergeRecipes(base, changed, structuredClone(changed))).toEqual({ params: changed, disputed: [] })
  })

  it('that are about one column are disputed, and the own one stands', () => {
    const mine = { ...base, preset: 'plain', formulas: { f: 'mine' } }
    const theirs = { ...base, formulas: { f: 'theirs' } }
    expect(mergeRecipes(base, mine, theirs)).toEqual({ params: { ...base, preset: 'plain', formulas: { f: 'mine' } }, disputed: ['f'] })
    expect(mergeRecipes(base, theirs, mine).params).toEqual({ ...base, preset: 'plain', formulas: { f: 'theirs' } })
  })

  it('one of which takes away what the other changes are disputed', () => {
    const mine = { preset: 'auto', drop: ['id'], columns: { age: ['scale'] } }
    const theirs = { ...base, formulas: { f: 'theirs' } }
    expect(mergeRecipes(base, mine, theirs)).toMatchObject({ params: mine, disputed: ['f'] })
  })

  it('keep the order in which the file has its parts, so that nothing seems changed that is not', () => {
    const theirs = { formulas: { z: 'a', b: 'c' }, drop: ['y', 'x'] }
    expect(JSON.stringify(mergeRecipes(theirs, theirs, theirs).params)).toBe(JSON.stringify(theirs))
  })
})
