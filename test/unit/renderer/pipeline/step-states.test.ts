import { describe, expect, it } from 'vitest'
import { closesCircle, flowEdges, nodeData, stepNodes } from '../../../../src/renderer/screens/pipeline/graph/flow-elements.ts'
import { layOut, type LaidStep } from '../../../../src/renderer/screens/pipeline/graph/lanes.ts'
import { liveStates, stepStates } from '../../../../src/renderer/screens/pipeline/run/step-states.ts'
import type { OutlineStep } from '../../../../src/shared/domain/pipeline-outline.ts'
import type { RunDetail, RunEvent } from '../../../../src/shared/domain/run.ts'

const started: RunEvent = { type: 'run-started', run: 'r0002', pipeline: 'p', steps: [{ id: 'a', uses: 'ingest/file' }, { id: 'b', uses: 'prepare/clean' }, { id: 'c', uses: 'prepare/split' }] }
const finished = (id: string, hit: boolean, status: 'succeeded' | 'failed' | 'skipped' | 'cancelled' = 'succeeded'): RunEvent => ({ type: 'step-finished', summary: { id, uses: 'x/y', status, seconds: 2, cache: { hit, reason: 'because' } }, error: undefined })

describe('states of steps', () => {
  it('follow what is told of a run', () => {
    const events: RunEvent[] = [started, { type: 'step-started', step: 'a', uses: 'ingest/file', attempt: 1 }]
    expect([...liveStates(events)].map(([id, { status }]) => `${id} ${status}`)).toEqual(['a running', 'b waiting', 'c waiting'])
    events.push({ type: 'step-progress', step: 'a', fraction: 0.4, message: 'reading', remainingSeconds: 3 })
    expect(liveStates(events).get('a')).toMatchObject({ status: 'running', fraction: 0.4, message: 'reading', remainingSeconds: 3 })
    events.push(finished('a', true), { type: 'step-started', step: 'b', uses: 'prepare/clean', attempt: 2 })
    expect(liveStates(events).get('b')).toMatchObject({ status: 'running', message: 'attempt 2' })
    events.push(finished('b', false, 'failed'), finished('c', false, 'skipped'))
    expect([...liveStates(events)].map(([id, { status }]) => `${id} ${status}`)).toEqual(['a reused', 'b failed', 'c skipped'])
  })

  it('begin with what is recorded, also of runs of other processes', () => {
    const step = { uses: 'x/y', params: undefined, changed: [], producedBy: undefined, attempts: 1, outputs: [], error: undefined }
    const detail = {
      run: 'r0002',
      steps: [
        { ...step, id: 'a', status: 'succeeded', seconds: 1.5, cache: { hit: false, reason: 'first' } },
        { ...step, id: 'b', status: 'running', seconds: 0, cache: { hit: false, reason: '' } },
        { ...step, id: 'c', status: 'pending', seconds: 0, cache: { hit: false, reason: '' } },
        { ...step, id: 'd', status: 'interrupted', seconds: 0, cache: { hit: false, reason: '' } },
      ],
    } as unknown as RunDetail
    const states = stepStates(detail, [])
    expect([...states].map(([id, { status, seconds }]) => [id, status, seconds])).toEqual([
      ['a', 'done', 1.5],
      ['b', 'running', undefined],
      ['c', 'waiting', undefined],
      ['d', 'cancelled', 0],
    ])
    expect(stepStates(detail, [finished('b', false)]).get('b')?.status).toBe('done')
  })
})

const outline = (key: string, ...needs: string[]): OutlineStep => ({ key, id: key, uses: 'prepare/clean', stage: 'prepare', known: true, needs, needsGiven: true, inputs: [], outputs: [], params: {}, settled: {}, problems: [], cache: true, retry: 0, timeout: null, lines: { from: 1, to: 1 } })

describe('elements of the graph', () => {
  const steps = [outline('a'), outline('b', 'a'), outline('c', 'b', 'a')]
  const laid: readonly LaidStep[] = steps.map(({ key, stage, needs }) => ({ key, stage, needs }))
  const content = { steps, states: new Map(), findings: [], forecast: undefined, selected: 'b', reachable: 'a' }

  it('stand where the layout or the user put them', () => {
    const layout = layOut(laid)
    const nodes = stepNodes(layout, nodeData(content), new Map([['a', { x: 5, y: 6 }]]))
    expect(nodes.map(({ position }) => position)).toEqual([{ x: 5, y: 6 }, layout.places.get('b'), layout.places.get('c')])
  })

  it('leads connections past the steps that make them anyway', () => {
    const edges = flowEdges(laid, nodeData(content), 'a → b')
    expect(edges.map(({ id, type }) => [id, type])).toEqual([
      ['a → b', 'default'],
      ['b → c', 'default'],
      ['a → c', 'bypass'],
    ])
    expect(edges[0]?.className).toContain('chosen')
  })

  it('knows connections that would close a circle', () => {
    expect(closesCircle(laid, 'c', 'a')).toBe(true)
    expect(closesCircle(laid, 'a', 'c')).toBe(false)
    expect(closesCircle([{ key: 'x', stage: 's', needs: ['y'] }, { key: 'y', stage: 's', needs: ['x'] }], 'x', 'z')).toBe(false)
  })

  it('counts problems at their steps', () => {
    const finding = { rule: 'r', message: 'm', line: 1, column: 1 }
    const data = nodeData({ ...content, findings: [{ ...finding, step: 'b' }, { ...finding, step: 'b' }, { ...finding, step: null }] })
    expect([...data.values()].map(({ problems }) => problems)).toEqual([0, 2, 0])
  })
})
