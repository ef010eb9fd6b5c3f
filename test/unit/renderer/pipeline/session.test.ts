import { readFile } from 'node:fs/promises'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { checkText } from '../../../../src/main/pipeline/check-text.ts'
import { editPipeline } from '../../../../src/main/pipeline/edit/edit-pipeline.ts'
import { loadStepKinds } from '../../../../src/main/pipeline/step-kinds.ts'
import { createClient } from '../../../../src/renderer/client/client.ts'
import type { OnDisk } from '../../../../src/renderer/screens/pipeline/document/document.ts'
import { createSession, type PipelineSession } from '../../../../src/renderer/screens/pipeline/document/session.ts'
import { MillraceError } from '../../../../src/shared/errors.ts'
import { fakeEngine, type FakeEngine } from '../fake-engine.ts'

const kinds = await loadStepKinds()
const churn = await readFile(new URL('../../pipeline/churn-flow.yaml', import.meta.url), 'utf8')

let engine: FakeEngine
let session: PipelineSession
let written: OnDisk[]

beforeEach(() => {
  engine = fakeEngine({
    'pipelines.check': ({ text, file }) => checkText(text, file, kinds),
    'pipelines.edit': ({ text, change }) => editPipeline(text, change as never, kinds),
    'pipelines.save': ({ text }) => ({ revision: `of ${String(text.length)}` }),
  })
  written = []
  session = createSession(createClient(engine.transport), { project: '/p', file: 'churn.yaml' }, (disk) => written.push(disk))
  session.read({ text: churn, revision: 'r1' })
})

const state = () => session.store.getState()
const text = () => state().document?.text
const checked = () => vi.waitFor(() => expect(state().checkedText).toBe(text()), 20_000)
const saves = () => engine.calls.filter(({ name }) => name === 'pipelines.save')

describe('a pipeline being edited', () => {
  it('is checked as it was read', async () => {
    await checked()
    expect(state()).toMatchObject({ valid: true, stale: false, findings: [], outline: { name: 'churn' } })
  })

  it('takes edits of the forms and of the keyboard into one text with one undo', async () => {
    session.type(`${churn}# typed\n`)
    expect(await session.change({ kind: 'set-param', step: 'split', path: ['test'], value: 0.4 })).toBe('split')
    expect(text()).toContain('# typed')
    expect(text()).toContain('test: 0.4')
    session.undo()
    expect(text()).toBe(`${churn}# typed\n`)
    session.undo()
    expect(text()).toBe(churn)
    session.redo()
    session.redo()
    expect(text()).toContain('test: 0.4')
  })

  it('applies edits one after the other, and to what was typed meanwhile', async () => {
    const both = Promise.all([session.change({ kind: 'set-param', step: 'split', path: ['test'], value: 0.4 }), session.change({ kind: 'remove-step', step: 'deploy' })])
    session.type(`${churn}# typed\n`)
    await both
    expect(text()).toContain('test: 0.4')
    expect(text()).not.toContain('deploy/local')
    expect(text()).toContain('# typed')
  })

  it('keeps the graph of the last readable text while another is typed', async () => {
    await checked()
    session.type(`${churn}  - {`)
    await checked()
    expect(state()).toMatchObject({ stale: true, valid: false, findings: [{ rule: 'yaml' }] })
    expect(state().outline?.steps).toHaveLength(7)
    await expect(session.change({ kind: 'remove-step', step: 'deploy' })).rejects.toThrow(MillraceError)
    session.undo()
    await checked()
    expect(state()).toMatchObject({ stale: false, valid: true })
  })

  it('saves what is not saved, with the revision that it is based on', async () => {
    await session.save()
    expect(saves()).toHaveLength(0)
    session.type('name: other\n')
    await session.save()
    expect(saves()).toMatchObject([{ input: { text: 'name: other\n', basedOn: 'r1' } }])
    expect(written).toEqual([{ text: 'name: other\n', revision: 'of 12' }])
    await session.save()
    expect(saves()).toHaveLength(1)
    session.type('name: third\n')
    await session.save()
    expect(saves()[1]).toMatchObject({ input: { basedOn: 'of 12' } })
  })

  it('waits with saving for edits that are on their way', async () => {
    const edit = session.change({ kind: 'remove-step', step: 'deploy' })
    await session.save()
    await edit
    expect(JSON.stringify(saves()[0]?.input)).not.toContain('deploy/local')
  })

  it('does not overwrite what another program wrote, until that is decided', async () => {
    engine.answer({
      'pipelines.save': () => {
        throw new MillraceError({ code: 'conflict', headline: 'changed', nextStep: 'decide' })
      },
    })
    session.type('name: mine\n')
    await expect(session.save()).rejects.toThrow('changed')
    session.read({ text: 'name: theirs\n', revision: 'r2' })
    expect(state().document?.theirs).toEqual({ text: 'name: theirs\n', revision: 'r2' })
    session.keepMine()
    engine.answer({ 'pipelines.save': () => ({ revision: 'r3' }) })
    await session.save()
    expect(saves().at(-1)).toMatchObject({ input: { text: 'name: mine\n', basedOn: 'r2' } })
    expect(state().saving).toBe(false)
  })

  it('takes the other text, and gives the own one back by undo', () => {
    session.type('name: mine\n')
    session.read({ text: 'name: theirs\n', revision: 'r2' })
    session.takeTheirs()
    expect(text()).toBe('name: theirs\n')
    session.undo()
    expect(text()).toBe('name: mine\n')
  })

  it('keeps the text of a file that is gone', () => {
    session.read('gone')
    expect(state().document).toMatchObject({ text: churn, theirs: 'gone' })
  })

  it('tells why a text could not be checked, and checks it again by itself', async () => {
    await checked()
    engine.answer({
      'pipelines.check': () => {
        throw new MillraceError({ code: 'disconnected', headline: 'away', nextStep: 'wait' })
      },
    })
    session.type('name: a\n')
    await vi.waitFor(() => expect(state().error?.headline).toBe('away'), 20_000)
    engine.answer({ 'pipelines.check': (input) => checkText(input.text, input.file, kinds) })
    await vi.waitFor(() => expect(state().checkedText).toBe(text()), { timeout: 20_000 })
    expect(state().error).toBeUndefined()
  })
})
