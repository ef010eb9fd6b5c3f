import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changed, isUnsaved, keptMine, noticed, openDocument, redone, takenTheirs, typed, undone, written, type PipelineDocument } from '../../../../src/renderer/screens/pipeline/document/document.ts'
import { isSame, paramChanges } from '../../../../src/renderer/screens/pipeline/document/param-changes.ts'

const start = openDocument({ text: 'a', revision: 'r1' })

describe('document of a pipeline', () => {
  it('undoes quick typing at once, and changes by forms one by one', () => {
    const after = changed(changed(typed(typed(typed(start, 'ab', 1000), 'abc', 1200), 'abcd', 5000), 'form 1'), 'form 2')
    const back = [undone(after)]
    while (back.at(-1)?.past.length !== 0) back.push(undone(back.at(-1) as PipelineDocument))
    expect(back.map(({ text }) => text)).toEqual(['form 1', 'abcd', 'abc', 'a'])
    expect(redone(redone(back.at(-1) as PipelineDocument)).text).toBe('abcd')
    expect(undone(start)).toBe(start)
    expect(redone(start)).toBe(start)
  })

  it('comes back to every text by as many redos as undos', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ text: fc.string(), form: fc.boolean() }), { maxLength: 30 }), (edits) => {
        const texts: PipelineDocument[] = [start]
        for (const { text, form } of edits) texts.push(form ? changed(texts.at(-1) ?? start, text) : typed(texts.at(-1) ?? start, text, 0))
        const last = texts.at(-1) ?? start
        let document = last
        while (document.past.length > 0) document = undone(document)
        expect(document.text).toBe('a')
        while (document.future.length > 0) document = redone(document)
        expect(document.text).toBe(last.text)
      }),
    )
  })

  it('is saved when its text is what the file holds', () => {
    const edited = changed(start, 'b')
    expect([start, edited, undone(edited)].map(isUnsaved)).toEqual([false, true, false])
    const saved = written(edited, { text: 'b', revision: 'r2' })
    expect(isUnsaved(saved)).toBe(false)
    expect(isUnsaved(undone(saved))).toBe(true)
  })

  it('follows the file while nothing was edited, and can be undone', () => {
    const followed = noticed(start, { text: 'theirs', revision: 'r2' })
    expect(followed).toMatchObject({ text: 'theirs', theirs: undefined })
    expect(isUnsaved(followed)).toBe(false)
    expect(undone(followed).text).toBe('a')
  })

  it('loses neither text where both were edited', () => {
    const both = noticed(changed(start, 'mine'), { text: 'theirs', revision: 'r2' })
    expect(both).toMatchObject({ text: 'mine', theirs: { text: 'theirs', revision: 'r2' } })
    const theirs = takenTheirs(both)
    expect(theirs).toMatchObject({ text: 'theirs', theirs: undefined, saved: { revision: 'r2' } })
    expect(undone(theirs).text).toBe('mine')
    const mine = keptMine(both)
    expect(mine).toMatchObject({ text: 'mine', theirs: undefined, saved: { revision: 'r2' } })
    expect(isUnsaved(mine)).toBe(true)
    expect(noticed(both, { text: 'a', revision: 'r1' }).theirs).toBeUndefined()
  })

  it('decides nothing where both wrote the same, or the file is as it was', () => {
    expect(noticed(changed(start, 'same'), { text: 'same', revision: 'r2' })).toMatchObject({ theirs: undefined, saved: { revision: 'r2' } })
    expect(noticed(start, { text: 'a', revision: 'r1' })).toBe(start)
  })

  it('keeps the text of a file that was removed', () => {
    const gone = noticed(start, 'gone')
    expect(gone).toMatchObject({ text: 'a', theirs: 'gone' })
    expect(noticed(gone, 'gone')).toBe(gone)
    const kept = keptMine(gone)
    expect(kept).toMatchObject({ text: 'a', saved: null, theirs: undefined })
    expect(isUnsaved(kept)).toBe(true)
    expect(noticed(kept, 'gone')).toBe(kept)
  })
})

describe('changes of parameters by a form', () => {
  it('names what was set, changed and taken out', () => {
    expect(paramChanges('s', { test: 0.2, drop: ['a'], gone: 1, same: { a: [1] } }, { test: 0.3, drop: ['a'], same: { a: [1] }, fresh: null })).toEqual([
      { kind: 'set-param', step: 's', path: ['test'], value: 0.3 },
      { kind: 'unset-param', step: 's', path: ['gone'] },
      { kind: 'set-param', step: 's', path: ['fresh'], value: null },
    ])
  })

  it('compares plain values by what they hold', () => {
    expect(isSame({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true)
    expect([isSame([1], [1, 2]), isSame({ a: 1 }, { b: 1 }), isSame(null, {}), isSame([], {}), isSame('1', 1)]).toEqual([false, false, false, false, false])
  })
})
